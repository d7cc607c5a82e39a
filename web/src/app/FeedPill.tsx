/** Live, catching up or offline: always in sight. */
import { clockTime } from '../i18n/format'
import { useT } from '../i18n/context'
import type { Translate } from '../i18n/translate'
import type { FeedStatus } from '../feed/connection'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { useDesk } from './desk'

export function FeedPill() {
  const t = useT()
  const { feed, world, demoFeed, sounds } = useDesk()
  const { blocked } = useStore(sounds.state)
  useFeed(feed, 'status', 0)
  const { status } = feed
  const drill = world.kind === 'drill'
  return (
    <div className={`pill feed-${status.phase} ${drill ? 'is-drill' : ''}`} role="status" data-phase={status.phase}>
      <i className="dot" />
      {drill && <b>{t('feed.drill')}</b>}
      <b>{head(t, status)}</b>
      <span>{tail(t, status, drill)}</span>
      {blocked && (
        <button type="button" className="chip" onClick={() => sounds.enable()}>
          {t('alarm.enable_sound')}
        </button>
      )}
      {demoFeed && <em className="chip">{t('feed.demo')}</em>}
    </div>
  )
}

function head(t: Translate, status: FeedStatus): string {
  switch (status.phase) {
    case 'connecting':
      return t('feed.connecting')
    case 'live':
      return t('feed.live')
    case 'catching_up':
      return status.behind === null ? t('feed.catching_up') : t('feed.catching_up_n', { n: status.behind })
    default:
      return t('feed.offline', { t: clockTime(status.since) })
  }
}

function tail(t: Translate, status: FeedStatus, drill: boolean): string {
  if (status.resyncing) return t('feed.resync')
  if (drill) return t('feed.drill_apart')
  return status.phase === 'live' && status.inStep ? t('feed.verified') : ''
}
