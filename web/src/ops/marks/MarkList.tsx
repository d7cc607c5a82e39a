/** Every mark on the map, the newest first. */
import { useState } from 'react'
import type { Mark } from '../../api/marks'
import { useWho } from '../../app/people'
import { useDesk } from '../../app/desk'
import { boxOf, openMarks } from '../../domain/marks'
import { useT } from '../../i18n/context'
import { when } from '../../i18n/format'
import { useSecond } from '../../ui/hooks'
import { Icon } from '../../ui/icons'
import { useStore } from '../../ui/store'
import type { MapRef } from '../mapRef'
import { takeTool } from '../opsState'
import { MarkIcon } from './MarkIcon'
import { markName, untilText } from './words'

const SHOWN = 12

export function MarkList({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const who = useWho()
  const { feed, ops } = useDesk()
  const { selected, marksShown, tool } = useStore(ops)
  const [all, setAll] = useState(false)
  useSecond()
  const now = feed.clock.now()
  const marks = openMarks(feed.picture)
  const choose = (mark: Mark) => {
    ops.set({ selected: mark.id })
    mapRef.current?.fit(boxOf(mark.geometry), true)
  }
  return (
    <section className="marks" aria-label={t('marks.title')}>
      <header className="section-head">
        <Icon name="flag" />
        <h2>{t('marks.title')}</h2>
        <span>{marks.length > 0 ? t('marks.count', { n: marks.length }) : ''}</span>
        {marks.length > 0 && (
          <button type="button" className="quiet" aria-pressed={!marksShown} onClick={() => ops.set({ marksShown: !marksShown })}>
            {t(marksShown ? 'marks.hide' : 'marks.show')}
          </button>
        )}
        {tool !== 'draw' && (
          <button type="button" className="quiet" onClick={() => takeTool(ops, 'draw')}>
            {t('marks.new')} <kbd>P</kbd>
          </button>
        )}
      </header>
      {marks.length === 0 && <p className="dim pad">{t('marks.empty')}</p>}
      <ul>
        {(all ? marks : marks.slice(0, SHOWN)).map((mark) => (
          <li key={mark.id}>
            <button type="button" className="candidate low" aria-current={mark.id === selected || undefined} onClick={() => choose(mark)}>
              <MarkIcon type={mark.mark_type} />
              <span className="who">
                <b>{markName(t, mark)}</b>
                <small>
                  {[mark.title ? t(`mark.${mark.mark_type}`) : '', t('marks.by', { name: who(mark.drawn_by), t: when(t, Date.parse(mark.drawn_at), now) }), untilText(t, mark, now)].filter(Boolean).join(' · ')}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {!all && marks.length > SHOWN && (
        <button type="button" className="quiet pad" onClick={() => setAll(true)}>
          {t('marks.more', { n: marks.length - SHOWN })}
        </button>
      )}
    </section>
  )
}
