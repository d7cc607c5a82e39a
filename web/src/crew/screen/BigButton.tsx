/** The one big button: one press, one step. Inert while it shows what it recorded, so that no second press counts. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useT } from '../../i18n/context'
import { clockTime } from '../../i18n/format'
import { CrewIcon, type CrewIconName } from './CrewIcon'

const SHOWN_MS = 2_000
const VIBRATION_MS = 12

interface Props {
  label: string
  icon: CrewIconName
  /** Stores the step and gives its world time; null if nothing was recorded (a sheet opened, or the disk refused). */
  onPress(): Promise<number | null>
  note?: ReactNode
}

export function BigButton({ label, icon, onPress, note }: Props) {
  const t = useT()
  const [recorded, setRecorded] = useState<number | null>(null)
  const busy = useRef(false)
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])

  async function press() {
    if (busy.current) return
    busy.current = true
    const at = await onPress().catch(() => null)
    if (at === null) {
      busy.current = false
      return
    }
    navigator.vibrate?.(VIBRATION_MS)
    setRecorded(at)
    timer.current = window.setTimeout(() => {
      busy.current = false
      setRecorded(null)
    }, SHOWN_MS)
  }

  return (
    <button type="button" className={`crew-big ${recorded === null ? '' : 'is-recorded'}`} aria-disabled={recorded !== null} onClick={() => void press()}>
      <CrewIcon name={recorded === null ? icon : 'check'} size={36} />
      <span role="status">
        {recorded === null ? label : t('crew.recorded', { t: clockTime(recorded) })}
        {recorded === null && note && <small>{note}</small>}
      </span>
    </button>
  )
}
