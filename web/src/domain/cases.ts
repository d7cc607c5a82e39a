/** What an assignment's stages and an incident's needs mean; the same table of stages as the server's. */
import { STAGES, type Assignment, type Call, type Incident, type Need, type Stage, type Step } from '../api/cases'
import type { Unit } from '../api/types'
import type { Picture } from '../feed/picture'

export function isOpen(assignment: Assignment): boolean {
  return !['closed', 'cancelled', 'diverted'].includes(assignment.status)
}

const AT: Record<Step, keyof Assignment> = {
  assigned: 'assigned_at',
  acknowledged: 'acknowledged_at',
  departed: 'departed_at',
  arrived: 'arrived_at',
  patient_aboard: 'patient_aboard_at',
  left_scene: 'left_scene_at',
  at_hospital: 'at_hospital_at',
  handed_over: 'handed_over_at',
  closed: 'ended_at',
}

/** Epoch ms of a stage, null while it has not come. */
export function stageAt(assignment: Assignment, stage: Step): number | null {
  const at = assignment[AT[stage]] as string | null | undefined
  return at ? Date.parse(at) : null
}

/** When the present stage came. */
export function since(assignment: Assignment): number {
  const stamp = assignment.stamps.findLast((s) => s.undone === null)
  return Date.parse(stamp?.at ?? assignment.assigned_at)
}

/** Stages that may be reported now, the usual one first; closing with its result comes apart. */
export function nextSteps(assignment: Assignment): Step[] {
  const aboard = assignment.patient_aboard_at !== null
  switch (assignment.status) {
    case 'assigned':
      return ['acknowledged', 'departed']
    case 'acknowledged':
      return ['departed']
    case 'departed':
      return ['arrived']
    case 'arrived':
      return assignment.carries_patients ? ['patient_aboard', 'left_scene'] : ['left_scene']
    case 'patient_aboard':
      return ['left_scene', 'at_hospital']
    case 'left_scene':
      return aboard ? ['at_hospital'] : ['closed']
    case 'at_hospital':
      return ['handed_over']
    case 'handed_over':
      return ['closed']
    default:
      return []
  }
}

/** Closing here needs to say how it ended. */
export function closesEarly(assignment: Assignment): boolean {
  const aboard = assignment.patient_aboard_at !== null
  const done = assignment.status === 'handed_over' || (assignment.status === 'left_scene' && !aboard)
  return isOpen(assignment) && assignment.status !== 'assigned' && !done
}

/** With a patient aboard the way leads to a destination. */
export function needsDestination(assignment: Assignment, stage: Stage): boolean {
  const aboard = assignment.patient_aboard_at !== null
  return aboard && (stage === 'left_scene' || stage === 'at_hospital') && assignment.destination_id === null
}

/** Nobody is in the vehicle: it may be called back or diverted. */
export function recallable(assignment: Assignment): boolean {
  return isOpen(assignment) && assignment.patient_aboard_at === null && !['at_hospital', 'handed_over'].includes(assignment.status)
}

/** What a stand-down calls back: nobody has arrived yet. */
export function onTheWay(assignment: Assignment): boolean {
  return ['assigned', 'acknowledged', 'departed'].includes(assignment.status)
}

/** Until the patient has arrived the way may still be changed. */
export function mayRedirect(assignment: Assignment): boolean {
  return assignment.carries_patients && isOpen(assignment) && !['at_hospital', 'handed_over'].includes(assignment.status)
}

/** Counts towards its need: open, or ended with the work done. */
export function fillsNeed(assignment: Assignment): boolean {
  if (assignment.status === 'cancelled' || assignment.status === 'diverted') return false
  return assignment.status !== 'closed' || (assignment.result !== 'aborted' && assignment.result !== 'refused')
}

export function assignmentsOf(picture: Picture, incident: Incident): Assignment[] {
  return incident.assignment_ids.flatMap((id) => {
    const entity = picture.get(id)
    return entity?.kind === 'assignment' ? [entity] : []
  })
}

export interface Fill {
  need: Need
  filled: number
}

export function needFill(incident: Incident, assignments: readonly Assignment[]): Fill[] {
  return incident.needs.map((need) => ({
    need,
    filled: assignments.filter((a) => a.need_id === need.id && fillsNeed(a)).length,
  }))
}

/** The need to recommend for: the first that wants more, else none. */
export function openNeed(fills: readonly Fill[]): Need | null {
  return fills.find(({ need, filled }) => filled < need.count)?.need ?? null
}

/** `0149` of `1122-0149`: what is said within a day; a mark of a drill stays. */
export function shortNumber(number: string): string {
  return number.split('-').at(-1) ?? number
}

export function firstCall(picture: Picture, incident: Incident): Call | null {
  for (const id of incident.call_ids) {
    const entity = picture.get(id)
    if (entity?.kind === 'call') return entity
  }
  return null
}

/** The call of an incident that somebody is still taking. */
export function callInTaking(picture: Picture, incident: Incident): Call | null {
  for (const id of incident.call_ids) {
    const entity = picture.get(id)
    if (entity?.kind === 'call' && (entity.status === 'call_taking' || entity.status === 'answered')) return entity
  }
  return null
}

/** Waiting began when it rang, else when the incident was opened; epoch ms. */
export function waitingSince(picture: Picture, incident: Incident): number {
  return Date.parse(firstCall(picture, incident)?.received_at ?? incident.opened_at)
}

export function stepIndex(stage: Stage): number {
  return STAGES.indexOf(stage as Step)
}

/** Stages a unit of this assignment goes through. */
export function stepsOf(assignment: Assignment): Step[] {
  return assignment.carries_patients ? STAGES.slice(0, -1) : ['assigned', 'acknowledged', 'departed', 'arrived', 'left_scene']
}

/** Fits the wanted kind and class; capabilities are judged by the server. */
export function isOfNeed(unit: Unit, need: Need): boolean {
  return unit.kind === need.kind && (need.class === null || (unit.kind === 'ambulance' && unit.class === need.class))
}
