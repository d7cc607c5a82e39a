/** What the screen shows, worked out from the last picture and the unsent steps. Pure. */
import type { UnitStatus } from '../api/types'
import type { Item } from './outbox/model'
import { isUntouched } from './outbox/reducer'
import { laneOf, projected, standingOf, type Standing } from './stages'
import type { Assignment, CrewView, Stage } from './types'

export const UNDO_WITHIN_MS = 60_000

export interface Scene {
  /** Open, also after unsent steps. */
  assignment: Assignment | null
  standing: Standing | null
  status: UnitStatus
  onShift: boolean
  /** A refused step stands in the way of the next ones. */
  stuck: Item | null
  carePending: boolean
}

export function scene(view: CrewView, items: readonly Item[]): Scene {
  const { assignment } = view
  const standing = assignment ? projected(assignment, items) : null
  const lane = assignment ? laneOf(assignment.id) : ''
  const ofLane = items.filter((item) => item.lane === lane)
  const stuck = ofLane.find((item) => item.state === 'refused' && !item.soft) ?? null
  const broken = ofLane.some((item) => item.what.kind === 'breakdown' && item.state !== 'refused')
  const ended = standing?.status === 'closed' || broken
  const open = ended ? null : assignment
  const carePending = items.some((item) => item.what.kind === 'care' && item.state !== 'refused' && item.command.assignment_id === assignment?.id)
  const base = ended ? afterEnd(view, standing, broken) : { status: view.unit.status, onShift: Boolean(view.unit.shift_id) }
  return { assignment: open, standing: open ? standing : null, stuck, carePending, ...afterOwnSteps(base, items) }
}

function afterEnd(view: CrewView, standing: Standing | null, broken: boolean): { status: UnitStatus; onShift: boolean } {
  const onShift = Boolean(view.unit.shift_id)
  if (broken) return { status: 'out_of_service', onShift }
  const infectious = view.assignment?.infectious || (view.incident?.infectious && standing?.aboard)
  return { status: infectious ? 'decontaminating' : onShift ? 'available' : 'off_duty', onShift }
}

function afterOwnSteps(base: { status: UnitStatus; onShift: boolean }, items: readonly Item[]): { status: UnitStatus; onShift: boolean } {
  let { status, onShift } = base
  for (const { what, state } of items) {
    if (state === 'refused') continue
    if (what.kind === 'status') {
      status = what.status as UnitStatus
      if (status === 'off_duty') onShift = false
    }
    if (what.kind === 'shift_begin') {
      onShift = true
      if (status === 'off_duty') status = 'available'
    }
    if (what.kind === 'shift_end') {
      onShift = false
      if (status !== 'out_of_service' && status !== 'decontaminating') status = 'off_duty'
    }
  }
  return { status, onShift }
}

export interface Undoable {
  stage: Stage
  /** The item that can simply vanish; none: the centre must be told. */
  itemId: string | null
}

/** The step that may still be taken back, within a minute; `now` is world time. */
export function undoable(assignment: Assignment, items: readonly Item[], now: number): Undoable | null {
  const last = items.filter((item) => item.lane === laneOf(assignment.id) && !item.soft && item.what.kind !== 'destination').at(-1)
  if (last) {
    if (last.what.kind !== 'stage' || last.state === 'refused' || now - last.at > UNDO_WITHIN_MS) return null
    return { stage: last.what.stage, itemId: isUntouched(last) ? last.id : null }
  }
  const stamp = (assignment.stamps ?? []).filter((s) => !s.undone).at(-1)
  if (!stamp || stamp.stage === 'assigned' || stamp.stage !== standingOf(assignment).status) return null
  return now - Date.parse(stamp.recorded_at) < UNDO_WITHIN_MS ? { stage: stamp.stage, itemId: null } : null
}

/** How many patients, by what is known. */
export function patientCount(view: CrewView): number {
  return Object.values(view.incident?.patients ?? {}).reduce((sum: number, n) => sum + (n ?? 0), 0)
}

/** WGS-84 target of the way: the scene until it is left with a patient, then the destination. */
export function target(view: CrewView, standing: Standing | null): { lon: number; lat: number; place: 'scene' | 'destination' } | null {
  const leaving = standing?.aboard ?? false
  if (leaving && standing?.destination) {
    const known = view.destination?.id === standing.destination ? view.destination : view.hospitals.find((h) => h.id === standing.destination)
    if (known) return { lon: known.lon, lat: known.lat, place: 'destination' }
  }
  return view.incident && !leaving ? { lon: view.incident.lon, lat: view.incident.lat, place: 'scene' } : null
}
