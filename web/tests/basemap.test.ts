import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wgsToGcj } from '../src/domain/datum'
import { Base } from '../src/map/base/base'
import { Health } from '../src/map/base/health'
import { layersIn, ofTiles } from '../src/map/base/open'
import { vectorGround, vectorNames, vectorOutline } from '../src/map/base/layers'
import { schemaOf } from '../src/map/base/schema'
import { placeInGcj, planOf, type Piece, type Plan } from '../src/map/base/shift'
import { addressOf, fromServer } from '../src/map/base/tiles'
import { mercatorLat, mercatorLon, mercatorX, mercatorY } from '../src/map/mercator'
import { baseStyle } from '../src/map/style'
import { dark, light, wall } from '../src/theme/tokens'

const SIZE = 256
/** Cities from the edge of the country to its middle, and the five areas. */
const PLACES = [
  [113.58, 37.86], [112.43, 39.33], [112.75, 37.69], [106.54, 38.91], [78.55, 39.79], [116.4, 39.9], [121.5, 31.2], [114.1, 22.5], [87.6, 43.8], [126.6, 45.8], [91.1, 29.7], [109.5, 18.3],
] as const

function tileAt(lon: number, lat: number, z: number) {
  return { z, x: Math.floor(mercatorX(lon) * 2 ** z), y: Math.floor(mercatorY(lat) * 2 ** z) }
}

/** Where a pixel of the source is drawn in the tile. */
function drawn([a, b, c, d, e, f]: Piece['matrix'], x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

function pieceAt(plan: Plan, x: number, y: number): Piece {
  const found = plan.pieces.find((piece) => x >= piece.x && x < piece.x + piece.side && y >= piece.y && y < piece.y + piece.side)
  if (!found) throw new Error('the pieces cover the tile')
  return found
}

/** How far from its exact place a feature is drawn, at worst, px. */
function worstError(z: number): number {
  let worst = 0
  for (const [lon, lat] of PLACES)
    for (let dx = -1; dx <= 1; dx += 1)
      for (let dy = -1; dy <= 1; dy += 1) {
        const at = tileAt(lon, lat, z)
        const tile = { z, x: at.x + dx, y: at.y + dy }
        const plan = planOf(tile, SIZE)
        if (!plan) continue
        for (let i = 0; i < 13; i += 1)
          for (let j = 0; j < 13; j += 1) {
            const [u, v] = [(i + 0.37) / 13, (j + 0.61) / 13]
            const [gx, gy] = placeInGcj(tile, u, v, SIZE)
            const [x, y] = drawn(pieceAt(plan, u * SIZE, v * SIZE).matrix, gx - plan.x * SIZE, gy - plan.y * SIZE)
            worst = Math.max(worst, Math.hypot(x - u * SIZE, y - v * SIZE))
          }
      }
  return worst
}

describe('tiles cut by GCJ-02', () => {
  it.each([...Array(16).keys()].map((i) => i + 3))('are drawn within a quarter of a pixel at level %i', (z) => {
    expect(worstError(z)).toBeLessThan(z > 13 ? 0.08 : 0.25)
  })

  it('bring a point of WGS-84 onto its feature, where an unshifted tile is hundreds of pixels aside', () => {
    const [lon, lat, z] = [113.58, 37.86, 17]
    const tile = tileAt(lon, lat, z)
    const plan = planOf(tile, SIZE)!
    const feature = wgsToGcj({ lon, lat })
    const world = 2 ** z * SIZE
    const source = [mercatorX(feature.lon) * world - plan.x * SIZE, mercatorY(feature.lat) * world - plan.y * SIZE] as const
    const own = [mercatorX(lon) * world - tile.x * SIZE, mercatorY(lat) * world - tile.y * SIZE] as const
    const [x, y] = drawn(plan.pieces[0]!.matrix, ...source)
    expect(Math.hypot(x - own[0], y - own[1])).toBeLessThan(0.05)
    expect(Math.hypot(source[0] + (plan.x - tile.x) * SIZE - own[0], source[1] + (plan.y - tile.y) * SIZE - own[1])).toBeGreaterThan(400)
  })

  it('take the tiles that are touched and no others', () => {
    for (const [lon, lat] of PLACES)
      for (let z = 3; z <= 18; z += 1) {
        const tile = tileAt(lon, lat, z)
        const plan = planOf(tile, SIZE)!
        expect(plan.across * plan.down).toBeLessThanOrEqual(9)
        for (const [u, v] of [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]] as const) {
          const [x, y] = placeInGcj(tile, u, v, SIZE)
          expect(x).toBeGreaterThanOrEqual(plan.x * SIZE)
          expect(x).toBeLessThanOrEqual((plan.x + plan.across) * SIZE)
          expect(y).toBeGreaterThanOrEqual(plan.y * SIZE)
          expect(y).toBeLessThanOrEqual((plan.y + plan.down) * SIZE)
        }
      }
  })

  it('are not moved outside of China', () => {
    expect(planOf(tileAt(2.35, 48.86, 12), SIZE)).toBeNull()
    expect(planOf(tileAt(-74, 40.7, 16), SIZE)).toBeNull()
    expect(planOf(tileAt(113.58, 37.86, 12), SIZE)).not.toBeNull()
  })

  it('the mercator grid turns back', () => {
    expect(mercatorLon(mercatorX(113.58))).toBeCloseTo(113.58, 10)
    expect(mercatorLat(mercatorY(37.86))).toBeCloseTo(37.86, 10)
  })
})

