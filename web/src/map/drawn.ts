/** What lies on the ground by somebody's hand: rings, links, marks and the sketch in progress, as GeoJSON. */
import type { Feature, FeatureCollection, GeoJsonProperties, Geometry } from 'geojson'
import type { Mark } from '../api/marks'
import type { Position } from '../domain/geodesy'
import type { Sketch } from '../domain/sketch'
import { ring } from './mercator'

export type Collection = FeatureCollection

/** dotted: a unit on its way; dashed: a candidate; solid: the armed one. */
export interface Link {
  from: [number, number]
  to: [number, number]
  style: 'dotted' | 'dashed' | 'solid'
}

export interface LonLat {
  lon: number
  lat: number
}

function collection(features: Feature[]): Collection {
  return { type: 'FeatureCollection', features }
}

function feature(geometry: Geometry, properties: GeoJsonProperties = {}): Feature {
  return { type: 'Feature', properties, geometry }
}

/** Many circles need no fine edges. */
const FINE = 128
const COARSE = 48

/** `i` counts the radii from the inside: solid, dashed, dotted. */
export function ringFeatures(centres: readonly LonLat[], radii: readonly number[]): Collection {
  const steps = centres.length > 4 ? COARSE : FINE
  const circles = centres.flatMap(({ lon, lat }) =>
    radii.map((metres, i) => feature({ type: 'LineString', coordinates: ring(lon, lat, metres, steps) }, { i: Math.min(i, 2) })),
  )
  return collection(circles)
}

export function linkFeatures(links: readonly Link[]): Collection {
  return collection(links.map(({ from, to, style }) => feature({ type: 'LineString', coordinates: [from, to] }, { style })))
}

export function markFeatures(marks: readonly Mark[], selected: string | null): Collection {
  const shapes = marks.filter((mark) => mark.geometry.type !== 'Point')
  return collection(shapes.map((mark) => feature(mark.geometry, { type: mark.mark_type, selected: mark.id === selected })))
}

/** Vertices, the way so far, and the way on to the cursor. */
export function sketchFeatures(sketch: Sketch | null, cursor: Position | null): Collection {
  const [first] = sketch?.vertices ?? []
  if (!sketch || !first) return collection([])
  const vertices = [...sketch.vertices]
  const area = sketch.shape === 'Polygon'
  const open = cursor && !sketch.done
  const features = vertices.map((at, i) => feature({ type: 'Point', coordinates: at }, { part: 'vertex', first: i === 0 }))
  const outline = area && sketch.done ? [...vertices, first] : vertices
  if (outline.length > 1) features.push(feature({ type: 'LineString', coordinates: outline }, { part: 'line' }))
  const around = open ? [...vertices, cursor] : vertices
  if (area && around.length > 2) features.push(feature({ type: 'Polygon', coordinates: [[...around, first]] }, { part: 'area' }))
  const last = vertices.at(-1) as Position
  if (open && sketch.shape !== 'Point') features.push(feature({ type: 'LineString', coordinates: area ? [last, cursor, first] : [last, cursor] }, { part: 'rubber' }))
  return collection(features)
}
