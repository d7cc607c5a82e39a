/** What is being drawn: vertices one by one, each can be taken back. Measuring and marking share it. */
import type { Geometry } from '../api/marks'
import { areaM2, distanceM, lengthM, perimeterM, type Position } from './geodesy'

export type SketchShape = Geometry['type']

export interface Sketch {
  shape: SketchShape
  vertices: readonly Position[]
  /** No more vertices follow. */
  done: boolean
}

/** As the server has it. */
export const MAX_VERTICES = 500
const NEEDED: Record<SketchShape, number> = { Point: 1, LineString: 2, Polygon: 3 }

export function emptySketch(shape: SketchShape): Sketch {
  return { shape, vertices: [], done: false }
}

/** A vertex more; the second click of a double click adds none. A finished sketch begins anew. */
export function addVertex(sketch: Sketch, at: Position): Sketch {
  const { shape } = sketch
  if (shape === 'Point') return { shape, vertices: [at], done: true }
  if (sketch.done) return { shape, vertices: [at], done: false }
  const last = sketch.vertices.at(-1)
  if ((last && last[0] === at[0] && last[1] === at[1]) || sketch.vertices.length >= MAX_VERTICES) return sketch
  return { ...sketch, vertices: [...sketch.vertices, at] }
}

/** One step back; null when there is nothing to take back. */
export function stepBackIn(sketch: Sketch): Sketch | null {
  if (sketch.vertices.length === 0) return null
  if (sketch.done && sketch.shape !== 'Point') return { ...sketch, done: false }
  return { ...sketch, vertices: sketch.vertices.slice(0, -1), done: false }
}

export function enough(sketch: Sketch): boolean {
  return sketch.vertices.length >= NEEDED[sketch.shape]
}

export function finished(sketch: Sketch): Sketch {
  return enough(sketch) ? { ...sketch, done: true } : sketch
}

export function geometryOf(sketch: Sketch): Geometry | null {
  const { shape, vertices } = sketch
  const [first] = vertices
  if (!first || !enough(sketch)) return null
  if (shape === 'Point') return { type: 'Point', coordinates: first }
  if (shape === 'LineString') return { type: 'LineString', coordinates: [...vertices] }
  return { type: 'Polygon', coordinates: [[...vertices, first]] }
}

/** Running figures; with the cursor as the next vertex while the sketch goes on. */
export interface Measures {
  /** Metres of each leg. */
  legs: number[]
  /** Metres along the line, or round the area. */
  length: number
  /** Square metres; null for a line. */
  area: number | null
}

export function measuresOf(sketch: Sketch, cursor: Position | null): Measures {
  const vertices = cursor && !sketch.done && sketch.vertices.length > 0 ? [...sketch.vertices, cursor] : sketch.vertices
  const legs = vertices.slice(1).map((at, i) => distanceM(vertices[i] as Position, at))
  if (sketch.shape !== 'Polygon') return { legs, length: lengthM(vertices), area: null }
  return { legs, length: vertices.length > 2 ? perimeterM(vertices) : lengthM(vertices), area: vertices.length > 2 ? areaM2(vertices) : 0 }
}

/** Whether the outline crosses itself: said while drawing, so that nobody finds out when saving. */
export function crosses(sketch: Sketch): boolean {
  const { vertices, shape } = sketch
  const n = vertices.length
  if (shape !== 'Polygon' || n < 4) return false
  for (let i = 0; i < n; i += 1)
    for (let j = i + 2; j < n; j += 1) {
      if (i === 0 && j === n - 1) continue
      if (meet(vertices[i] as Position, vertices[i + 1] as Position, vertices[j] as Position, vertices[(j + 1) % n] as Position)) return true
    }
  return false
}

function side(a: Position, b: Position, c: Position): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
}

function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}
