/** Symbols of what can be sent: shape says the kind, fill and corner say the status. */
import type { UnitKind, UnitStatus } from '../../api/types'
import type { Palette } from '../../theme/tokens'
import { corner, people, star, tag, wedge, type Corner } from './parts'
import { box, circle, hexagon, type Primitive, type Symbol2d } from './primitives'

export type Family = 'ready' | 'out' | 'scene' | 'pat' | 'decon' | 'idle' | 'dead'
type Body = 'solid' | 'dashed' | 'hollow' | 'hatched' | 'thin' | 'dark'

interface Look {
  family: Family
  body: Body
  corner?: Corner
  wedge?: 'solid' | 'hollow'
  foot?: boolean
}

export const LOOKS: Record<UnitStatus, Look> = {
  available: { family: 'ready', body: 'solid' },
  assigned: { family: 'out', body: 'dashed', corner: 'clock' },
  en_route: { family: 'out', body: 'solid', wedge: 'solid' },
  on_scene: { family: 'scene', body: 'solid', foot: true },
  transporting: { family: 'pat', body: 'solid', wedge: 'solid', corner: 'person' },
  at_hospital: { family: 'pat', body: 'hollow', corner: 'hospital' },
  returning: { family: 'ready', body: 'hollow', wedge: 'hollow', corner: 'back' },
  decontaminating: { family: 'decon', body: 'hatched', corner: 'drop' },
  suspended: { family: 'idle', body: 'thin', corner: 'pause' },
  off_duty: { family: 'idle', body: 'thin', corner: 'minus' },
  out_of_service: { family: 'dead', body: 'dark' },
}

export interface UnitLook {
  kind: UnitKind
  status: UnitStatus
  /** Letters of a special vehicle. */
  glyph?: string
  /** Text of the negative-pressure tag; none for other units. */
  negative?: string
  stale?: boolean
  /** Degrees; drawn only in panels, the map draws the wedge as its own sprite. */
  heading?: number
}

export function unitSymbol(p: Palette, look: UnitLook): Symbol2d {
  const { family, body, corner: mark, foot, wedge: wedgeBody } = LOOKS[look.status]
  const colour = look.stale ? p.idle : p[family]
  const primitives: Primitive[] = []
  if (wedgeBody && look.heading !== undefined) primitives.push(wedge(p, colour, wedgeBody === 'hollow', look.heading))
  if (foot) primitives.push({ d: 'M-5 11 L0 20 L5 11 Z', fill: colour, stroke: p.mout, width: 1 })
  primitives.push({ d: outline(look.kind, 13.8), fill: p.mout })
  if (look.negative) primitives.push({ d: outline(look.kind, 14.8), stroke: p.t1, width: 1.6 })
  primitives.push(...bodyOf(p, look, body, colour), ...glyphOf(p, look, body, colour))
  if (look.stale)
    primitives.push({ d: outline(look.kind, 16.5), stroke: p.idle, width: 1.4, dash: [2.5, 3] })
  if (body === 'dark')
    primitives.push(
      { d: 'M-10 10L10 -10', stroke: p.mout, width: 5 },
      { d: 'M-10.5 10.5L10.5 -10.5', stroke: p.t1, width: 2.2, cap: 'round' },
    )
  if (mark && !look.stale) primitives.push(...corner(p, mark))
  if (look.negative) primitives.push(...tag(p, look.negative, -11, -11))
  // Tight boxes: transparent pixels cost as much as coloured ones.
  const half = look.negative || look.stale ? 19 : foot ? 20.5 : mark ? 16.5 : 14.5
  return { primitives, halfWidth: half, halfHeight: half }
}

/** The wedge alone, pointing north, for the map to rotate; whatever moves has one. */
export function wedgeSymbol(p: Palette, status: UnitStatus): Symbol2d {
  const look = LOOKS[status]
  return { primitives: [wedge(p, p[look.family], look.wedge === 'hollow', 0)], halfWidth: 24, halfHeight: 24 }
}

/** Kind's outline at a radius; 12 is the body. */
function outline(kind: UnitKind, r: number): string {
  if (kind === 'ambulance') return circle(r)
  if (kind === 'team') return hexagon(r * 1.12)
  return box(-r, -r * 0.86, 2 * r, 1.72 * r, r * 0.3)
}

function bodyOf(p: Palette, look: UnitLook, body: Body, colour: string): Primitive[] {
  const { kind } = look
  switch (body) {
    case 'solid':
      return [{ d: outline(kind, 12), fill: colour, fillOpacity: look.stale ? 0.55 : 1 }]
    case 'dashed':
      return [{ d: outline(kind, 10.8), fill: p.bg1, stroke: colour, width: 2.4, dash: [4.2, 3] }]
    case 'hollow':
      return [{ d: outline(kind, 10.8), fill: p.bg1, stroke: colour, width: 2.4 }]
    case 'hatched':
      return [{ d: outline(kind, 11), fill: p.bg1, hatch: colour, stroke: colour, width: 2 }]
    case 'thin':
      return [{ d: outline(kind, 11.2), fill: p.bg1, stroke: colour, width: 1.6 }]
    case 'dark':
      return [{ d: outline(kind, 11.5), fill: p.line2, stroke: p.dead, width: 1 }]
  }
}

function glyphOf(p: Palette, look: UnitLook, body: Body, colour: string): Primitive[] {
  const inks: Record<Body, string> = {
    solid: p.onfill,
    dashed: colour,
    hollow: colour,
    thin: colour,
    hatched: p.t1,
    dark: p.t2,
  }
  const ink = inks[body]
  if (look.kind === 'ambulance') return star(ink)
  if (look.kind === 'team') return people(ink)
  const text = look.glyph ?? ''
  return [{ text, x: 0, y: 4, size: text.length > 2 ? 9 : 11, fill: ink }]
}
