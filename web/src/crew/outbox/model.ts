/**
 * The outbox: every step of the crew, kept on the phone until the centre has it. Pure; storage, network and time are
 * elsewhere. Items are sent in order of `n`, one at a time. A refused item stops the later ones of its lane only.
 */
import type { Stage } from '../types'

/** Most items that are kept; a crew makes about 12 steps in an hour. */
export const MAX_ITEMS = 200
/** A defect of the server is tried this often before it counts as a refusal and lets others pass. */
export const MAX_DEFECT_TRIES = 6
export const FIRST_WAIT_MS = 1_000
export const LONGEST_WAIT_MS = 30_000

/** What an item is, for the list on the screen and for the projection. */
export type What =
  | { kind: 'stage'; stage: Stage; result?: string }
  | { kind: 'undo'; stage: Stage }
  | { kind: 'destination'; id: string; name: string }
  | { kind: 'breakdown' }
  | { kind: 'care' }
  | { kind: 'status'; status: string }
  | { kind: 'shift_begin' }
  | { kind: 'shift_end' }

export interface Refusal {
  status: number
  code: string
  detail?: string
}

export interface NewItem {
  /** Idempotency-Key; made when the button is pressed and never changed. */
  id: string
  /** World time of the step, epoch ms. */
  at: number
  world: string
  /** What must stay in order among itself: an assignment, the unit. */
  lane: string
  /** Nothing depends on it: its refusal stops nothing. */
  soft: boolean
  what: What
  /** The body, as it will be sent, byte for byte, each time. */
  command: Readonly<Record<string, unknown>> & { readonly type: string }
}

export interface Item extends NewItem {
  n: number
  state: 'waiting' | 'sending' | 'refused'
  tries: number
  refusal?: Refusal
}

export interface Outbox {
  items: readonly Item[]
  /** Number of the last item ever added. */
  last: number
  /** Failures in a row; they set the wait. */
  failures: number
  /** Nothing is sent before this moment of the phone, epoch ms. */
  notBefore: number
  /** The session is over; nothing is sent before the next log-in. */
  signedOut: boolean
}

export const EMPTY: Outbox = { items: [], last: 0, failures: 0, notBefore: 0, signedOut: false }

/** What became of one try. */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'failed'; retryAfterMs?: number; defect?: Refusal }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'signed_out' }

export type Event =
  | { type: 'add'; item: NewItem }
  /** Takes back what was never sent. */
  | { type: 'withdraw'; id: string }
  | { type: 'began'; id: string }
  | { type: 'ended'; id: string; outcome: Outcome; now: number }
  /** A new sender starts; what the last one left half-way is sent again with the same key. */
  | { type: 'recover' }
  /** The signal is back, or a person is impatient. */
  | { type: 'hurry' }
  | { type: 'signed_in' }
  | { type: 'retry'; id: string }
  | { type: 'discard'; id: string }
