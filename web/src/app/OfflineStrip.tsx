/** The full-width strip while the picture, or a part of it, stands still. */
import { clockTime, count } from '../i18n/format'
import { useT } from '../i18n/context'
import { useDesk } from './desk'
import { useFreshness } from './freshness'

export function OfflineStrip() {
  const t = useT()
  const { feed } = useDesk()
  const fresh = useFreshness()
  switch (fresh.state) {
    case 'frozen':
      return <Outlined text={t('feed.frozen')} />
    case 'reloading':
      return <Outlined text={t('feed.resync_strip')} />
    case 'offline':
      return (
        <div className="offline-strip" role="alert">
          {t('feed.offline', { t: clockTime(fresh.since) })}
          <span>{t('feed.frozen_at', { seq: count(feed.picture.seq) })}</span>
        </div>
      )
    default:
      return null
  }
}

function Outlined({ text }: { text: string }) {
  return (
    <div className="offline-strip frozen" role="alert">
      {text}
    </div>
  )
}
