/** r: what is armed is kept for the case in hand, or let go again. */
import type { Incident } from '../api/cases'
import type { Unit } from '../api/types'
import type { Armed } from '../domain/arming'
import { isUnit } from '../domain/units'
import { useCaseActions } from './useCaseActions'
import { useDispatch } from './useDispatch'

export interface Reserve {
  /** What is armed is kept for this case already: the key lets it go. */
  kept: boolean
  toggle(): void
}

export function useReserve(armed: Armed | null, incident: Incident | null): Reserve | null {
  const { feed, barred } = useDispatch()
  const actions = useCaseActions()
  if (!armed || !incident || barred) return null
  const units = armed.units.map(({ id }) => feed.picture.get(id)).filter((unit): unit is Unit => isUnit(unit))
  const kept = units.length > 0 && units.every((unit) => unit.reserved_for === incident.id)
  return {
    kept,
    toggle: () =>
      kept
        ? actions.release('recommend', units)
        : actions.reserve(
            units.map(({ id }) => id),
            incident,
          ),
  }
}
