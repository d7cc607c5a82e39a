/** From what the server says of its base map to what is drawn; loaded only where one is configured. */
import { PMTiles } from 'pmtiles'
import type { RasterSourceSpecification, VectorSourceSpecification } from 'maplibre-gl'
import type { BaseMapView } from '../../api/basemap'
import { Base, SCHEME, type BaseSource, type Drawn } from './base'
import { Health } from './health'
import { rasterLayer, vectorGround, vectorNames, vectorOutline } from './layers'
import { schemaOf } from './schema'
import { shifted } from './shifted'
import { fromArchive, fromServer, pictures, type Fetch } from './tiles'

type Tiles = Extract<BaseMapView, { kind: 'tiles' }>
type Archive = Extract<BaseMapView, { kind: 'archive' }>

/** One layer of pictures, in whatever datum. */
interface Picture {
  get: Fetch<ImageBitmap>
  extent: Partial<RasterSourceSpecification>
}

/** Side of a tile in pictures, px. */
const SIDE = 256

export async function openBase(view: Tiles | Archive): Promise<Base> {
  return view.kind === 'tiles' ? ofTiles(view) : ofArchive(view)
}

export function ofTiles(view: Tiles): Base {
  const extent = { maxzoom: view.max_zoom }
  return ofPictures(view, view.layers.map((template) => ({ get: fromServer(template, view.subdomains), extent })))
}

async function ofArchive(view: Archive): Promise<Base> {
  const url = new URL(view.path, location.origin).href
  const extent = { minzoom: view.min_zoom, maxzoom: view.max_zoom, bounds: view.bounds as [number, number, number, number] }
  const get = fromArchive(() => new PMTiles(url))
  if (view.content === 'raster') return ofPictures(view, [{ get: pictures(get), extent }])
  const health = new Health()
  const about = await health.ask(() => new PMTiles(url).getMetadata()).catch(() => null)
  const layers = layersIn(about)
  const spec: VectorSourceSpecification = { type: 'vector', tiles: [address('base')], ...extent }
  return new Base(view.attribution ?? null, health, { base: { spec, tile: get } }, drawnBy(layers))
}

function ofPictures(view: Tiles | Archive, parts: readonly Picture[]): Base {
  const named = Object.fromEntries(parts.map((part, i) => [`base-${i}`, part]))
  const names = Object.keys(named)
  const sources = Object.fromEntries(names.map((name) => [name, raster(name, named[name] as Picture, view.datum)]))
  return new Base(view.attribution ?? null, new Health(), sources, {
    ground: (p) => names.map((name) => rasterLayer(p, name)),
    names: () => [],
  })
}

function raster(name: string, { get, extent }: Picture, datum: Tiles['datum']): BaseSource {
  const spec: RasterSourceSpecification = { type: 'raster', tiles: [address(name)], tileSize: SIDE, ...extent }
  return { spec, tile: datum === 'gcj02' ? shifted(get) : get }
}

function drawnBy(layers: readonly string[]): Drawn {
  const schema = schemaOf(layers)
  return {
    ground: (p) => (schema ? vectorGround(p, 'base', schema) : vectorOutline(p, 'base', layers)),
    names: (p, english) => (schema ? vectorNames(p, 'base', schema, english) : []),
  }
}

/** Names of the layers in the description that a vector archive carries. */
export function layersIn(about: unknown): string[] {
  const { vector_layers: layers } = (about ?? {}) as { vector_layers?: unknown }
  if (!Array.isArray(layers)) return []
  return layers.flatMap((layer: unknown) => {
    const { id } = (layer ?? {}) as { id?: unknown }
    return typeof id === 'string' ? [id] : []
  })
}

function address(source: string): string {
  return `${SCHEME}://${source}/{z}/{x}/{y}`
}
