/** Takes a call off its incident; it waits on its own again. */
import type { Call } from '../api/cases'
import type { AnyCommand } from '../api/commands'
import type { Send } from './sendCommand'

export async function unlinkCall(send: Send, call: Call): Promise<AnyCommand[]> {
  await send({ type: 'unlink_call', call_id: call.id })
  return call.incident_id ? [{ type: 'link_call', call_id: call.id, incident_id: call.incident_id }] : []
}