describe('addresses of tiles', () => {
  it('are filled in, each tile always by the same subdomain', () => {
    const template = 'https://t{s}.example.cn/w?TILEMATRIX={z}&TILECOL={x}&TILEROW={y}&tk=a{b}c'
    expect(addressOf(template, { z: 12, x: 3341, y: 1588 }, ['0', '1', '2'])).toBe('https://t0.example.cn/w?TILEMATRIX=12&TILECOL=3341&TILEROW=1588&tk=a{b}c')
    expect(addressOf('https://a.example/{z}/{x}/{y}.png', { z: 1, x: 0, y: 1 }, [])).toBe('https://a.example/1/0/1.png')
  })

  it('are asked without credentials; a missing tile is null, a refusal a fault', async () => {
    const asked = vi.fn()
    const answers = [404, 204, 403]
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      asked(url, init.credentials, init.referrerPolicy)
      const status = answers.shift() as number
      return new Response(null, { status })
    })
    const get = fromServer('https://a.example/{z}/{x}/{y}', [])
    const signal = new AbortController().signal
    expect(await get({ z: 1, x: 0, y: 0 }, signal)).toBeNull()
    expect(await get({ z: 1, x: 0, y: 0 }, signal)).toBeNull()
    await expect(get({ z: 1, x: 0, y: 0 }, signal)).rejects.toThrow('403')
    expect(asked).toHaveBeenCalledWith('https://a.example/1/0/0', 'omit', 'origin')
    vi.unstubAllGlobals()
  })
})

describe('health of a base map', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const fail = () => Promise.reject(new Error('no network'))
  const picture = () => Promise.resolve('tile')

  it('falls silent after three misses in a row, asks nobody meanwhile, and comes back by itself', async () => {
    const health = new Health()
    const [told, back] = [vi.fn(), vi.fn()]
    health.on(told)
    health.onBack(back)
    let up = false
    const get = vi.fn(() => (up ? picture() : fail()))
    for (let i = 0; i < 3; i += 1) await expect(health.ask(get)).rejects.toThrow()
    expect(health.absent).toBe(true)
    await expect(health.ask(get)).rejects.toThrow('does not answer')
    expect(get).toHaveBeenCalledTimes(3)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(health.absent).toBe(true)
    up = true
    await vi.advanceTimersByTimeAsync(15_000)
    expect(health.absent).toBe(false)
    expect(told).toHaveBeenCalledTimes(2)
    expect(back).toHaveBeenCalledTimes(1)
  })

  it('minds no single fault, and gives it up when it stays', async () => {
    const health = new Health()
    await health.ask(picture)
    const bad = vi.fn(fail)
    await expect(health.ask(bad)).rejects.toThrow()
    await health.ask(picture)
    expect(health.absent).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(bad).toHaveBeenCalledTimes(2)
  })

  it('waits for an answer only so long', async () => {
    const late = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal)
    const asked = new Health().ask(() => new Promise(() => undefined))
    late.abort(new Error('late'))
    await expect(asked).rejects.toThrow('late')
    vi.restoreAllMocks()
  })

  it('says so when there is no tile anywhere', async () => {
    const health = new Health()
    for (let i = 0; i < 8; i += 1) expect(await health.ask(() => Promise.resolve(null))).toBeNull()
    expect(health.absent).toBe(true)
    await health.ask(picture)
    expect(health.absent).toBe(false)
  })
})

const tiles = { kind: 'tiles', layers: ['https://a.example/img/{z}/{x}/{y}', 'https://a.example/cia/{z}/{x}/{y}'], subdomains: [], max_zoom: 18, datum: 'wgs84', attribution: 'GS(2025)1' } as const
const idsOf = (style: { layers: readonly { id: string }[] }) => style.layers.map(({ id }) => id)

