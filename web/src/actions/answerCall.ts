/** Answers a call (T1) and begins to take it (T2): one key for the person, two points for the record. */
import type { Send } from './sendCommand'

export async function answerCall(send: Send, callId: string): Promise<void> {
  await send({ type: 'answer_call', call_id: callId })
  await send({ type: 'begin_call_taking', call_id: callId })
}
