/** What the layers of vector tiles are called: OpenMapTiles, Protomaps, or unknown to us. */
import type { ExpressionSpecification } from 'maplibre-gl'

/** One layer of the tiles, and which of its features are meant. */
export interface Part {
  layer: string
  key?: string
  values?: readonly string[]
}

export interface Schema {
  water: Part
  rivers: Part
  green: readonly Part[]
  buildings: Part
  motorways: Part
  mains: Part
  streets: Part
  paths: Part
  rails: Part
  roadNames: Part
  /** Towns and smaller: bigger names and all boundaries are those of the packaged base. */
  towns: Part
  villages: Part
  quarters: Part
  chinese: readonly string[]
  english: readonly string[]
}

const openMapTiles: Schema = {
  water: { layer: 'water' },
  rivers: { layer: 'waterway' },
  green: [
    { layer: 'landcover', key: 'class', values: ['wood', 'grass', 'wetland'] },
    { layer: 'park' },
  ],
  buildings: { layer: 'building' },
  motorways: { layer: 'transportation', key: 'class', values: ['motorway', 'trunk'] },
  mains: { layer: 'transportation', key: 'class', values: ['primary', 'secondary'] },
  streets: { layer: 'transportation', key: 'class', values: ['tertiary', 'minor', 'service', 'busway'] },
  paths: { layer: 'transportation', key: 'class', values: ['path', 'track'] },
  rails: { layer: 'transportation', key: 'class', values: ['rail', 'transit'] },
  roadNames: { layer: 'transportation_name' },
  towns: { layer: 'place', key: 'class', values: ['town'] },
  villages: { layer: 'place', key: 'class', values: ['village', 'hamlet'] },
  quarters: { layer: 'place', key: 'class', values: ['suburb', 'quarter', 'neighbourhood'] },
  chinese: ['name:zh-Hans', 'name:zh', 'name'],
  english: ['name:en', 'name_en'],
}

const protomaps: Schema = {
  water: { layer: 'water' },
  rivers: { layer: 'water', key: 'kind', values: ['river', 'stream', 'canal', 'ditch', 'drain'] },
  green: [
    { layer: 'landcover', key: 'kind', values: ['forest', 'grassland', 'scrub'] },
    { layer: 'landuse', key: 'kind', values: ['forest', 'wood', 'park', 'grass', 'meadow', 'garden', 'nature_reserve', 'national_park', 'wetland'] },
  ],
  buildings: { layer: 'buildings' },
  motorways: { layer: 'roads', key: 'kind', values: ['highway'] },
  mains: { layer: 'roads', key: 'kind', values: ['major_road'] },
  streets: { layer: 'roads', key: 'kind', values: ['medium_road', 'minor_road'] },
  paths: { layer: 'roads', key: 'kind', values: ['path', 'other'] },
  rails: { layer: 'roads', key: 'kind', values: ['rail'] },
  roadNames: { layer: 'roads', key: 'kind', values: ['highway', 'major_road', 'medium_road', 'minor_road'] },
  towns: { layer: 'places', key: 'kind_detail', values: ['town'] },
  villages: { layer: 'places', key: 'kind_detail', values: ['village', 'hamlet'] },
  quarters: { layer: 'places', key: 'kind', values: ['neighbourhood', 'macrohood'] },
  chinese: ['name:zh-Hans', 'name:zh', 'name'],
  english: ['name:en'],
}

/** By the names of the layers in the file's own description. */
export function schemaOf(layers: readonly string[]): Schema | null {
  if (layers.includes('transportation')) return openMapTiles
  return layers.includes('roads') ? protomaps : null
}

export function isPart({ key, values }: Part, geometry?: 'Polygon' | 'LineString'): ExpressionSpecification {
  const kind: ExpressionSpecification = key && values ? ['in', ['get', key], ['literal', [...values]]] : ['literal', true] as unknown as ExpressionSpecification
  return geometry ? ['all', kind, ['==', ['geometry-type'], geometry]] : kind
}

/** As on the packaged base: what has no English name stays unnamed on an English map. */
export function nameIn(schema: Schema, english: boolean): ExpressionSpecification {
  const fields = english ? schema.english : schema.chinese
  return ['coalesce', ...fields.map((field): ExpressionSpecification => ['get', field]), ''] as unknown as ExpressionSpecification
}
