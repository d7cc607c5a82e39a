/** The running figure beside the cursor while something is measured or drawn. */
import type { Position } from '../domain/geodesy'
import { measuresOf, type Sketch } from '../domain/sketch'
import { areaText, measured } from '../i18n/format'

export function figureOf(sketch: Sketch | null, cursor: Position): string | null {
  if (!sketch || sketch.done || sketch.vertices.length === 0) return null
  const { legs, length, area } = measuresOf(sketch, cursor)
  if (area !== null && sketch.vertices.length > 1) return `${areaText(area)} · ${measured(length)}`
  return legs.length > 1 ? `${measured(length)} · +${measured(legs.at(-1) ?? 0)}` : measured(length)
}
