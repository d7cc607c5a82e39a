/** The outbox as a state machine: (state, event) -> state, and what is to be sent next. */
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, MAX_DEFECT_TRIES, MAX_ITEMS, type Event, type Item, type NewItem, type Outbox, type Outcome } from './model'

export function reduce(box: Outbox, event: Event): Outbox {
  switch (event.type) {
    case 'add':
      return added(box, event.item)
    case 'withdraw':
      return without(box, (item) => item.id === event.id && isUntouched(item))
    case 'began':
      return changed(box, event.id, (item) => ({ ...item, state: 'sending', tries: item.tries + 1 }))
    case 'ended':
      return ended(box, event.id, event.outcome, event.now)
    case 'recover':
      return { ...box, items: box.items.map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item)) }
    case 'hurry':
      return box.notBefore === 0 ? box : { ...box, notBefore: 0 }
    case 'signed_in':
      return { ...box, signedOut: false, notBefore: 0, failures: 0 }
    case 'retry':
      return hurried(changed(box, event.id, ({ refusal: _, ...item }) => ({ ...item, state: 'waiting', tries: 0 })))
    case 'discard':
      return without(box, (item) => item.id === event.id && item.state === 'refused')
  }
}

/** Never sent, not even a try: it may vanish without the centre. */
export function isUntouched(item: Item): boolean {
  return item.state === 'waiting' && item.tries === 0
}

/** The item that is sent next, whatever the wait; none if all that is left is refused or hangs on a refusal. */
export function nextItem(box: Outbox): Item | null {
  if (box.signedOut) return null
  const closed = new Set<string>()
  for (const item of box.items) {
    if (item.state === 'refused') {
      if (!item.soft) closed.add(item.lane)
    } else if (!closed.has(item.lane)) return item
  }
  return null
}

/** Whether it waits for a refused one ahead of it. */
export function isBlocked(box: Outbox, item: Item): boolean {
  return box.items.some((other) => other.n < item.n && other.lane === item.lane && other.state === 'refused' && !other.soft)
}

/** What the centre does not have yet and will get by itself. */
export function unsent(box: Outbox): number {
  return box.items.filter((item) => item.state !== 'refused').length
}

/** How long to wait after so many failures in a row. */
export function wait(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
}

function added(box: Outbox, item: NewItem): Outbox {
  if (box.items.length >= MAX_ITEMS || box.items.some((other) => other.id === item.id)) return box
  // The same step twice in a row is one finger too many, also from a second window.
  const last = box.items.filter((other) => other.lane === item.lane && !other.soft).at(-1)
  if (last && !item.soft && last.what.kind === 'stage' && item.what.kind === 'stage' && last.what.stage === item.what.stage) return box
  const n = box.last + 1
  return { ...box, last: n, items: [...box.items, { ...item, n, state: 'waiting', tries: 0 }] }
}

function ended(box: Outbox, id: string, outcome: Outcome, now: number): Outbox {
  const item = box.items.find((other) => other.id === id)
  if (!item) return box
  switch (outcome.kind) {
    case 'done':
      return { ...without(box, (other) => other.id === id), failures: 0, notBefore: 0, signedOut: false }
    case 'refused':
      return { ...changed(box, id, (other) => ({ ...other, state: 'refused', refusal: outcome.refusal })), failures: 0, notBefore: 0 }
    case 'signed_out':
      return { ...changed(box, id, (other) => ({ ...other, state: 'waiting' })), signedOut: true }
    case 'failed': {
      const { defect } = outcome
      if (defect && item.tries >= MAX_DEFECT_TRIES) return ended(box, id, { kind: 'refused', refusal: defect }, now)
      const failures = box.failures + 1
      const pause = Math.max(wait(failures), Math.min(outcome.retryAfterMs ?? 0, LONGEST_WAIT_MS))
      return { ...changed(box, id, (other) => ({ ...other, state: 'waiting' })), failures, notBefore: now + pause }
    }
  }
}

function changed(box: Outbox, id: string, change: (item: Item) => Item): Outbox {
  return { ...box, items: box.items.map((item) => (item.id === id ? change(item) : item)) }
}

function without(box: Outbox, gone: (item: Item) => boolean): Outbox {
  return { ...box, items: box.items.filter((item) => !gone(item)) }
}

function hurried(box: Outbox): Outbox {
  return { ...box, notBefore: 0, failures: 0 }
}
