/** Marks laid over symbols: selection, rank of a tool result, query point, age of a stale fix. */
import type { Priority } from '../../api/cases'
import type { Palette } from '../../theme/tokens'
import { box, circle, type Symbol2d } from './primitives'

export function selectedRing(p: Palette, wide: boolean): Symbol2d {
  if (wide)
    return {
      primitives: [
        { d: box(-31, -20, 62, 40, 8), stroke: p.t1, strokeOpacity: 0.28, width: 9 },
        { d: box(-29, -18, 58, 36, 6), stroke: p.t1, width: 2.5 },
      ],
      halfWidth: 38,
      halfHeight: 27,
    }
  return {
    primitives: [
      { d: circle(22), stroke: p.t1, strokeOpacity: 0.28, width: 9 },
      { d: circle(20), stroke: p.t1, width: 2.5 },
    ],
    halfWidth: 28,
    halfHeight: 28,
  }
}

export function rankTab(p: Palette, rank: number): Symbol2d {
  return {
    primitives: [
      { d: 'M-9 -8h18v14h-6l-3 4l-3 -4h-6z', fill: p.t1, stroke: p.mout, width: 1.2 },
      { text: String(rank), x: 0, y: 3.4, size: 11.5, fill: p.bg1 },
    ],
    halfWidth: 12,
    halfHeight: 12,
  }
}

/** White pin whose point is the place; the priority is a ladder of lightness, not a hue. A held one is dashed. */
export function incidentPin(p: Palette, priority: Priority, held: boolean, selected: boolean): Symbol2d {
  const solid = priority === 'P1'
  const fill = solid ? p.t1 : priority === 'P2' ? p.line2 : p.bg1
  const dash = held || priority === 'P4' ? [3, 2.4] : undefined
  const drop = 'M0 0C-3 -6 -11 -11 -11 -20a11 11 0 1 1 22 0C11 -11 3 -6 0 0z'
  return {
    primitives: [
      ...(selected ? [{ d: drop, stroke: p.t1, strokeOpacity: 0.3, width: 9 }] : []),
      { d: drop, fill, stroke: p.mout, width: 4 },
      { d: drop, fill, stroke: p.t1, width: selected ? 2.4 : 1.6, dash },
      { text: priority, x: 0, y: -16.2, size: 11, fill: solid ? p.bg1 : p.t1 },
    ],
    halfWidth: 18,
    halfHeight: 37,
  }
}

/** A note on a board whose foot is the place; only a danger has a hue. */
export function markFlag(p: Palette, letter: string, danger: boolean, selected: boolean): Symbol2d {
  const board = 'M0 0L-4 -7H-9a2 2 0 0 1 -2 -2V-24a2 2 0 0 1 2 -2H9a2 2 0 0 1 2 2V-9a2 2 0 0 1 -2 2H4z'
  return {
    primitives: [
      ...(selected ? [{ d: board, stroke: p.t1, strokeOpacity: 0.3, width: 9 }] : []),
      { d: board, fill: p.bg1, stroke: p.mout, width: 4 },
      { d: board, fill: p.bg2, stroke: danger ? p.alarm : p.t1, width: selected ? 2.4 : 1.6 },
      { text: letter, x: 0, y: -12.4, size: 12, fill: danger ? p.alarm : p.t1 },
    ],
    halfWidth: 18,
    halfHeight: 34,
  }
}

export function ageTag(p: Palette, text: string): Symbol2d {
  const half = 7 + text.length * 4.2
  return {
    primitives: [
      { d: box(-half, -8, 2 * half, 15, 3), fill: p.bg1, stroke: p.idle, width: 1, dash: [2.5, 2] },
      { text, x: 0, y: 3.4, size: 10.5, weight: 600, fill: p.t2 },
    ],
    halfWidth: half + 2,
    halfHeight: 10,
  }
}

/** The point a query was asked from. */
export function queryPin(p: Palette): Symbol2d {
  return {
    primitives: [
      { d: circle(4.2), fill: p.t1, stroke: p.mout, width: 2 },
      { d: circle(9), stroke: p.t1, width: 1.6 },
      { d: 'M0 -15V-9M0 9V15M-15 0H-9M9 0H15', stroke: p.t1, width: 1.6 },
    ],
    halfWidth: 18,
    halfHeight: 18,
  }
}
