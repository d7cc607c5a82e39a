/** How old the numbers on this screen are. */
import { useDesk } from '../app/desk'
import { PictureAge } from '../app/PictureAge'
import type { BedPool, Stockpile, Unit } from '../api/types'
import { isStale, UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { age } from '../i18n/format'
import type { Translate } from '../i18n/translate'
import { useSecond } from '../ui/hooks'
import { Icon } from '../ui/icons'

export function DataAge() {
  const t = useT()
  const { feed } = useDesk()
  useSecond()
  if (feed.loading) return <div className="data-age">{t('feed.loading')}</div>
  const now = feed.clock.now()
  const { newest, stale } = fixAges(feed.picture, now)
  const parts = [
    newest === null ? t('age.no_fix') : t('age.fix', { t: age(t, newest, now) }),
    bedAge(feed.picture, now, t),
    stockAge(feed.picture, now, t),
  ].filter((part) => part !== null)
  return (
    <div className="data-age">
      <b>{t('age.title')}</b>
      <span>
        <PictureAge named />
      </span>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {stale > 0 && (
        <span className="alarm">
          <Icon name="warning" size={15} />
          {t('age.stale', { n: stale })}
        </span>
      )}
    </div>
  )
}

function fixAges(picture: Picture, now: number): { newest: number | null; stale: number } {
  let newest: number | null = null
  let stale = 0
  for (const fix of picture.fixes.values()) newest = Math.max(newest ?? 0, fix.at)
  for (const kind of UNIT_KINDS)
    for (const unit of picture.all<Unit>(kind)) if (!unit.retired && isStale(unit, picture.fixes.get(unit.id), now)) stale += 1
  return { newest, stale }
}

function bedAge(picture: Picture, now: number, t: Translate): string | null {
  const pools = [...picture.all<BedPool>('bed_pool')].filter((pool) => !pool.retired)
  if (pools.length === 0) return null
  const never = pools.filter((pool) => !pool.reported_at).length
  if (never > 0) return t('age.beds_none', { n: never })
  return t('age.beds', { t: age(t, Math.min(...pools.map((pool) => Date.parse(pool.reported_at ?? ''))), now) })
}

function stockAge(picture: Picture, now: number, t: Translate): string | null {
  const counted = [...picture.all<Stockpile>('stockpile')].flatMap((s) => (s.counted_at && !s.retired ? [Date.parse(s.counted_at)] : []))
  return counted.length === 0 ? null : t('age.stock', { t: age(t, Math.min(...counted), now) })
}
