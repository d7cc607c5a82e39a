/** How far the screen may be believed now; one answer for pill, strip, wall and numbers. */
import type { FeedStatus } from '../feed/connection'

export type Freshness =
  | { state: 'connecting' }
  /** `verified`: the last checkpoint agreed and nothing has broken the line since. */
  | { state: 'live'; verified: boolean }
  | { state: 'catching_up'; behind: number | null }
  /** Out of step: the old picture stays until a new one is complete. */
  | { state: 'reloading' }
  /** The database is away: positions go on, states stand still. */
  | { state: 'frozen' }
  | { state: 'offline'; since: number }
  | { state: 'signed_out'; since: number }

export type FreshState = Freshness['state']

/** The worst thing that is true. */
export function freshnessOf({ phase, since, behind, inStep, resyncing }: FeedStatus, frozen: boolean): Freshness {
  if (phase === 'signed_out') return { state: 'signed_out', since }
  if (phase === 'offline') return { state: 'offline', since }
  if (phase === 'connecting') return { state: 'connecting' }
  if (resyncing) return { state: 'reloading' }
  if (phase === 'catching_up') return { state: 'catching_up', behind }
  if (frozen) return { state: 'frozen' }
  return { state: 'live', verified: inStep }
}

/** Numbers may be read as of now. */
export function isCurrent({ state }: Freshness): boolean {
  return state === 'live'
}
