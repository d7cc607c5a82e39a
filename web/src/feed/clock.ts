/** World time on this screen: the live world runs with the server's clock, a drill with its own. */
import type { Clock } from '../api/types'

export interface WorldClock {
  /** World time, epoch ms. */
  now(): number
  speed(): number
  running(): boolean
  set(clock: Clock | null, receivedAt: number): void
}

export function worldClock(real: () => number = Date.now): WorldClock {
  let base = 0
  let at = 0
  let rate = 1
  let drill = false
  return {
    now: () => (drill ? base + (real() - at) * rate : real()),
    speed: () => (drill ? rate : 1),
    running: () => !drill || rate > 0,
    set(clock, receivedAt) {
      const start = clock?.now ? Date.parse(clock.now) : Number.NaN
      drill = Number.isFinite(start)
      if (!drill) return
      base = start
      at = receivedAt
      rate = isPaused(clock) ? 0 : (clock?.speed ?? 1)
    },
  }
}

export function isPaused(clock: Clock | null): boolean {
  if (!clock) return false
  if (clock.paused !== undefined) return clock.paused
  if (clock.running !== undefined) return !clock.running
  return clock.state !== undefined && clock.state !== 'running'
}
