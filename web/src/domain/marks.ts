/** Marks: which are on the map, where their symbol stands, what may be done with them. */
import { MARK_TYPES, type Geometry, type Mark, type MarkType } from '../api/marks'
import type { User } from '../api/types'
import type { Picture } from '../feed/picture'
import type { Box } from './bounds'
import type { Position } from './geodesy'
import type { SketchShape } from './sketch'

/** How each type is usually drawn. */
export const USUAL_SHAPE: Record<MarkType, SketchShape> = {
  note: 'Point',
  staging_point: 'Point',
  hazard_zone: 'Polygon',
  cordon: 'Polygon',
  traffic_control: 'LineString',
  other: 'Point',
}

/** On the map, the newest first. */
export function openMarks(picture: Picture): Mark[] {
  return [...picture.all<Mark>('mark')].filter((mark) => mark.ended_at === null).sort((a, b) => b.drawn_at.localeCompare(a.drawn_at))
}

export function isMarkType(word: string): word is MarkType {
  return (MARK_TYPES as readonly string[]).includes(word)
}

const DRAWERS = new Set<string>(['commander', 'dispatcher'])

export function mayDraw(user: User): boolean {
  return DRAWERS.has(user.role)
}

export function positionsOf(geometry: Geometry): readonly Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'LineString':
      return geometry.coordinates
    case 'Polygon':
      return geometry.coordinates[0] ?? []
  }
}

export function boxOf(geometry: Geometry): Box {
  const positions = positionsOf(geometry)
  const [lons, lats] = [positions.map(([lon]) => lon), positions.map(([, lat]) => lat)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** Where the symbol stands: the point, half-way along the line, the middle of the area. */
export function anchorOf(geometry: Geometry): Position {
  const positions = positionsOf(geometry)
  if (geometry.type === 'LineString') return alongLine(positions)
  if (geometry.type === 'Polygon') return centroid(positions)
  return geometry.coordinates
}

function alongLine(line: readonly Position[]): Position {
  const far = (i: number) => Math.hypot((line[i + 1]?.[0] ?? 0) - (line[i]?.[0] ?? 0), (line[i + 1]?.[1] ?? 0) - (line[i]?.[1] ?? 0))
  const legs = line.slice(1).map((_, i) => far(i))
  let left = legs.reduce((sum, leg) => sum + leg, 0) / 2
  for (const [i, leg] of legs.entries()) {
    if (left <= leg && leg > 0) {
      const [a, b] = [line[i] as Position, line[i + 1] as Position]
      return [a[0] + ((b[0] - a[0]) * left) / leg, a[1] + ((b[1] - a[1]) * left) / leg]
    }
    left -= leg
  }
  return line[0] ?? [0, 0]
}

function centroid(ring: readonly Position[]): Position {
  const [ox, oy] = ring[0] ?? [0, 0]
  let [area, x, y] = [0, 0, 0]
  ring.forEach(([bx, by], i) => {
    const [ax, ay] = ring[i === 0 ? ring.length - 1 : i - 1] as Position
    const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
    area += cross
    x += (ax + bx - 2 * ox) * cross
    y += (ay + by - 2 * oy) * cross
  })
  return area === 0 ? [ox, oy] : [ox + x / (3 * area), oy + y / (3 * area)]
}
