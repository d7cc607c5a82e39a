/** The ladder of stages as the crew climbs it: what follows, what ends it early, where unsent steps already stand. */
import type { Item } from './outbox/model'
import type { Assignment, EndResult, Stage } from './types'

/** Where an assignment stands for the crew, unsent steps included. */
export interface Standing {
  status: Stage
  carries: boolean
  aboard: boolean
  destination: string | null
  /** Time of each stage that has come, epoch ms. */
  at: Partial<Record<Stage, number>>
}

/** The dots of the rail; the last step closes the assignment. */
export const PATIENT_RAIL: readonly Stage[] = ['acknowledged', 'departed', 'arrived', 'patient_aboard', 'left_scene', 'at_hospital', 'handed_over']
export const PLAIN_RAIL: readonly Stage[] = ['acknowledged', 'departed', 'arrived', 'left_scene']

const STAMPED: readonly [Stage, keyof Assignment][] = [
  ['assigned', 'assigned_at'],
  ['acknowledged', 'acknowledged_at'],
  ['departed', 'departed_at'],
  ['arrived', 'arrived_at'],
  ['patient_aboard', 'patient_aboard_at'],
  ['left_scene', 'left_scene_at'],
  ['at_hospital', 'at_hospital_at'],
  ['handed_over', 'handed_over_at'],
  ['closed', 'ended_at'],
]

export function laneOf(assignmentId: string): string {
  return `assignment:${assignmentId}`
}

/** What the centre knows. */
export function standingOf(assignment: Assignment): Standing {
  const at: Partial<Record<Stage, number>> = {}
  for (const [stage, field] of STAMPED) {
    const value = assignment[field]
    if (typeof value === 'string') at[stage] = Date.parse(value)
  }
  return {
    status: assignment.status,
    carries: assignment.carries_patients,
    aboard: at.patient_aboard !== undefined,
    destination: assignment.destination_id ?? null,
    at,
  }
}

/** What the centre will know once the outbox is empty. A refused step and what hangs on it do not count. */
export function projected(assignment: Assignment, items: readonly Item[]): Standing {
  const trail = [standingOf(assignment)]
  const lane = laneOf(assignment.id)
  for (const item of items) {
    if (item.lane !== lane || item.soft) continue
    if (item.state === 'refused') break
    const now = trail[trail.length - 1] as Standing
    const { what } = item
    if (what.kind === 'destination') trail[trail.length - 1] = { ...now, destination: what.id }
    // The centre may have it already: the answer was lost, or somebody there was faster.
    if (what.kind === 'stage' && now.at[what.stage] === undefined) trail.push(stepped(now, what.stage, item.at))
    if (what.kind === 'undo' && now.status === what.stage) {
      if (trail.length > 1) trail.pop()
      else trail[0] = steppedBack(now)
    }
  }
  return trail[trail.length - 1] as Standing
}

function stepped(from: Standing, stage: Stage, at: number): Standing {
  return { ...from, status: stage, aboard: from.aboard || stage === 'patient_aboard', at: { ...from.at, [stage]: at } }
}

/** The stage before the present one, by the stamps that stand. */
function steppedBack(from: Standing): Standing {
  const at: Partial<Record<Stage, number>> = { ...from.at, [from.status]: undefined }
  const before = STAMPED.map(([stage]) => stage).filter((stage) => at[stage] !== undefined)
  return { ...from, status: before[before.length - 1] ?? 'assigned', aboard: at.patient_aboard !== undefined, at }
}

/** The one step of the big button; none when it has ended. */
export function nextStage(s: Standing): Stage | null {
  switch (s.status) {
    case 'assigned':
      return 'acknowledged'
    case 'acknowledged':
      return 'departed'
    case 'departed':
      return 'arrived'
    case 'arrived':
      return s.carries ? 'patient_aboard' : 'left_scene'
    case 'patient_aboard':
      return 'left_scene'
    case 'left_scene':
      return s.aboard ? 'at_hospital' : 'closed'
    case 'at_hospital':
      return 'handed_over'
    case 'handed_over':
      return 'closed'
    default:
      return null
  }
}

/** With a patient aboard the way leads to a destination. */
export function needsDestination(s: Standing): boolean {
  return s.status === 'patient_aboard' && s.destination === null
}

/** How it may end before its time. */
export function endsOf(s: Standing): readonly EndResult[] {
  if (s.aboard) return s.status === 'handed_over' ? [] : ['aborted']
  switch (s.status) {
    case 'acknowledged':
    case 'departed':
      return ['empty_run', 'aborted']
    case 'arrived':
      return ['empty_run', 'treated_on_scene', 'refused', 'died_on_scene', 'aborted']
    default:
      return []
  }
}

/** The latest moment that any stage has; no later step may lie before it. */
export function lastAt(s: Standing): number {
  return Math.max(0, ...Object.values(s.at).filter((t) => t !== undefined && Number.isFinite(t)))
}
