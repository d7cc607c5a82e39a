/** The offline base map: three committed files, no tiles, no glyph server; what the operator configured lies inside it. */
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl'
import type { Palette } from '../theme/tokens'
import type { Base } from './base/base'
import { markLayers, sketchLayers } from './drawnStyle'

const BASE = `${import.meta.env.BASE_URL}basemap/`

type Line = 'n' | 'p' | 'c' | 'd' | 'b'
const is = (line: Line): ExpressionSpecification => ['==', ['get', 'c'], line]

/** Names of places by GB/T 2260 code. */
export type PlaceNames = Readonly<Record<string, string>>

/** Without `names` the base map speaks its own language; with them, what has no name there stays unnamed. */
export function baseStyle(p: Palette, ownCentre: string | null, names: PlaceNames | null = null, scale = 1, base: Base | null = null): StyleSpecification {
  const text: ExpressionSpecification = names ? ['coalesce', ['get', ['get', 'code'], ['literal', names]], ''] : ['get', 'n']
  const size = (a: number, from: number, b: number, to: number): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], a, from * scale, b, to * scale]
  const own: ExpressionSpecification = ownCentre
    ? ['match', ['get', 'centre'], ownCentre, p.mown, p.mpilot]
    : ['literal', p.mown] as unknown as ExpressionSpecification
  return {
    version: 8,
    sources: {
      ...base?.sources,
      areas: { type: 'geojson', data: `${BASE}areas.json`, maxzoom: 12 },
      lines: { type: 'geojson', data: `${BASE}lines.json`, maxzoom: 12 },
      labels: { type: 'geojson', data: `${BASE}labels.json`, maxzoom: 12 },
      rings: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      marks: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      sketch: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      links: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'out', type: 'background', paint: { 'background-color': p.mout } },
      { id: 'land', type: 'fill', source: 'areas', filter: ['==', ['get', 'k'], 'land'], paint: { 'fill-color': p.mland, 'fill-antialias': false } },
      { id: 'pilot', type: 'fill', source: 'areas', filter: ['==', ['get', 'k'], 'pilot'], paint: { 'fill-color': own } },
      ...(base?.drawn.ground(p) ?? []),
      { id: 'county', type: 'line', source: 'lines', filter: is('d'), minzoom: 5.5, paint: { 'line-color': base ? p.mcity : p.mcounty, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.5, 10, 1.2], 'line-dasharray': [3, 2] } },
      { id: 'city', type: 'line', source: 'lines', filter: is('c'), minzoom: 4, paint: { 'line-color': p.mcity, 'line-opacity': ['interpolate', ['linear'], ['zoom'], 4, 0.25, 8, 0.6], 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.5, 10, 1.4] } },
      { id: 'province', type: 'line', source: 'lines', filter: is('p'), paint: { 'line-color': p.mcity, 'line-opacity': 0.7, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.7, 10, 1.8] } },
      { id: 'country', type: 'line', source: 'lines', filter: is('n'), paint: { 'line-color': p.mcity, 'line-opacity': 0.9, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.9, 10, 2] } },
      { id: 'dashline', type: 'line', source: 'lines', filter: is('b'), paint: { 'line-color': p.mcity, 'line-width': 1.2 } },
      { id: 'own-glow', type: 'line', source: 'lines', filter: ['==', ['get', 'own'], 1], minzoom: 5, paint: { 'line-color': p.mcity, 'line-opacity': 0.16, 'line-width': 9 } },
      { id: 'own-edge', type: 'line', source: 'lines', filter: ['==', ['get', 'own'], 1], paint: { 'line-color': p.mcity, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 1, 8, 2.2] } },
      ...markLayers(p),
      ring(p, 0, undefined),
      ring(p, 1, [5, 3]),
      ring(p, 2, [1, 2.5]),
      link(p, 'dotted', 2, [0.8, 2]),
      link(p, 'dashed', 1.2, [4, 3]),
      link(p, 'solid', 2.2, undefined),
      ...(base?.drawn.names(p, names !== null) ?? []),
      // The last symbol layer is placed first: the bigger the area, the later it stands here.
      label(p, 'label-county', 'd', 7.6, 24, size(8, 11.5, 11, 14), text, base !== null),
      label(p, 'label-city', 'c', 5, 9, size(5, 12, 8, 17), text, base !== null),
      label(p, 'label-province', 'p', 2, 6, 13 * scale, text, base !== null),
      ...sketchLayers(p),
    ],
  }
}

function ring(p: Palette, i: number, dash: number[] | undefined): StyleSpecification['layers'][number] {
  return {
    id: `ring-${i}`,
    type: 'line',
    source: 'rings',
    filter: ['==', ['get', 'i'], i],
    paint: { 'line-color': p.t1, 'line-opacity': 0.85, 'line-width': 1.6, ...(dash ? { 'line-dasharray': dash } : {}) },
  }
}

function link(p: Palette, style: string, width: number, dash: number[] | undefined): StyleSpecification['layers'][number] {
  return {
    id: `link-${style}`,
    type: 'line',
    source: 'links',
    filter: ['==', ['get', 'style'], style],
    paint: { 'line-color': p.t1, 'line-opacity': style === 'solid' ? 1 : 0.7, 'line-width': width, ...(dash ? { 'line-dasharray': dash } : {}) },
  }
}

function label(
  p: Palette,
  id: string,
  level: 'p' | 'c' | 'd',
  minzoom: number,
  maxzoom: number,
  size: number | ExpressionSpecification,
  text: ExpressionSpecification,
  /** Over a configured base map names have to stand out. */
  strong: boolean,
): StyleSpecification['layers'][number] {
  return {
    id,
    type: 'symbol',
    source: 'labels',
    filter: ['==', ['get', 'l'], level],
    minzoom,
    maxzoom,
    layout: {
      'text-field': text,
      'text-font': ['Noto Sans SC'],
      'text-size': size,
      'text-letter-spacing': 0.08,
      'text-padding': 6,
      'symbol-sort-key': ['-', ['get', 'own']],
    },
    paint: {
      'text-color': strong ? p.mstrong : ['case', ['==', ['get', 'own'], 1], level === 'd' ? p.mlabel : p.mstrong, p.mlabel],
      'text-opacity': strong ? 1 : ['case', ['==', ['get', 'own'], 1], 1, 0.7],
      'text-halo-color': p.mout,
      'text-halo-width': 1.5,
    },
  }
}
