/** Clicks and cursor of what is being measured or drawn: told apart from each other, and the shape kept on the map. */
import type { Position } from '../domain/geodesy'
import type { Sketch } from '../domain/sketch'

/** Clicks this near to each other in time and place are one, px and ms. */
const TWICE_PX = 5
const TWICE_MS = 350
/** This near to its first vertex a click closes an area, px. */
const CLOSE_PX = 12

interface Pixel {
  x: number
  y: number
}

export class Pen {
  sketch: Sketch | null = null
  /** Where the next vertex would be. */
  cursor: Position | null = null
  private last = { x: 0, y: 0, at: 0 }

  take(sketch: Sketch | null): void {
    // After a step back the same spot may be clicked at once.
    if ((sketch?.vertices.length ?? 0) < (this.sketch?.vertices.length ?? 0)) this.last.at = 0
    this.sketch = sketch
    if (!sketch || sketch.done) this.cursor = null
  }

  /** Whether anything has changed. */
  move(at: Position | null): boolean {
    const next = this.sketch && !this.sketch.done ? at : null
    const changed = next !== this.cursor
    this.cursor = next
    return changed
  }

  /** What a click means; null for the second half of a double click. */
  click({ x, y }: Pixel, project: (at: Position) => Pixel): 'vertex' | 'finish' | null {
    const { last, sketch } = this
    const now = performance.now()
    this.last = { x, y, at: now }
    if (now - last.at < TWICE_MS && Math.hypot(x - last.x, y - last.y) < TWICE_PX) return null
    const first = sketch?.shape === 'Polygon' && !sketch.done && sketch.vertices.length > 2 ? sketch.vertices[0] : undefined
    const start = first && project(first)
    return start && Math.hypot(x - start.x, y - start.y) < CLOSE_PX ? 'finish' : 'vertex'
  }
}
