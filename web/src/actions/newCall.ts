/** 新建呼叫: somebody reports in a way no switch sees; it rings, is answered and taken at once. */
import { answerCall } from './answerCall'
import type { Send } from './sendCommand'

export async function newCall(send: Send): Promise<string | null> {
  const reply = await send({ type: 'receive_call', line: 'manual' })
  const id = reply.changes.find((change) => change.kind === 'call')?.id ?? null
  if (id) await answerCall(send, id)
  return id
}
