/** How a configured base map is drawn: between the packaged ground and the packaged boundaries, which stay. */
import type { ExpressionSpecification, LayerSpecification, RasterLayerSpecification } from 'maplibre-gl'
import type { Palette } from '../../theme/tokens'
import { groundOf, isNight, type Ground } from './ground'
import { isPart, nameIn, type Part, type Schema } from './schema'

/** A picture is drawn as it is by day and darkened by night, so that symbols stay the brightest. */
export function rasterLayer(p: Palette, source: string): RasterLayerSpecification {
  const night = isNight(p)
  return {
    id: source,
    type: 'raster',
    source,
    paint: {
      'raster-brightness-max': night ? 0.3 : 1,
      'raster-saturation': night ? -0.55 : -0.15,
      'raster-contrast': night ? 0.1 : 0,
      'raster-fade-duration': 0,
    },
  }
}

const by = (...stops: number[]): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops]

/** Ground and ways of vector tiles. */
export function vectorGround(p: Palette, source: string, schema: Schema): LayerSpecification[] {
  const g = groundOf(p)
  const fill = (id: string, part: Part, color: string): LayerSpecification => ({
    id: `${source}-${id}`, type: 'fill', source, 'source-layer': part.layer, filter: isPart(part, 'Polygon'), paint: { 'fill-color': color, 'fill-antialias': false },
  })
  const line = (id: string, part: Part, color: string, width: ExpressionSpecification, dash?: number[]): LayerSpecification => ({
    id: `${source}-${id}`,
    type: 'line',
    source,
    'source-layer': part.layer,
    filter: isPart(part, 'LineString'),
    layout: { 'line-cap': dash ? 'butt' : 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, ...(dash ? { 'line-dasharray': dash } : {}) },
  })
  const ways: [string, Part, keyof Ground, number, number][] = [
    ['street', schema.streets, 'street', 0.3, 14],
    ['main', schema.mains, 'main', 0.6, 18],
    ['motorway', schema.motorways, 'motorway', 0.8, 22],
  ]
  return [
    ...schema.green.map((part, i) => fill(`green-${i}`, part, g.green)),
    fill('water', schema.water, g.water),
    line('river', schema.rivers, g.water, by(8, 0.5, 16, 5)),
    fill('building', schema.buildings, g.building),
    line('path', schema.paths, g.path, by(13, 0.4, 18, 4), [2, 2]),
    ...ways.map(([id, part, , thin, wide]) => line(`${id}-casing`, part, g.casing, by(9, thin + 0.5, 18, wide + 3))),
    ...ways.map(([id, part, color, thin, wide]) => line(id, part, g[color], by(9, thin, 18, wide))),
    line('rail', schema.rails, g.rail, by(9, 0.6, 18, 3), [5, 2]),
  ]
}

/** Names of ways and small places, below those of the packaged base. */
export function vectorNames(p: Palette, source: string, schema: Schema, english: boolean): LayerSpecification[] {
  const name = (id: string, part: Part, minzoom: number, size: number, placement: 'line' | 'point', strong: boolean): LayerSpecification => ({
    id: `${source}-${id}`,
    type: 'symbol',
    source,
    'source-layer': part.layer,
    filter: isPart(part),
    minzoom,
    layout: { 'text-field': nameIn(schema, english), 'text-font': ['Noto Sans SC'], 'text-size': size, 'symbol-placement': placement, 'text-padding': 4 },
    paint: { 'text-color': strong ? p.mstrong : p.mlabel, 'text-halo-color': p.mout, 'text-halo-width': 1.4 },
  })
  return [
    name('name-quarter', schema.quarters, 12, 12, 'point', false),
    name('name-road', schema.roadNames, 12.5, 12, 'line', false),
    name('name-village', schema.villages, 11, 12, 'point', false),
    name('name-town', schema.towns, 9, 13, 'point', true),
  ]
}

/** Tiles whose layers nobody knows: every edge in it, quietly. */
export function vectorOutline(p: Palette, source: string, layers: readonly string[]): LayerSpecification[] {
  const color = groundOf(p).path
  return layers.map((layer) => ({ id: `${source}-edge-${layer}`, type: 'line', source, 'source-layer': layer, paint: { 'line-color': color, 'line-width': 1 } }))
}
