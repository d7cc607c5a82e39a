/** What a desk must notice, most pressing first; each alarm has a key by which somebody acknowledges it. */
import type { Assignment, Call, Incident, Step } from '../api/cases'
import type { Unit } from '../api/types'
import type { Picture } from '../feed/picture'
import { isOpen, since, stageAt } from './cases'
import { isUnreceived } from './queue'
import { ESCALATE_S, HOLD_NEAR_S, STAGE_LIMIT_S, TURNOUT_S } from './timers'
import { isStale, isUnit } from './units'

export type AlarmKind = 'unreceived' | 'turnout' | 'overdue' | 'hold' | 'fix_lost'

export interface Alarm {
  /** Acknowledging it silences this very occurrence and no later one. */
  key: string
  kind: AlarmKind
  /** Epoch ms at which it became one. */
  at: number
  incidentId: string | null
  assignmentId: string | null
  unitId: string | null
}

const ORDER: readonly AlarmKind[] = ['unreceived', 'turnout', 'overdue', 'hold', 'fix_lost']

export interface Watcher {
  me: string
  commander: boolean
}

/** One's own alarms; an order unreceived for two minutes comes to the commander too. */
export function alarmsOf(picture: Picture, now: number, { me, commander }: Watcher): Alarm[] {
  const alarms: Alarm[] = []
  for (const assignment of picture.all<Assignment>('assignment')) {
    if (!isOpen(assignment)) continue
    const incident = picture.get(assignment.incident_id)
    const mine = (incident?.kind === 'incident' ? incident.attended_by : null) === me || assignment.assigned_by === me
    const late = now - Date.parse(assignment.assigned_at) > ESCALATE_S * 1000
    if (mine || (commander && late && assignment.status === 'assigned')) alarms.push(...ofAssignment(picture, assignment, now))
  }
  for (const incident of picture.all<Incident>('incident')) {
    if (incident.status !== 'held' || !incident.held_until || incident.attended_by !== me) continue
    const at = Date.parse(incident.held_until) - HOLD_NEAR_S * 1000
    if (now >= at) alarms.push({ key: `hold/${incident.id}/${incident.held_until}`, kind: 'hold', at, incidentId: incident.id, assignmentId: null, unitId: null })
  }
  return alarms.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.at - b.at)
}

function ofAssignment(picture: Picture, assignment: Assignment, now: number): Alarm[] {
  const alarm = (kind: AlarmKind, at: number): Alarm => ({
    key: `${kind}/${assignment.id}/${assignment.status}`,
    kind,
    at,
    incidentId: assignment.incident_id,
    assignmentId: assignment.id,
    unitId: assignment.unit_id,
  })
  const alarms: Alarm[] = []
  const over = overdueAt(assignment)
  if (isUnreceived(assignment, now)) alarms.push(alarm('unreceived', Date.parse(assignment.assigned_at)))
  else if (over && now >= over.at) alarms.push(alarm(over.kind, over.at))
  const unit = picture.get(assignment.unit_id)
  const fix = picture.fixes.get(assignment.unit_id)
  if (isUnit(unit) && isStale(unit as Unit, fix, now)) alarms.push({ ...alarm('fix_lost', fix?.at ?? now), key: `fix_lost/${assignment.id}/${fix?.at ?? 0}` })
  return alarms
}

/** When the present stage lasts too long. */
export function overdueAt(assignment: Assignment): { kind: 'turnout' | 'overdue'; at: number } | null {
  if (assignment.status === 'acknowledged') {
    const from = stageAt(assignment, 'acknowledged') ?? since(assignment)
    return { kind: 'turnout', at: from + TURNOUT_S * 1000 }
  }
  const limit = (STAGE_LIMIT_S as Partial<Record<Step, number>>)[assignment.status as Step]
  return limit === undefined ? null : { kind: 'overdue', at: since(assignment) + limit * 1000 }
}

export type Sound = 'ring' | 'ring_loud' | 'unreceived' | 'low'

/** The one sound that plays now, by the order of the table. */
export function soundOf(ringing: readonly Call[], alarms: readonly Alarm[], silenced: ReadonlySet<string>, now: number): Sound | null {
  const oldest = Math.min(...ringing.map((call) => Date.parse(call.received_at)))
  if (ringing.length > 0) return now - oldest >= 8_000 ? 'ring_loud' : 'ring'
  const sounding = alarms.filter((alarm) => !silenced.has(alarm.key))
  if (sounding.some((alarm) => alarm.kind === 'unreceived')) return 'unreceived'
  return sounding.length > 0 ? 'low' : null
}
