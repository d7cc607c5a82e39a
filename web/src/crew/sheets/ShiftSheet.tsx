/** 上班: who is on the vehicle, by staff number, and until when. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { word } from '../../i18n/translate'
import { read, write } from '../desk/cache'
import { useAdd, useCrew } from '../screen/context'
import { beginShiftItem, plain } from '../steps'
import { Sheet } from './Sheet'
import { Toggles } from './Toggles'

const ROLES = ['driver', 'doctor', 'nurse', 'stretcher_bearer'] as const
const HOURS = ['8', '12', '24']
const MAX_STAFF = 48

interface Props {
  unitId: string
  onClose(): void
}

export function ShiftSheet({ unitId, onClose }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const [staff, setStaff] = useState<Record<string, string>>(() => read<Record<string, string>>('crew') ?? {})
  const [hours, setHours] = useState('12')
  const crew = ROLES.map((role) => ({ role, staff: plain(staff[role] ?? '', MAX_STAFF) })).filter((member) => member.staff)

  async function begin() {
    if (!(await add(beginShiftItem({ world: desk.world, at: desk.clock.now() }, unitId, crew, Number(hours))))) return
    navigator.vibrate?.(12)
    write('crew', staff)
    onClose()
  }
  return (
    <Sheet title={t('crew.shift_begin')} onClose={onClose}>
      <p className="crew-quiet">{t('crew.shift_hint')}</p>
      {ROLES.map((role) => (
        <label key={role} className="crew-field is-row">
          <span>{word(t, 'crew.role', role)}</span>
          <input value={staff[role] ?? ''} maxLength={MAX_STAFF} autoComplete="off" autoCapitalize="characters" placeholder={t('crew.staff_number')} onChange={(event) => setStaff({ ...staff, [role]: event.target.value })} />
        </label>
      ))}
      <h3>{t('crew.shift_length')}</h3>
      <Toggles label={t('crew.shift_length')} options={HOURS.map((h) => [h, t('crew.hours', { n: h })] as const)} value={hours} onChange={(next) => setHours(next ?? hours)} />
      <button type="button" className="crew-button is-strong is-wide" disabled={crew.length === 0} onClick={() => void begin()}>
        {t('crew.shift_begin_n', { n: crew.length })}
      </button>
    </Sheet>
  )
}
