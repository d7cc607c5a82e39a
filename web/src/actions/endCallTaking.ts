/** Ends the taking of a call (T3) and does to the incident what the acceptance type says. */
import type { Acceptance, Assignment, Call, Incident } from '../api/cases'
import { isOpen } from '../domain/cases'
import type { Send } from './sendCommand'

export interface Ending {
  call: Call | null
  incident: Incident | null
  assignments: readonly Assignment[]
  acceptance: Acceptance
  reason: string
  /** Until when it is held; none: until somebody wakes it. */
  until?: string
}

export async function endCallTaking(send: Send, ending: Ending): Promise<void> {
  const { call, incident, acceptance, reason, until } = ending
  if (incident && acceptance === 'held') await send({ type: 'hold_incident', incident_id: incident.id, reason, ...(until ? { until } : {}) })
  if (call?.status === 'answered') await send({ type: 'begin_call_taking', call_id: call.id })
  if (call) await send({ type: 'end_call_taking', call_id: call.id, acceptance })
  // Nobody goes: what was opened for it ends with it, unless units are on the way already.
  const nobody = acceptance === 'refused' || acceptance === 'transferred'
  if (incident && nobody && !ending.assignments.some(isOpen)) await send({ type: 'close_incident', incident_id: incident.id, outcome: acceptance })
}

/** The usual type for where the case stands. */
export function usualAcceptance(incident: Incident | null, assignments: readonly Assignment[], others: number, nobodyToSend: boolean): Acceptance {
  if (!incident) return 'refused'
  if (assignments.length > 0) return others > 0 ? 'reinforcement' : 'normal'
  if (incident.status === 'held') return 'held'
  return nobodyToSend ? 'no_vehicle' : 'normal'
}