describe('style with a base map', () => {
  it('is the packaged one without', () => {
    expect(validateStyleMin(baseStyle(light, null))).toEqual([])
    expect(idsOf(baseStyle(light, null)).some((id) => id.startsWith('base'))).toBe(false)
  })

  it('lies between the packaged ground and the packaged boundaries and names', () => {
    const ids = idsOf(baseStyle(light, null, null, 1, ofTiles({ ...tiles, layers: [...tiles.layers], subdomains: [] })))
    const order = ['land', 'pilot', 'base-0', 'base-1', 'county', 'country', 'dashline', 'label-county', 'label-province']
    expect(ids.filter((id) => order.includes(id))).toEqual(order)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is darkened by night and not by day, on whichever map it is drawn first', () => {
    const base = ofTiles({ ...tiles, layers: [...tiles.layers], subdomains: [] })
    const brightest = (p: typeof dark) => {
      const layer = baseStyle(p, null, null, 1, base).layers.find(({ id }) => id === 'base-0')
      return (layer?.paint as Record<string, number>)['raster-brightness-max']
    }
    expect([brightest(light), brightest(dark), brightest(wall)]).toEqual([1, 0.3, 0.3])
    const keys = (p: typeof dark) => base.drawn.ground(p).map(({ paint }) => Object.keys(paint ?? {}))
    expect(keys(light)).toEqual(keys(dark))
  })

  it('answers requests of its own scheme; what is not there is a 404', async () => {
    const given = new ArrayBuffer(4)
    const asked: string[] = []
    const tile = (has: boolean) => async ({ z, x, y }: { z: number; x: number; y: number }) => {
      asked.push(`${z}/${x}/${y}`)
      return has ? given : null
    }
    const base = new Base(null, new Health(), {
      good: { spec: { type: 'raster', tiles: [] }, tile: tile(true) },
      none: { spec: { type: 'raster', tiles: [] }, tile: tile(false) },
      vector: { spec: { type: 'vector', tiles: [] }, tile: tile(false) },
    }, { ground: () => [], names: () => [] })
    const { signal } = new AbortController()
    expect((await base.answer('chiyuan://good/12/3341/1588', signal)).data).toBe(given)
    await expect(base.answer('chiyuan://none/1/0/0', signal)).rejects.toMatchObject({ status: 404 })
    await expect(base.answer('chiyuan://else/1/0/0', signal)).rejects.toMatchObject({ status: 404 })
    expect((await base.answer('chiyuan://vector/1/0/0', signal)).data).toHaveProperty('byteLength', 0)
    await expect(base.answer('chiyuan://good/1/0/0', AbortSignal.abort())).rejects.toThrow()
    expect(asked).toEqual(['12/3341/1588', '1/0/0', '1/0/0'])
  })
})

describe('vector tiles', () => {
  const openMapTiles = ['water', 'waterway', 'landcover', 'park', 'boundary', 'transportation', 'transportation_name', 'building', 'place']
  const protomaps = ['earth', 'water', 'landcover', 'landuse', 'boundaries', 'roads', 'buildings', 'places', 'pois']

  it('are known by their layers', () => {
    expect(layersIn({ vector_layers: [{ id: 'water' }, { id: 7 }, null] })).toEqual(['water'])
    expect(layersIn('rubbish')).toEqual([])
    expect(schemaOf(openMapTiles)?.roadNames.layer).toBe('transportation_name')
    expect(schemaOf(protomaps)?.roadNames.layer).toBe('roads')
    expect(schemaOf(['county'])).toBeNull()
  })

  it.each([openMapTiles, protomaps])('never draw boundaries or names of counties and above', (...layers) => {
    const schema = schemaOf(layers)!
    for (const p of [light, dark])
      for (const english of [false, true]) {
        const all = [...vectorGround(p, 'base', schema), ...vectorNames(p, 'base', schema, english)]
        const ids = all.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const layer of all) expect(layers).toContain((layer as { 'source-layer': string })['source-layer'])
        const text = JSON.stringify(all)
        expect(text).not.toMatch(/"boundar|"country"|"state"|"city"|"region"|"province"/)
      }
  })

  it.each([openMapTiles, protomaps, ['county']])('make a style that MapLibre takes', (...layers) => {
    const schema = schemaOf(layers)
    const base = new Base(null, new Health(), { base: { spec: { type: 'vector', tiles: ['chiyuan://base/{z}/{x}/{y}'] }, tile: async () => null } }, {
      ground: (p) => (schema ? vectorGround(p, 'base', schema) : vectorOutline(p, 'base', layers)),
      names: (p, english) => (schema ? vectorNames(p, 'base', schema, english) : []),
    })
    for (const names of [null, { '140300': 'Yangquan' }]) expect(validateStyleMin(baseStyle(dark, '140300', names, 1, base))).toEqual([])
  })

  it('of another kind are outlines', () => {
    expect(vectorOutline(dark, 'base', ['county', 'river']).map((layer) => (layer as { 'source-layer': string })['source-layer'])).toEqual(['county', 'river'])
  })
})
