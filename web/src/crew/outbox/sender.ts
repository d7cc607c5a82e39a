/** Sends the outbox: one item at a time, in order, for as long as this window leads. */
import type { Event, Item, Outbox, Outcome } from './model'
import { nextItem } from './reducer'

export interface SenderPorts {
  box(): Outbox
  dispatch(event: Event): Promise<void>
  /** Sends an item; never throws. */
  send(item: Item, signal: AbortSignal): Promise<Outcome>
  now(): number
  /** Resolves after so many ms (none: whenever), when woken, or when aborted. */
  pause(ms: number | null, signal: AbortSignal): Promise<void>
}

/** Runs until aborted. What was half-way when it stopped is sent again, with the same key, by the next one. */
export async function runSender(ports: SenderPorts, signal: AbortSignal): Promise<void> {
  await ports.dispatch({ type: 'recover' })
  while (!signal.aborted) {
    const box = ports.box()
    const item = nextItem(box)
    const wait = box.notBefore - ports.now()
    if (!item) await ports.pause(null, signal)
    else if (wait > 0) await ports.pause(wait, signal)
    else await sendOne(ports, item, signal)
  }
}

async function sendOne(ports: SenderPorts, item: Item, signal: AbortSignal): Promise<void> {
  await ports.dispatch({ type: 'began', id: item.id })
  // Taken back between the look and the mark: there is nothing to send.
  const standing = ports.box().items.find((other) => other.id === item.id)
  if (!standing || signal.aborted) return
  const outcome = await ports.send(standing, signal)
  if (signal.aborted) return
  await ports.dispatch({ type: 'ended', id: item.id, outcome, now: ports.now() })
}
