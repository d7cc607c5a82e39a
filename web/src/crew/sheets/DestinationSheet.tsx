/** Whereto with the patient: hospitals by distance, found by name. */
import { useState } from 'react'
import { useT } from '../../i18n/context'
import { distance } from '../../i18n/format'
import { useAdd, useCrew, useShare } from '../screen/context'
import { metres } from '../positions/buffer'
import type { Standing } from '../stages'
import { destinationItem } from '../steps'
import type { CrewView, Hospital } from '../types'
import { Sheet } from './Sheet'

/** So many need no search. */
const FEW = 8
/** Most that are listed at once. */
const MOST = 60

interface Props {
  view: CrewView
  assignmentId: string
  standing: Standing
  onClose(): void
}

export function DestinationSheet({ view, assignmentId, standing, onClose }: Props) {
  const t = useT()
  const { desk } = useCrew()
  const add = useAdd()
  const { fix } = useShare()
  const [text, setText] = useState('')
  const from = fix ?? view.incident
  const far = (hospital: Hospital) => hospital.distance_m ?? (from ? metres(from, hospital) : Number.NaN)
  const infectious = Boolean(view.assignment?.infectious || view.incident?.infectious)
  /** Who may be infectious goes where there is room apart. */
  const apart = (hospital: Hospital) => (infectious && hospital.free_isolation_beds === 0 ? 1 : 0)
  const named = view.hospitals.filter((hospital) => hospital.name.includes(text.trim()))
  const found = [...named].sort((one, other) => apart(one) - apart(other)).slice(0, MOST)

  async function choose(hospital: Hospital) {
    if (hospital.id === standing.destination) return onClose()
    if (await add(destinationItem({ world: desk.world, at: desk.clock.now() }, assignmentId, hospital))) {
      navigator.vibrate?.(12)
      onClose()
    }
  }
  return (
    <Sheet title={t('crew.choose_hospital')} onClose={onClose}>
      {view.hospitals.length > FEW && (
        <label className="crew-field">
          {t('crew.find_hospital')}
          <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      )}
      <ul className="crew-list">
        {found.map((hospital) => (
          <li key={hospital.id}>
            <button type="button" aria-pressed={hospital.id === standing.destination} onClick={() => void choose(hospital)}>
              <b>{hospital.name}</b>
              <span>
                {hospital.free_beds !== undefined && `${t('near.free', { n: hospital.free_beds })}　`}
                {infectious && hospital.free_isolation_beds !== undefined && `${t('crew.free_isolation', { n: hospital.free_isolation_beds })}　`}
                {Number.isFinite(far(hospital)) && t('crew.straight', { d: distance(far(hospital)) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>{t('crew.no_hospital')}</p>}
    </Sheet>
  )
}
