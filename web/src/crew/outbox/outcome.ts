/** What an answer of the server means for an item of the outbox. */
import type { Problem } from '../../api/types'
import type { Outcome } from './model'

/** Not reached, too busy, or a proxy that could not pass it on: the same request again, later. */
const AGAIN: readonly number[] = [0, 408, 425, 429, 502, 503, 504]

/** `problem` is null for an accepted command. */
export function outcomeOf(problem: (Problem & { retryAfterMs?: number }) | null): Outcome {
  if (!problem) return { kind: 'done' }
  const { status, code, detail, retryAfterMs } = problem
  if (status === 401) return { kind: 'signed_out' }
  if (AGAIN.includes(status)) return { kind: 'failed', retryAfterMs }
  const refusal = { status, code, detail }
  // A redirect or a page of somebody else's network is no answer of the centre.
  if (status < 400) return { kind: 'failed' }
  if (status >= 500) return { kind: 'failed', defect: refusal }
  return { kind: 'refused', refusal }
}
