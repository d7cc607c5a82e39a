/** The hazard band of a drill; part of the shell, so no section can leave it out. */
import { useT } from '../i18n/context'
import { fullTime } from '../i18n/format'
import { useSecond } from '../ui/hooks'
import { useDesk } from './desk'

export function DrillBand() {
  const t = useT()
  const { world, feed } = useDesk()
  useSecond()
  const time = fullTime(t, feed.clock.now())
  return (
    <div className="drill-band" role="note">
      <b className="plate">{t('drill.word')}</b>
      <b>{world.name}</b>
      <span>{t('drill.band')}</span>
      <span className="end">
        {t('drill.number', { id: world.id.slice(0, 13) })}
        {'　'}
        {t('drill.clock', { t: time, n: world.clock.speed })}
        {!world.clock.running && ` · ${t(world.clock.finished ? 'drill.finished' : 'drill.paused')}`}
      </span>
      <b className="plate">{t('drill.word')}</b>
    </div>
  )
}
