/** How far the picture may be believed: always in sight. */
import { age, clockTime, count } from '../i18n/format'
import { useT } from '../i18n/context'
import type { Translate } from '../i18n/translate'
import type { Freshness } from '../domain/freshness'
import { useSecond } from '../ui/hooks'
import { useStore } from '../ui/store'
import { useDesk } from './desk'
import { useFreshness } from './freshness'

export function FeedPill() {
  const t = useT()
  const { feed, world, demoFeed, sounds } = useDesk()
  const { blocked } = useStore(sounds.state)
  const now = useSecond() * 1000
  const fresh = useFreshness()
  const drill = world.kind === 'drill'
  const checked = feed.checkedAt > 0 ? t('feed.checked', { t: age(t, Math.min(feed.checkedAt, now), now) }) : undefined
  return (
    <div className={`pill feed-${feed.status.phase} is-${fresh.state} ${drill ? 'is-drill' : ''}`} role="status" data-phase={feed.status.phase} data-fresh={fresh.state} title={checked}>
      <i className="dot" />
      {drill && <b>{t('feed.drill')}</b>}
      <b>{head(t, fresh)}</b>
      <span>{tail(t, fresh, drill)}</span>
      {blocked && (
        <button type="button" className="chip" onClick={() => sounds.enable()}>
          {t('alarm.enable_sound')}
        </button>
      )}
      {demoFeed && <em className="chip">{t('feed.demo')}</em>}
    </div>
  )
}

function head(t: Translate, fresh: Freshness): string {
  switch (fresh.state) {
    case 'connecting':
      return t('feed.connecting')
    case 'live':
      return t('feed.live')
    case 'catching_up':
      return fresh.behind === null ? t('feed.catching_up') : t('feed.catching_up_n', { n: count(fresh.behind) })
    case 'reloading':
      return t('feed.resync')
    case 'frozen':
      return t('feed.frozen_short')
    case 'offline':
      return t('feed.offline', { t: clockTime(fresh.since) })
    case 'signed_out':
      return t('feed.signed_out')
  }
}

/** Live is either proven by a checkpoint, or says that the proof is still to come. */
function tail(t: Translate, fresh: Freshness, drill: boolean): string {
  const apart = drill ? t('feed.drill_apart') : ''
  if (fresh.state !== 'live') return apart
  return [apart, t(fresh.verified ? 'feed.verified' : 'feed.unverified')].filter(Boolean).join(' · ')
}
