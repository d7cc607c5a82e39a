/** 送往: where a patient is taken. Returns what takes it back; a first choice can only be replaced. */
import type { Assignment } from '../api/cases'
import type { AnyCommand } from '../api/commands'
import type { Send } from './sendCommand'

export async function setDestination(send: Send, assignment: Assignment, facility: string): Promise<AnyCommand[]> {
  const before = assignment.destination_id
  await send({ type: 'set_destination', assignment_id: assignment.id, facility_id: facility })
  return before ? [{ type: 'set_destination', assignment_id: assignment.id, facility_id: before }] : []
}
