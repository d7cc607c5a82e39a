/** 本席任务进程: the assignments of one desk and where each stands. Pure. */
import type { Assignment, Incident, Step } from '../api/cases'
import type { Picture } from '../feed/picture'
import { isOpen, since, stageAt, stepIndex, stepsOf } from './cases'
import { isUnreceived } from './queue'
import { TURNOUT_S, UNDO_S } from './timers'

export interface Mark {
  step: Step
  /** Epoch ms; null while it has not come. */
  at: number | null
  /** Time since the stage before, ms. */
  took: number | null
  state: 'done' | 'now' | 'skipped' | 'ahead'
  /** Turnout only: whether it met its limit. */
  met: boolean | null
}

/** Own open assignments, trouble first; what has just ended stays until it can no longer be undone. */
export function ofDesk(picture: Picture, me: string, now: number): Assignment[] {
  const rows: Assignment[] = []
  for (const assignment of picture.all<Assignment>('assignment')) {
    const incident = picture.get(assignment.incident_id) as Incident | undefined
    const mine = incident?.kind === 'incident' && incident.attended_by ? incident.attended_by === me : assignment.assigned_by === me
    const fresh = assignment.ended_at !== null && now - Date.parse(assignment.ended_at) < UNDO_S * 1000
    if (mine && (isOpen(assignment) || fresh)) rows.push(assignment)
  }
  const rank = (a: Assignment) => (isUnreceived(a, now) ? 0 : isOpen(a) ? 1 : 2)
  return rows.sort((a, b) => rank(a) - rank(b) || Date.parse(b.assigned_at) - Date.parse(a.assigned_at) || a.id.localeCompare(b.id))
}

export function marksOf(assignment: Assignment): Mark[] {
  // What ended early never came to the later stages: they were not skipped.
  const came = stepsOf(assignment).filter((step) => stageAt(assignment, step) !== null)
  const at = isOpen(assignment) ? stepIndex(assignment.status) : Math.max(...came.map(stepIndex))
  let before: number | null = null
  return stepsOf(assignment).map((step) => {
    const when = stageAt(assignment, step)
    const took: number | null = when !== null && before !== null ? when - before : null
    const i = stepIndex(step)
    const state = when === null ? (i < at ? 'skipped' : 'ahead') : i === at && isOpen(assignment) ? 'now' : 'done'
    const met = step === 'departed' && when !== null ? turnoutMet(assignment, when) : null
    if (when !== null) before = when
    return { step, at: when, took, state, met }
  })
}

function turnoutMet(assignment: Assignment, departed: number): boolean {
  const from = stageAt(assignment, 'acknowledged') ?? Date.parse(assignment.assigned_at)
  return departed - from <= TURNOUT_S * 1000
}

export { since }
