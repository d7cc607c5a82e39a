/**
 * Where a tile of the WGS-84 pyramid lies in a pyramid cut by GCJ-02, which is some hundred metres aside. The offset
 * changes so slowly that pieces of a tile are moved by affine maps: at most a quarter of a pixel beside the exact place, at street levels a tenth.
 */
import { wgsToGcj } from '../../domain/datum'
import { mercatorLat, mercatorLon, mercatorX, mercatorY } from '../mercator'

export interface TileId {
  z: number
  x: number
  y: number
}

/** As a 2D canvas takes it: a b c d e f, from pixels of the source to pixels of the tile. */
export type Matrix = readonly [number, number, number, number, number, number]

export interface Piece {
  /** Left, top and side in the tile, px. */
  x: number
  y: number
  side: number
  matrix: Matrix
}

export interface Plan {
  /** Tiles of the source, from the upper left corner, whose pixels the matrices speak of. */
  x: number
  y: number
  across: number
  down: number
  pieces: Piece[]
}

type Point = readonly [number, number]

/** Up to this level a tile is wide enough for the offset to bend inside; pieces of a side. */
const BENT_TO = 12
const BENT_PIECES = 4

/** Null where the datums are the same: the tile is its own source. `size` is the side of a tile, px. */
export function planOf(tile: TileId, size: number): Plan | null {
  const corners: readonly Point[] = [[0, 0], [1, 0], [0, 1], [1, 1]]
  if (corners.every(([u, v]) => isUnmoved(tile, u, v))) return null
  const n = tile.z <= BENT_TO ? BENT_PIECES : 1
  const nodes = Array.from({ length: n + 1 }, (_, j) => Array.from({ length: n + 1 }, (_, i) => placeInGcj(tile, i / n, j / n, size)))
  const box = sourceBox(nodes.flat(), tile.z, size)
  const side = size / n
  const pieces = Array.from({ length: n * n }, (_, k): Piece => {
    const [i, j] = [k % n, Math.floor(k / n)]
    const at = (di: number, dj: number): Point => {
      const [x, y] = (nodes[j + dj] as Point[])[i + di] as Point
      return [x - box.x * size, y - box.y * size]
    }
    return { x: i * side, y: j * side, side, matrix: affine([at(0, 0), at(1, 0), at(0, 1), at(1, 1)], [(i + 0.5) * side, (j + 0.5) * side], side) }
  })
  return { ...box, pieces }
}

/** Pixels of the whole GCJ-02 pyramid at this level, for a place given in parts of a WGS-84 tile. */
export function placeInGcj({ z, x, y }: TileId, u: number, v: number, size: number): Point {
  const world = 2 ** z
  const { lon, lat } = wgsToGcj({ lon: mercatorLon((x + u) / world), lat: mercatorLat((y + v) / world) })
  return [mercatorX(lon) * world * size, mercatorY(lat) * world * size]
}

function isUnmoved({ z, x, y }: TileId, u: number, v: number): boolean {
  const world = 2 ** z
  const place = { lon: mercatorLon((x + u) / world), lat: mercatorLat((y + v) / world) }
  return wgsToGcj(place) === place
}

/** Every tile that is touched, and a pixel more, so that no edge is mixed with nothing. */
function sourceBox(points: readonly Point[], z: number, size: number): { x: number; y: number; across: number; down: number } {
  const clamp = (tile: number) => Math.min(Math.max(tile, 0), 2 ** z - 1)
  const range = (axis: 0 | 1): [number, number] => {
    const all = points.map((point) => point[axis])
    return [clamp(Math.floor((Math.min(...all) - 1) / size)), clamp(Math.floor((Math.max(...all) + 1) / size))]
  }
  const [[x, right], [y, bottom]] = [range(0), range(1)]
  return { x, y, across: right - x + 1, down: bottom - y + 1 }
}

/** The affine map that brings the corners of a piece (in the source, row by row) nearest to those of a square round `middle`. */
function affine([p, q, r, s]: readonly [Point, Point, Point, Point], middle: Point, side: number): Matrix {
  const half = (i: 0 | 1, plus: readonly Point[], minus: readonly Point[]) => plus.reduce((sum, c, k) => sum + c[i] - (minus[k] as Point)[i], 0) / 2 / side
  const [ax, ay] = [half(0, [q, s], [p, r]), half(1, [q, s], [p, r])]
  const [bx, by] = [half(0, [r, s], [p, q]), half(1, [r, s], [p, q])]
  const det = ax * by - bx * ay
  const [a, b, c, d] = [by / det, -ay / det, -bx / det, ax / det]
  const [cx, cy] = [(p[0] + q[0] + r[0] + s[0]) / 4, (p[1] + q[1] + r[1] + s[1]) / 4]
  return [a, b, c, d, middle[0] - a * cx - c * cy, middle[1] - b * cx - d * cy]
}
