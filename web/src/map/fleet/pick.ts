/** Finds the thing under the pointer through a coarse grid over the screen. */
import type { Node } from './model'
import { place } from './motion'

/** Diameter of the area that counts as a hit, px. */
export const PICK_PX = 40
const CELL = 64

interface Spot {
  node: Node
  x: number
  y: number
}

export class PickIndex {
  private readonly cells = new Map<string, Spot[]>()

  /** `project` takes mercator 0..1 to screen px. Later nodes lie above earlier ones. */
  constructor(nodes: readonly Node[], now: number, project: (x: number, y: number) => { x: number; y: number }) {
    for (const node of nodes) {
      const at = place(node.at, now)
      const p = project(at.x, at.y)
      const spot = { node, x: p.x + node.dx, y: p.y + node.dy - (node.look.type === 'incident' || node.look.type === 'mark' ? 17 : 0) }
      const key = cell(spot.x, spot.y)
      const row = this.cells.get(key)
      if (row) row.push(spot)
      else this.cells.set(key, [spot])
    }
  }

  /** The nearest node within the pick radius. */
  at(x: number, y: number): Node | null {
    let best: Node | null = null
    let least = PICK_PX / 2
    for (const cx of [x - CELL, x, x + CELL]) {
      for (const cy of [y - CELL, y, y + CELL]) {
        for (const spot of this.cells.get(cell(cx, cy)) ?? []) {
          const wide = spot.node.look.type === 'bed_pool' ? 0.6 : 1
          const d = Math.hypot((spot.x - x) * wide, spot.y - y)
          if (d <= least) [best, least] = [spot.node, d]
        }
      }
    }
    return best
  }
}

function cell(x: number, y: number): string {
  return `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`
}
