/** Where each unit is drawn: a new fix starts a straight glide of one feed tick from the present place. */
import type { Fix } from '../../feed/picture'
import { mercatorX, mercatorY } from '../mercator'

export interface Motion {
  x: number
  y: number
  px: number
  py: number
  start: number
  span: number
}

interface Track extends Motion {
  /** Time of the fix shown, world ms. */
  at: number
  takenAt: number
}

const MIN_SPAN_MS = 250
const MAX_SPAN_MS = 3_000
/** Farther than this is a correction, not a movement; mercator units of about 2 km. */
const JUMP = 5e-5

export class Motions {
  private readonly tracks = new Map<string, Track>()
  private movingUntil = 0

  constructor(private readonly reduced = false) {}

  /** `now` is the overlay's clock, ms. */
  take(id: string, fix: Fix, now: number): void {
    const x = mercatorX(fix.lon)
    const y = mercatorY(fix.lat)
    const known = this.tracks.get(id)
    if (!known) {
      this.tracks.set(id, { x, y, px: x, py: y, start: 0, span: 0, at: fix.at, takenAt: now })
      return
    }
    if (known.at === fix.at) return
    const from = place(known, now)
    const far = Math.hypot(x - from.x, y - from.y) > JUMP
    const tick = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, now - known.takenAt))
    const span = far ? 0 : this.reduced ? MIN_SPAN_MS : tick
    this.tracks.set(id, { x, y, px: far ? x : from.x, py: far ? y : from.y, start: now, span, at: fix.at, takenAt: now })
    if (span > 0) this.movingUntil = Math.max(this.movingUntil, now + span)
  }

  get(id: string): Motion | undefined {
    return this.tracks.get(id)
  }

  /** Something still glides. */
  moving(now: number): boolean {
    return now < this.movingUntil
  }

  clear(): void {
    this.tracks.clear()
  }
}

/** Where a gliding thing is at this moment. */
export function place(motion: Motion, now: number): { x: number; y: number } {
  const t = motion.span > 0 ? Math.min(1, Math.max(0, (now - motion.start) / motion.span)) : 1
  return { x: motion.px + (motion.x - motion.px) * t, y: motion.py + (motion.y - motion.py) * t }
}
