/** 值班: which crew is on which unit; a vehicle without a crew is not sent. */
import { Select } from 'antd'
import { useState } from 'react'
import { CREW_ROLES, type CrewMember, type Shift } from '../api/cases'
import type { Unit } from '../api/types'
import { UNIT_KINDS } from '../domain/units'
import type { Picture } from '../feed/picture'
import { useT } from '../i18n/context'
import { when } from '../i18n/format'
import { reasonOf } from '../i18n/problem'
import { word } from '../i18n/translate'
import { Icon } from '../ui/icons'
import { PanelFrame } from './PanelFrame'
import { useDispatch } from './useDispatch'

const HOURS = [8, 12, 24] as const
const USUAL: readonly string[] = ['driver', 'doctor', 'nurse']

export function ShiftPanel({ now }: { now: number }) {
  const t = useT()
  const { feed, session } = useDispatch()
  const [id, setId] = useState<string | null>(null)
  const units = unitsOf(feed.picture, session.user.jurisdiction)
  const without = units.filter((unit) => unit.kind !== 'team' && !unit.shift_id)
  const chosen = id ? feed.picture.get(id) : undefined
  const unit = chosen && 'status' in chosen && 'home_id' in chosen ? (chosen as Unit) : null
  return (
    <PanelFrame title={t('shift.title')}>
      <p className="dim">{t('shift.summary', { n: units.filter((u) => u.shift_id).length, m: without.length })}</p>
      <Select
        showSearch
        className="wide"
        optionFilterProp="label"
        suffixIcon={<Icon name="down" size={12} />}
        aria-label={t('shift.unit')}
        placeholder={t('shift.unit')}
        value={id}
        onChange={setId}
        options={units.map((u) => ({ value: u.id, label: t('shift.unit_row', { name: u.name, state: u.shift_id ? t('shift.on') : t('shift.off') }) }))}
      />
      {unit && (unit.shift_id ? <OnDuty key={unit.id} unit={unit} now={now} /> : <Begin key={unit.id} unit={unit} />)}
    </PanelFrame>
  )
}

function unitsOf(picture: Picture, jurisdiction: string | null): Unit[] {
  const units = UNIT_KINDS.flatMap((kind) => [...picture.all<Unit>(kind)]).filter((unit) => !unit.retired)
  const own = jurisdiction ? units.filter((unit) => unit.centre === jurisdiction || unit.jurisdiction === jurisdiction) : units
  return own.sort((a, b) => Number(Boolean(a.shift_id)) - Number(Boolean(b.shift_id)) || a.name.localeCompare(b.name, 'zh'))
}

function useRun() {
  const t = useT()
  const [failure, setFailure] = useState('')
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work()
      setFailure('')
    } catch (error) {
      setFailure(t('shift.failed', { reason: reasonOf(t, error) }))
    }
  }
  return { failure, run }
}

function OnDuty({ unit, now }: { unit: Unit; now: number }) {
  const t = useT()
  const { feed, barred, send } = useDispatch()
  const { failure, run } = useRun()
  const entity = unit.shift_id ? feed.picture.get(unit.shift_id) : undefined
  const shift = entity?.kind === 'shift' ? (entity as Shift) : null
  const busy = Boolean(unit.assignment_id)
  return (
    <div className="panel-form">
      {shift && (
        <>
          <p>
            {t('shift.began', { t: when(t, Date.parse(shift.began_at), now) })}
            {shift.ends_at && <> · {t('shift.ends', { t: when(t, Date.parse(shift.ends_at), now) })}</>}
            {shift.overtime && <em className="flag line">{t('shift.overtime')}</em>}
          </p>
          <ul className="crew-list">
            {shift.crew.map((member) => (
              <li key={member.role + member.staff}>
                <span>{word(t, 'crew_role', member.role)}</span> <b>{member.staff}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" className="action" disabled={barred !== null || busy} title={busy ? t('code.unit_assigned') : undefined} onClick={() => void run(() => send({ type: 'end_shift', unit_id: unit.id }))}>
        {t('shift.end')}
      </button>
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function Begin({ unit }: { unit: Unit }) {
  const t = useT()
  const { feed, barred, send } = useDispatch()
  const { failure, run } = useRun()
  const [crew, setCrew] = useState<CrewMember[]>(USUAL.map((role) => ({ role, staff: '' })))
  const [hours, setHours] = useState<number>(12)
  const filled = crew.filter((member) => member.staff.trim())
  const set = (i: number, patch: Partial<CrewMember>) => setCrew(crew.map((member, at) => (at === i ? { ...member, ...patch } : member)))
  const begin = () =>
    run(() =>
      send({
        type: 'begin_shift',
        unit_id: unit.id,
        crew: filled.map(({ role, staff }) => ({ role, staff: staff.trim() })),
        ends_at: new Date(feed.clock.now() + hours * 3_600_000).toISOString(),
      }),
    )
  return (
    <div className="panel-form">
      {crew.map((member, i) => (
        <div key={i} className="crew-row">
          <Select size="small" suffixIcon={<Icon name="down" size={12} />} aria-label={t('shift.role')} value={member.role} onChange={(role: string) => set(i, { role })} options={CREW_ROLES.map((value) => ({ value, label: t(`crew_role.${value}`) }))} />
          <input aria-label={t('shift.staff')} placeholder={t('shift.staff')} maxLength={48} value={member.staff} onChange={(e) => set(i, { staff: e.target.value })} />
        </div>
      ))}
      <button type="button" className="link" onClick={() => setCrew([...crew, { role: 'member', staff: '' }])}>
        {t('shift.add')}
      </button>
      <div className="segments" role="group" aria-label={t('shift.length')}>
        {HOURS.map((n) => (
          <button key={n} type="button" aria-pressed={hours === n} onClick={() => setHours(n)}>
            {t('shift.hours', { n })}
          </button>
        ))}
      </div>
      <button type="button" className="action primary" disabled={barred !== null || filled.length === 0} onClick={() => void begin()}>
        {t('shift.begin', { name: unit.name })}
      </button>
      {failure && (
        <p className="alarm" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}
