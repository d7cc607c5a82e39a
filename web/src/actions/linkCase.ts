/** 关联: this call tells of an incident that is known; what was opened for it by mistake goes into the other. */
import type { Call, Incident } from '../api/cases'
import type { Send } from './sendCommand'

export async function linkCase(send: Send, call: Call | null, own: Incident | null, into: string, reason: string): Promise<void> {
  if (own) await send({ type: 'merge_incidents', incident_id: own.id, into_incident_id: into, reason })
  else if (call) await send({ type: 'link_call', call_id: call.id, incident_id: into })
}
