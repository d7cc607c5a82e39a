/** u: takes back what this desk did last within a minute: a stage, an order, or a step that another command reverses. */
import type { Assignment } from '../api/cases'
import type { AnyCommand } from '../api/commands'
import { isOpen, recallable } from '../domain/cases'
import { UNDO_S } from '../domain/timers'
import type { Send } from './sendCommand'

/** A step of this desk and the commands that take it back. */
export interface Step {
  /** Epoch ms, world time. */
  at: number
  /** What it was about, as people say it. */
  about: string
  inverse: readonly AnyCommand[]
}

export type Undoable = { until: number } & ({ type: 'stage' | 'order'; assignment: Assignment } | { type: 'step'; step: Step })

export function undoable(assignments: Iterable<Assignment>, step: Step | null, me: string, now: number): Undoable | null {
  const until = (at: number) => at + UNDO_S * 1000
  let best: { at: number; undo: Undoable } | null = step && now <= until(step.at) ? { at: step.at, undo: { type: 'step', step, until: until(step.at) } } : null
  for (const assignment of assignments) {
    const last = assignment.stamps.findLast((stamp) => stamp.undone === null)
    if (!isOpen(assignment) || !last || last.by !== me) continue
    const at = Date.parse(last.recorded_at)
    const type = last.stage === 'assigned' ? 'order' : 'stage'
    if (now > until(at) || (type === 'order' && !recallable(assignment)) || (best && best.at >= at)) continue
    best = { at, undo: { type, assignment, until: until(at) } }
  }
  return best?.undo ?? null
}

export async function undo(send: Send, last: Undoable, reason: string): Promise<void> {
  if (last.type === 'step') for (const command of last.step.inverse) await send(command)
  else await send({ type: last.type === 'order' ? 'cancel_assignment' : 'undo_stage', assignment_id: last.assignment.id, reason })
}
