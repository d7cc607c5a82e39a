/** 来电与事件: who comes next, by urgency. Pure over the picture. */
import type { Assignment, Call, Incident } from '../api/cases'
import type { Picture } from '../feed/picture'
import { assignmentsOf, callInTaking, isOpen, needFill, since, stageAt, waitingSince, type Fill } from './cases'
import { DISPATCH_S, RECEIVE_S, TURNOUT_S } from './timers'

export interface IncidentRow {
  incident: Incident
  assignments: Assignment[]
  fills: Fill[]
  /** Units still missing. */
  missing: number
  /** The assignment its timer speaks of; null while waiting. */
  lead: Assignment | null
  /** What runs: epoch ms of its begin and the limit it runs against, if any. */
  from: number
  limitS: number | null
  /** Orders not received within the limit. */
  unreceived: Assignment[]
  /** The call that somebody is still taking. */
  taking: Call | null
}

export interface Queue {
  /** Nobody has answered, oldest first. */
  ringing: Call[]
  /** Answered, without an incident yet or any more. */
  taking: Call[]
  /** Wants a unit and has none. */
  waiting: IncidentRow[]
  held: IncidentRow[]
  /** Units are at work. */
  running: IncidentRow[]
  /** All units are done; somebody closes it. */
  done: IncidentRow[]
}

export function queueOf(picture: Picture, now: number): Queue {
  const queue: Queue = { ringing: [], taking: [], waiting: [], held: [], running: [], done: [] }
  for (const call of picture.all<Call>('call')) {
    if (call.status === 'ringing') queue.ringing.push(call)
    else if (call.incident_id === null && (call.status === 'answered' || call.status === 'call_taking' || isLoose(call))) queue.taking.push(call)
  }
  for (const incident of picture.all<Incident>('incident')) {
    if (incident.status === 'closed') continue
    const row = rowOf(picture, incident, now)
    queue[placeOf(row)].push(row)
  }
  queue.ringing.sort((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at))
  queue.taking.sort((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at))
  queue.waiting.sort(byUrgency)
  queue.held.sort((a, b) => (a.incident.held_until ?? '9').localeCompare(b.incident.held_until ?? '9') || byUrgency(a, b))
  queue.running.sort((a, b) => Number(b.unreceived.length > 0) - Number(a.unreceived.length > 0) || byUrgency(a, b))
  queue.done.sort(byUrgency)
  return queue
}

/** It told of an incident and was taken off it: somebody must say what it is now. */
export function isLoose(call: Call): boolean {
  return call.status === 'ended' && call.incident_id === null && call.acceptance !== 'refused' && call.acceptance !== 'transferred'
}

function placeOf(row: IncidentRow): 'waiting' | 'held' | 'running' | 'done' {
  if (row.incident.status === 'held') return 'held'
  if (row.assignments.some(isOpen)) return 'running'
  return row.missing > 0 || row.assignments.length === 0 ? 'waiting' : 'done'
}

/** P1 before P2; of the same priority, who waits longest. */
function byUrgency(a: IncidentRow, b: IncidentRow): number {
  return a.incident.priority.localeCompare(b.incident.priority) || a.from - b.from || a.incident.id.localeCompare(b.incident.id)
}

export function rowOf(picture: Picture, incident: Incident, now: number): IncidentRow {
  const assignments = assignmentsOf(picture, incident)
  const fills = needFill(incident, assignments)
  const missing = fills.reduce((sum, { need, filled }) => sum + Math.max(0, need.count - filled), 0)
  const open = assignments.filter(isOpen)
  const lead = leadOf(open)
  const unreceived = open.filter((a) => isUnreceived(a, now))
  const base = { incident, assignments, fills, missing, lead, unreceived, taking: callInTaking(picture, incident) }
  if (!lead) {
    const from = incident.held_at ? Date.parse(incident.held_at) : waitingSince(picture, incident)
    return { ...base, from, limitS: incident.status === 'open' && missing > 0 ? DISPATCH_S : null }
  }
  return { ...base, ...running(lead) }
}

function running(lead: Assignment): { from: number; limitS: number | null } {
  if (lead.status === 'assigned') return { from: Date.parse(lead.assigned_at), limitS: RECEIVE_S }
  if (lead.status === 'acknowledged') return { from: stageAt(lead, 'acknowledged') ?? since(lead), limitS: TURNOUT_S }
  return { from: since(lead), limitS: null }
}

/** The assignment that is least far: it is the one to watch. */
function leadOf(open: readonly Assignment[]): Assignment | null {
  const order = ['assigned', 'acknowledged', 'departed', 'arrived', 'patient_aboard', 'left_scene', 'at_hospital', 'handed_over']
  return [...open].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || since(a) - since(b))[0] ?? null
}

export function isUnreceived(assignment: Assignment, now: number): boolean {
  return assignment.status === 'assigned' && now - Date.parse(assignment.assigned_at) > RECEIVE_S * 1000
}

/** F3: the most urgent one at nobody's desk or at one's own, then any other. */
export function nextWaiting(queue: Queue, me: string, after: string | null): IncidentRow | null {
  const mine = queue.waiting.filter(({ incident }) => incident.attended_by === null || incident.attended_by === me)
  const rows = mine.length > 0 ? mine : queue.waiting
  const at = rows.findIndex(({ incident }) => incident.id === after)
  return rows[at + 1] ?? rows[0] ?? null
}

/** Everything of the queue as one list, for moving up and down. */
export function flat(queue: Queue): { type: 'call' | 'incident'; id: string }[] {
  const calls = [...queue.ringing, ...queue.taking].map(({ id }) => ({ type: 'call' as const, id }))
  const rows = [...queue.waiting, ...queue.held, ...queue.running, ...queue.done]
  return [...calls, ...rows.map(({ incident }) => ({ type: 'incident' as const, id: incident.id }))]
}
