/** What a mark on the desk's map says; changing it is done on the operations map. */
import { useWho } from '../app/people'
import { useDesk } from '../app/desk'
import { goTo } from '../app/sections'
import { useT } from '../i18n/context'
import { when } from '../i18n/format'
import { MarkIcon } from '../ops/marks/MarkIcon'
import { markName, untilText } from '../ops/marks/words'
import { useFeed } from '../ui/hooks'
import { Icon } from '../ui/icons'

export function MarkPeek({ id, onClose }: { id: string | null; onClose(): void }) {
  const t = useT()
  const who = useWho()
  const { feed, ops } = useDesk()
  useFeed(feed, 'entities', 500)
  const mark = id ? feed.picture.get(id) : undefined
  if (mark?.kind !== 'mark' || mark.ended_at) return null
  const now = feed.clock.now()
  return (
    <section className="float mark-peek" aria-label={markName(t, mark)}>
      <header>
        <MarkIcon type={mark.mark_type} />
        <b>{markName(t, mark)}</b>
        <button type="button" className="close" aria-label={t('card.close')} onClick={onClose}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {mark.text && <p>{mark.text}</p>}
      <small>
        {t('marks.by', { name: who(mark.drawn_by), t: when(t, Date.parse(mark.drawn_at), now) })} · {untilText(t, mark, now)}
      </small>
      <button
        type="button"
        className="link"
        onClick={() => {
          ops.set({ selected: mark.id })
          goTo('map')
        }}
      >
        {t('mark.on_map')}
      </button>
    </section>
  )
}
