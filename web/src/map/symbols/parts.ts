/** Glyphs, corner marks and modifiers shared by the symbols. */
import type { Palette } from '../../theme/tokens'
import { box, circle, type Primitive, type Shape } from './primitives'

export function star(fill: string): Primitive[] {
  const bar = box(-1.8, -7, 3.6, 14, 0.6)
  return [0, 60, 120].map((rotate) => ({ d: bar, fill, rotate }))
}

export function people(fill: string): Primitive[] {
  return [
    { d: circle(2.8, 0, -3.6), fill },
    { d: 'M-5.4 6.2c0-4 2.2-6 5.4-6s5.4 2 5.4 6z', fill },
    { d: circle(1.7, -6, -1.6), fill },
    { d: circle(1.7, 6, -1.6), fill },
  ]
}

/** Heading wedge, pointing north; rotated by whoever draws it. */
export function wedge(p: Palette, colour: string, hollow: boolean, rotate: number): Shape {
  return {
    d: 'M-6.5 -14 L0 -22.5 L6.5 -14 Z',
    fill: hollow ? p.bg1 : colour,
    stroke: hollow ? colour : p.mout,
    width: hollow ? 2 : 1.2,
    rotate,
  }
}

export type Corner = 'clock' | 'person' | 'hospital' | 'back' | 'drop' | 'minus' | 'pause'

export function corner(p: Palette, which: Corner): Primitive[] {
  const disc: Shape = { d: circle(5.4, 10, 10), fill: p.t1, stroke: p.mout, width: 1.5 }
  const ink = p.bg1
  switch (which) {
    case 'clock':
      return [disc, { d: 'M10 7v3.2l2 1.2', stroke: ink, width: 1.4 }]
    case 'person':
      return [
        disc,
        { d: circle(1.5, 10, 8.6), fill: ink },
        { d: 'M7.4 12.6c0-2 1.1-2.9 2.6-2.9s2.6.9 2.6 2.9z', fill: ink },
      ]
    case 'hospital':
      return [
        { d: box(5, 5, 10.5, 10.5, 2), fill: p.t1, stroke: p.mout, width: 1.5 },
        { d: 'M8 7.6v5.4M12.4 7.6v5.4M8 10.3h4.4', stroke: ink, width: 1.5 },
      ]
    case 'back':
      return [disc, { d: 'M12.4 12v-1.4c0-1-.7-1.6-1.7-1.6H8.4m1.7-1.8L8 9l2.1 1.8', stroke: ink, width: 1.3 }]
    case 'drop':
      return [disc, { d: 'M10 6.6c1.6 1.9 2.3 3 2.3 4a2.3 2.3 0 0 1-4.6 0c0-1 .7-2.1 2.3-4z', fill: ink }]
    case 'minus':
      return [
        { d: circle(5, 10, 10), fill: p.idle, stroke: p.mout, width: 1.5 },
        { d: 'M7.6 10h4.8', stroke: ink, width: 1.6 },
      ]
    case 'pause':
      return [
        { d: circle(5, 10, 10), fill: p.idle, stroke: p.mout, width: 1.5 },
        { d: 'M8.7 7.9v4.2M11.3 7.9v4.2', stroke: ink, width: 1.5 },
      ]
  }
}

/** The white tag 负 of negative pressure. */
export function tag(p: Palette, text: string, dx: number, dy: number): Primitive[] {
  return [
    { d: box(-7, -7, 14, 14, 2.5), fill: p.t1, stroke: p.mout, width: 1.5, dx, dy },
    { text, x: dx, y: dy + 3.8, size: 10.5, fill: p.bg1 },
  ]
}

/** Red ring with `!`: near the limit. */
export function warn(p: Palette, dx: number, dy: number): Primitive[] {
  return [
    { d: circle(6), fill: p.bg1, stroke: p.alarm, width: 1.8, dx, dy },
    { d: 'M0 -3.2V.8', stroke: p.alarm, width: 1.8, dx, dy },
    { d: circle(1, 0, 3), fill: p.alarm, dx, dy },
  ]
}

export function slash(p: Palette): Primitive[] {
  return [
    { d: 'M-13 11L13 -11', stroke: p.mout, width: 4.5 },
    { d: 'M-13 11L13 -11', stroke: p.t1, width: 2 },
  ]
}
