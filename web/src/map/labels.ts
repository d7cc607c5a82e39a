/** Names beside symbols, on a canvas of their own above the fleet: greedy, four sides, a label keeps its side. */
import type { Palette } from '../theme/tokens'
import { FONT } from '../theme/tokens'
import { screenRatio } from './ratio'
import type { Node } from './fleet/model'
import { place } from './fleet/motion'

type Project = (x: number, y: number) => { x: number; y: number }
type Side = 0 | 1 | 2 | 3

interface Placed {
  node: Node
  side: Side
  width: number
}

interface Rect {
  x0: number
  y0: number
  x1: number
  y1: number
}

/** A label chip at a fixed point, e.g. the name of a ring. */
export interface Chip {
  x: number
  y: number
  text: string
  /** Beside the cursor instead of on the spot. */
  below?: boolean
}

const SIZE_PX = 13
const MAX_LABELS = 220

export class LabelLayer {
  readonly canvas = document.createElement('canvas')
  private readonly ctx: CanvasRenderingContext2D
  private placed: Placed[] = []
  private readonly sides = new Map<string, Side>()

  constructor(
    private palette: Palette,
    private readonly scale = 1,
  ) {
    this.canvas.style.cssText = 'position:absolute;inset:0;pointer-events:none;width:100%;height:100%'
    const ctx = this.canvas.getContext('2d')
    if (!ctx) throw new Error('2d canvas is missing')
    this.ctx = ctx
  }

  setPalette(palette: Palette): void {
    this.palette = palette
  }

  /** Chooses which labels show and on which side of their symbol. */
  arrange(nodes: readonly Node[], now: number, project: Project, width: number, height: number): void {
    this.ctx.font = font(false, this.scale)
    const { scale } = this
    const taken: Rect[] = []
    const wanted: { node: Node; x: number; y: number }[] = []
    for (const node of nodes) {
      const spot = screen(node, now, project, this.scale)
      if (spot.x < -60 || spot.y < -30 || spot.x > width + 60 || spot.y > height + 30) continue
      const half = halfWidth(node) * scale
      taken.push({ x0: spot.x - half, x1: spot.x + half, y0: spot.y - 12 * scale, y1: spot.y + 12 * scale })
      if (node.label !== null) wanted.push({ node, ...spot })
    }
    wanted.sort((a, b) => (a.node.label ?? 9) - (b.node.label ?? 9))
    this.placed = []
    for (const { node, x, y } of wanted.slice(0, MAX_LABELS * 3)) {
      if (this.placed.length >= MAX_LABELS) break
      const text = Math.ceil(this.ctx.measureText(node.name).width)
      const side = this.sideFor(node, x, y, text, taken)
      if (side === null) continue
      taken.push(rect(node, side, x, y, text, scale))
      this.sides.set(node.id, side)
      this.placed.push({ node, side, width: text })
    }
    // Only what is shown keeps its side: a screen that runs for weeks sees many cases come and go.
    const shown = new Set(this.placed.map(({ node }) => node.id))
    for (const id of this.sides.keys()) if (!shown.has(id)) this.sides.delete(id)
  }

  draw(now: number, project: Project, width: number, height: number, chips: readonly Chip[]): void {
    const { ctx } = this
    const ratio = Math.min(2, screenRatio(this.canvas))
    // A canvas that is cleared and nothing more may go on showing its last picture; a new size never does.
    const empty = chips.length === 0 && this.placed.length === 0
    if (empty || this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio)
      this.canvas.height = Math.round(height * ratio)
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.clearRect(0, 0, width, height)
    ctx.lineJoin = 'round'
    for (const chip of chips) this.drawChip(chip, project)
    for (const { node, side, width: text } of [...this.placed].reverse()) {
      const { x, y } = screen(node, now, project, this.scale)
      const r = rect(node, side, x, y, text, this.scale)
      this.drawText(node.name, r.x0, (r.y0 + r.y1) / 2 + 4.5 * this.scale, (node.label ?? 9) <= 1)
    }
  }

  private drawText(text: string, x: number, y: number, strong: boolean): void {
    const { ctx, palette } = this
    ctx.font = font(strong, this.scale)
    ctx.textAlign = 'left'
    ctx.strokeStyle = palette.mout
    ctx.lineWidth = 3
    ctx.strokeText(text, x, y)
    ctx.fillStyle = strong ? palette.t1 : palette.mstrong
    ctx.fillText(text, x, y)
  }

  private drawChip(chip: Chip, project: Project): void {
    const { ctx, palette } = this
    const spot = project(chip.x, chip.y)
    ctx.font = font(true, 1)
    const half = ctx.measureText(chip.text).width / 2 + 9
    const [x, y] = chip.below ? [spot.x + half + 14, spot.y + 22] : [spot.x, spot.y]
    ctx.beginPath()
    ctx.roundRect(x - half, y - 11, half * 2, 22, 11)
    ctx.fillStyle = palette.bg1
    ctx.fill()
    ctx.strokeStyle = palette.t2
    ctx.lineWidth = 1
    ctx.stroke()
    ctx.textAlign = 'center'
    ctx.fillStyle = palette.t1
    ctx.fillText(chip.text, x, y + 4.5)
  }

  private sideFor(node: Node, x: number, y: number, text: number, taken: readonly Rect[]): Side | null {
    const before = this.sides.get(node.id)
    const order: Side[] = before === undefined ? [0, 1, 2, 3] : [before, 0, 1, 2, 3]
    for (const side of order) {
      const r = rect(node, side, x, y, text, this.scale)
      if (!taken.some((t) => r.x0 < t.x1 && r.x1 > t.x0 && r.y0 < t.y1 && r.y1 > t.y0)) return side
    }
    return node.label === 0 ? (before ?? 0) : null
  }
}

function font(strong: boolean, scale: number): string {
  return `${strong ? 700 : 400} ${SIZE_PX * scale}px ${FONT}`
}

function screen(node: Node, now: number, project: Project, scale: number): { x: number; y: number } {
  const at = place(node.at, now)
  const p = project(at.x, at.y)
  // The label of a pin stands beside its head.
  const head = node.look.type === 'incident' ? 20 * scale : node.look.type === 'mark' ? 17 * scale : 0
  return { x: p.x + node.dx, y: p.y + node.dy - head }
}

function halfWidth(node: Node): number {
  return node.look.type === 'incident' ? 15 : node.look.type === 'bed_pool' ? 24 : node.look.type === 'cluster' ? 20 : 13
}

/** Right, left, below, above. */
function rect(node: Node, side: Side, x: number, y: number, text: number, scale: number): Rect {
  const gap = halfWidth(node) * scale + (node.selected ? 12 : 7)
  const up = 8.5 * scale
  const below = (node.look.type === 'unit' && node.look.stale ? 42.5 : 26.5) * scale
  switch (side) {
    case 0:
      return { x0: x + gap, x1: x + gap + text, y0: y - up, y1: y + up }
    case 1:
      return { x0: x - gap - text, x1: x - gap, y0: y - up, y1: y + up }
    case 2:
      return { x0: x - text / 2, x1: x + text / 2, y0: y + below - up, y1: y + below + up }
    case 3:
      return { x0: x - text / 2, x1: x + text / 2, y0: y - 25.5 * scale - up, y1: y - 25.5 * scale + up }
  }
}
