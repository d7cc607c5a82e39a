/** The last events, newest first, with the time of each. */
import { useDesk } from '../app/desk'
import { wallLines } from '../domain/wall'
import { useT } from '../i18n/context'
import { clockTime, when } from '../i18n/format'
import { nameOf, said } from '../ops/eventWords'
import { useFeed } from '../ui/hooks'

const SHOWN = 4

export function EventsBand() {
  const t = useT()
  const { feed } = useDesk()
  useFeed(feed, 'events', 500)
  useFeed(feed, 'entities', 1_000)
  const now = feed.clock.now()
  const lines = feed.loading ? [] : wallLines(feed.events, feed.picture, now, SHOWN)
  return (
    <section className="wall-panel events-band" data-panel="events" aria-label={t('events.title')} aria-live="off">
      {lines.length === 0 && <p>{feed.loading ? t('feed.loading') : t('events.empty')}</p>}
      <ol>
        {lines.map((line) => (
          <li key={line.key} data-seq={line.key}>
            <time>{line.key.startsWith('since') ? when(t, line.at, now) : clockTime(line.at)}</time>
            <b>{nameOf(t, feed.picture, line)}</b>
            <span>{said(t, feed.picture, line, false)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
