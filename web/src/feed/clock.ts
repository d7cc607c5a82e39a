/** World time on this screen: the live world runs in real time, a drill by its own clock. */
import type { Clock } from '../api/types'

export interface WorldClock {
  /** World time, epoch ms. */
  now(): number
  /** Takes what the server said at a moment of this computer's time; null for the live world. */
  set(clock: Clock | null, receivedAt: number): void
}

export function worldClock(real: () => number = Date.now): WorldClock {
  let base = 0
  let at = 0
  let rate: number | null = null
  return {
    now: () => (rate === null ? real() : base + (real() - at) * rate),
    set(clock, receivedAt) {
      rate = clock ? (clock.running ? clock.speed : 0) : null
      base = clock ? Date.parse(clock.at) : 0
      at = receivedAt
    },
  }
}
