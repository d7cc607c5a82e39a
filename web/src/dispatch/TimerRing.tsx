/** A running timer: the white ring fills; from 80 % its outline is red; past the limit the disc is red. */
import { duration, timer } from '../i18n/format'
import { useT } from '../i18n/context'
import { timerShare, timerState } from '../domain/timers'

const R = 20
const ROUND = 2 * Math.PI * R

interface Props {
  /** Epoch ms, world time. */
  from: number
  now: number
  /** Without a limit the ring only counts. */
  limitS: number | null
  /** Whole seconds instead of minutes and seconds: for the ten of a ring. */
  seconds?: boolean
  label: string
}

export function TimerRing({ from, now, limitS, seconds = false, label }: Props) {
  const t = useT()
  const elapsed = Math.max(0, now - from)
  const s = Math.floor(elapsed / 1000)
  const state = limitS === null ? 'ok' : timerState(s, limitS)
  const share = limitS === null ? 0 : timerShare(elapsed / 1000, limitS)
  const text = seconds && s < 100 ? String(s) : timer(elapsed)
  // Spoken once a minute, not each second.
  const spoken = t('timer.spoken', { name: label, t: duration(t, s < 60 ? Math.floor(s / 10) * 10_000 : Math.floor(s / 60) * 60_000) })
  return (
    <span className={`timer ${state}`} role="img" aria-label={spoken}>
      <svg width="46" height="46" viewBox="-23 -23 46 46" aria-hidden="true">
        <circle r={R} className="track" />
        <circle r={R} className="fill" strokeDasharray={`${(share * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`} transform="rotate(-90)" />
      </svg>
      <b aria-hidden="true" className={text.length > 5 ? 'long' : ''}>
        {text}
      </b>
    </span>
  )
}
