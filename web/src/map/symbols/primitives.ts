/** A symbol is a list of primitives, so that the map atlas (canvas) and the panels (SVG) draw the same shape. */
import { FONT_NUMBER } from '../../theme/tokens'

export interface Shape {
  d: string
  fill?: string
  fillOpacity?: number
  stroke?: string
  width?: number
  strokeOpacity?: number
  dash?: readonly number[]
  cap?: 'round' | 'butt'
  /** Diagonal hatching in this colour over `fill`. */
  hatch?: string
  /** Degrees round the origin of the symbol. */
  rotate?: number
  dx?: number
  dy?: number
}

export interface Letters {
  text: string
  x: number
  y: number
  size: number
  fill: string
  weight?: number
  anchor?: 'middle' | 'end' | 'start'
}

export type Primitive = Shape | Letters

export function isLetters(primitive: Primitive): primitive is Letters {
  return 'text' in primitive
}

/** A finished symbol; `half` is half its size in px at 1x, measured from the origin. */
export interface Symbol2d {
  primitives: readonly Primitive[]
  halfWidth: number
  halfHeight: number
}

export function circle(r: number, cx = 0, cy = 0): string {
  return `M${cx - r} ${cy}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0z`
}

export function box(x: number, y: number, w: number, h: number, r: number): string {
  return (
    `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
    `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`
  )
}

export function hexagon(r: number): string {
  const corners = Array.from({ length: 6 }, (_, i) => {
    const angle = (i / 6) * 2 * Math.PI
    return `${(r * Math.sin(angle)).toFixed(2)} ${(-r * Math.cos(angle)).toFixed(2)}`
  })
  return `M${corners.join('L')}Z`
}

/** Open arc from angle a to b (radians, clockwise from north). */
export function arc(r: number, a: number, b: number): string {
  const at = (t: number) => `${(r * Math.sin(t)).toFixed(2)} ${(-r * Math.cos(t)).toFixed(2)}`
  return `M${at(a)}A${r} ${r} 0 ${b - a > Math.PI ? 1 : 0} 1 ${at(b)}`
}

/** Draws round the current origin of the context. */
export function drawSymbol(ctx: CanvasRenderingContext2D, symbol: Symbol2d): void {
  for (const primitive of symbol.primitives) {
    ctx.save()
    if (isLetters(primitive)) drawLetters(ctx, primitive)
    else drawShape(ctx, primitive)
    ctx.restore()
  }
}

function drawLetters(ctx: CanvasRenderingContext2D, letters: Letters): void {
  ctx.font = `${letters.weight ?? 700} ${letters.size}px ${FONT_NUMBER}`
  ctx.textAlign = letters.anchor === 'end' ? 'right' : letters.anchor === 'start' ? 'left' : 'center'
  ctx.fillStyle = letters.fill
  ctx.fillText(letters.text, letters.x, letters.y)
}

function drawShape(ctx: CanvasRenderingContext2D, shape: Shape): void {
  ctx.translate(shape.dx ?? 0, shape.dy ?? 0)
  if (shape.rotate) ctx.rotate((shape.rotate * Math.PI) / 180)
  const path = new Path2D(shape.d)
  if (shape.fill) {
    ctx.globalAlpha = shape.fillOpacity ?? 1
    ctx.fillStyle = shape.fill
    ctx.fill(path)
  }
  if (shape.hatch) drawHatch(ctx, path, shape.hatch)
  if (shape.stroke) {
    ctx.globalAlpha = shape.strokeOpacity ?? 1
    ctx.strokeStyle = shape.stroke
    ctx.lineWidth = shape.width ?? 1
    ctx.lineJoin = 'round'
    ctx.lineCap = shape.cap ?? 'butt'
    ctx.setLineDash([...(shape.dash ?? [])])
    ctx.stroke(path)
  }
}

function drawHatch(ctx: CanvasRenderingContext2D, path: Path2D, colour: string): void {
  ctx.save()
  ctx.clip(path)
  ctx.globalAlpha = 0.55
  ctx.strokeStyle = colour
  ctx.lineWidth = 2.2
  ctx.beginPath()
  for (let x = -30; x <= 30; x += 7) {
    ctx.moveTo(x - 20, 20)
    ctx.lineTo(x + 20, -20)
  }
  ctx.stroke()
  ctx.restore()
}
