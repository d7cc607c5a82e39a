/** u: takes back what this desk did last within a minute: a stage, or an order itself. */
import type { Assignment } from '../api/cases'
import { isOpen, recallable } from '../domain/cases'
import { UNDO_S } from '../domain/timers'
import type { Send } from './sendCommand'

export interface Undoable {
  assignment: Assignment
  /** Epoch ms after which it is too late. */
  until: number
  order: boolean
}

export function undoable(assignments: Iterable<Assignment>, me: string, now: number): Undoable | null {
  let best: { undo: Undoable; at: number } | null = null
  for (const assignment of assignments) {
    const last = assignment.stamps.findLast((stamp) => stamp.undone === null)
    if (!isOpen(assignment) || !last || last.by !== me) continue
    const at = Date.parse(last.recorded_at)
    const order = last.stage === 'assigned'
    if (now - at > UNDO_S * 1000 || (order && !recallable(assignment)) || (best && best.at >= at)) continue
    best = { at, undo: { assignment, until: at + UNDO_S * 1000, order } }
  }
  return best?.undo ?? null
}

export async function undo(send: Send, { assignment, order }: Undoable, reason: string): Promise<void> {
  await send({ type: order ? 'cancel_assignment' : 'undo_stage', assignment_id: assignment.id, reason })
}
