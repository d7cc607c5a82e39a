// Waiting for a fact instead of for time.
import { setTimeout as pause } from 'node:timers/promises'

const EVERY_MS = 50
/** Deadlines are this many times longer on a machine that others keep busy. */
export const PATIENCE = Number(process.env.CHIYUAN_PATIENCE ?? 1)

/** Resolves with the first truthy answer; an error counts as "not yet". */
export async function until(predicate, what, { timeout = 10_000, explain } = {}) {
  const end = Date.now() + timeout * PATIENCE
  let trouble
  for (;;) {
    try {
      const value = await predicate()
      if (value) return value
      trouble = undefined
    } catch (error) {
      trouble = error
    }
    if (Date.now() > end) {
      const details = [trouble?.message, await explain?.()].filter(Boolean).join('\n')
      throw new Error(`not within ${timeout} ms: ${what}${details && `\n${details}`}`)
    }
    await pause(EVERY_MS)
  }
}

/** Holds for a while: what must not happen, does not. */
export async function steadily(predicate, what, forMs) {
  const end = Date.now() + forMs
  while (Date.now() < end) {
    if (!(await predicate())) throw new Error(`did not stay so: ${what}`)
    await pause(EVERY_MS)
  }
}
