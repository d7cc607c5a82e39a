/** Symbols of what stays where it is; neutral until there is trouble. */
import type { Palette } from '../../theme/tokens'
import { slash, tag, warn } from './parts'
import { arc, box, circle, type Primitive, type Shape, type Symbol2d } from './primitives'

export type FixedState = 'ok' | 'near' | 'none' | 'stale' | 'closed'

function shell(p: Palette, d: string, state: FixedState, width = 1.6): Shape[] {
  const edge = { ok: p.t2, near: p.alarm, none: p.alarm, stale: p.idle, closed: p.dead }[state]
  const fill = state === 'none' ? p.alarmfill : p.bg2
  return [
    { d, fill, stroke: p.mout, width: 4 },
    { d, fill, stroke: edge, width, dash: state === 'stale' ? [3, 2.4] : undefined },
  ]
}

function ink(p: Palette, state: FixedState): string {
  return { ok: p.t1, near: p.t1, none: '#FFFFFF', stale: p.idle, closed: p.dead }[state]
}

/** 急救站点: house; `ready` is the number of units parked and available. */
export function stationSymbol(p: Palette, state: FixedState, ready: number | null, cityTier: boolean): Symbol2d {
  const primitives: Primitive[] = [
    ...shell(p, 'M-10 10V-3L0 -11L10 -3V10Z', state, cityTier ? 2.4 : 1.6),
    { d: 'M0 -4.5V6.5M-5.5 1H5.5', stroke: ink(p, state), width: 2.4 },
  ]
  if (state === 'closed') primitives.push(...slash(p))
  if (state === 'near') primitives.push(...warn(p, 10, 10))
  if (ready !== null) primitives.push(...pill(p, ready))
  return { primitives, halfWidth: 32, halfHeight: 24 }
}

/** The round pill at the top right: green with a count, grey with 0. */
function pill(p: Palette, count: number): Primitive[] {
  const text = String(count)
  const width = 9 + text.length * 6
  const dx = 11
  const dy = -10
  return [
    { d: box(-2, -8, width, 16, 7.9), fill: count > 0 ? p.ready : p.dead, stroke: p.mout, width: 1.5, dx, dy },
    { text, x: dx - 2 + width / 2, y: dy + 4.2, size: 12, fill: p.onfill },
  ]
}

/** 医疗机构: square with H, or a letter for other facilities; a pill when units wait there. */
export function facilitySymbol(p: Palette, state: FixedState, letter: string | null, ready: number | null): Symbol2d {
  const primitives: Primitive[] = shell(p, box(-10, -10, 20, 20, 2), state)
  if (letter) primitives.push({ text: letter, x: 0, y: 4.2, size: 11.5, fill: ink(p, state) })
  else primitives.push({ d: 'M-4.4 -5.6V5.6M4.4 -5.6V5.6M-4.4 0H4.4', stroke: ink(p, state), width: 2.2 })
  if (state === 'closed') primitives.push(...slash(p))
  if (state === 'near') primitives.push(...warn(p, 10, 10))
  if (ready !== null && ready > 0) primitives.push(...pill(p, ready))
  return { primitives, halfWidth: 32, halfHeight: 24 }
}

/** 床位: tag with a bed and the number free. */
export function bedSymbol(p: Palette, state: FixedState, free: string, negative: string | null): Symbol2d {
  const colour = ink(p, state)
  const primitives: Primitive[] = [
    ...shell(p, box(-22, -10, 44, 20, 2), state),
    { d: 'M-7 -5V6M-7 3H7M7 6V0.4a2.2 2.2 0 0 0 -2.2 -2.2H-1V3', stroke: colour, width: 1.7, dx: -10 },
    { d: circle(1.5, -4, -0.6), fill: colour, dx: -10 },
    { text: free, x: 17, y: 4.6, size: 13, fill: colour, anchor: 'end' },
  ]
  if (state === 'closed') primitives.push(...slash(p))
  if (state === 'near') primitives.push(...warn(p, 22, 10))
  if (negative) primitives.push(...tag(p, negative, -22, -10))
  return { primitives, halfWidth: 32, halfHeight: 20 }
}

/** 物资储备: a box on its corner. */
export function stockSymbol(p: Palette, state: FixedState): Symbol2d {
  const diamond = shell(p, box(-9, -9, 18, 18, 1.5), state).map((shape) => ({ ...shape, rotate: 45 }))
  const primitives: Primitive[] = [
    ...diamond,
    {
      d: 'M-5.5 -2.6L0 -5.4L5.5 -2.6V3.4L0 6.2L-5.5 3.4ZM-5.5 -2.6L0 .2L5.5 -2.6M0 .2V6.2',
      stroke: ink(p, state),
      width: 1.3,
    },
  ]
  if (state === 'closed') primitives.push(...slash(p))
  if (state === 'near') primitives.push(...warn(p, 10, 10))
  return { primitives, halfWidth: 20, halfHeight: 20 }
}

export interface ClusterCounts {
  ready: number
  out: number
  pat: number
  idle: number
}

/** 聚合: ring in proportion of the families round the count. */
export function clusterSymbol(p: Palette, counts: ClusterCounts): Symbol2d {
  const total = counts.ready + counts.out + counts.pat + counts.idle
  const primitives: Primitive[] = [
    { d: circle(21), fill: p.mout },
    { d: circle(16.5), fill: p.bg2 },
  ]
  const gap = 0.09
  let from = 0
  for (const family of ['ready', 'out', 'pat', 'idle'] as const) {
    const share = counts[family] / Math.max(1, total)
    if (share === 0) continue
    const to = from + share * 2 * Math.PI
    if (share > 0.99) primitives.push({ d: circle(17.5), stroke: p[family], width: 4 })
    else if (to - from > gap) primitives.push({ d: arc(17.5, from + gap / 2, to - gap / 2), stroke: p[family], width: 4 })
    from = to
  }
  primitives.push({ text: String(total), x: 0, y: 5, size: total > 99 ? 12.5 : 14, fill: p.t1 })
  return { primitives, halfWidth: 22, halfHeight: 22 }
}
