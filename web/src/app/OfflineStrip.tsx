/** The full-width red strip while the picture is frozen. */
import { clockTime, count } from '../i18n/format'
import { useT } from '../i18n/context'
import { useFeed } from '../ui/hooks'
import { useDesk } from './desk'

export function OfflineStrip() {
  const t = useT()
  const { feed, frozen } = useDesk()
  useFeed(feed, 'status', 0)
  const { phase, since } = feed.status
  if (phase !== 'offline') {
    return frozen ? (
      <div className="offline-strip frozen" role="alert">
        {t('feed.frozen')}
      </div>
    ) : null
  }
  return (
    <div className="offline-strip" role="alert">
      {t('feed.offline', { t: clockTime(since) })}
      <span>{t('feed.frozen_at', { seq: count(feed.picture.seq) })}</span>
    </div>
  )
}
