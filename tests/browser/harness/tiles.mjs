// Tiles made here: four colours round a place, as PNG or as vector tiles, from a tile server or in a PMTiles file.
import { createServer } from 'node:http'
import { crc32, deflateSync } from 'node:zlib'

export const SIDE = 256
const EXTENT = 4_096

/** Web mercator in pixels of a level. */
export function pixelOf({ lon, lat }, z) {
  const s = Math.sin((lat * Math.PI) / 180)
  return { x: (lon / 360 + 0.5) * SIDE * 2 ** z, y: (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)) * SIDE * 2 ** z }
}

/** Red, green, blue, yellow: upper left, upper right, lower left, lower right of the place. */
const QUARTERS = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [220, 220, 30]]

/** The tile of a pyramid in which `mark` has the coordinates that are given. */
export function pngTile(mark, z, x, y) {
  const at = pixelOf(mark, z)
  const rows = Buffer.alloc(SIDE * (1 + SIDE * 3))
  for (let row = 0, i = 0; row < SIDE; row += 1) {
    i += 1
    for (let column = 0; column < SIDE; column += 1) {
      const quarter = (y * SIDE + row < at.y ? 0 : 2) + (x * SIDE + column < at.x ? 0 : 1)
      for (const value of QUARTERS[quarter]) rows[i++] = value
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(SIDE, 0)
  head.writeUInt32BE(SIDE, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A vector tile: water left of the mark, one street along its latitude. Layers have the names of Protomaps. */
export function vectorTile(mark, z, x, y) {
  const at = pixelOf(mark, z)
  const inTile = (pixel, tile) => Math.round(((pixel - tile * SIDE) / SIDE) * EXTENT)
  const [left, top] = [Math.min(Math.max(inTile(at.x, x), -64), EXTENT + 64), inTile(at.y, y)]
  const layers = []
  if (left > -64) layers.push(layer('water', 3, [[-64, -64], [left, -64], [left, EXTENT + 64], [-64, EXTENT + 64]], 'lake'))
  if (top > -64 && top < EXTENT + 64) layers.push(layer('roads', 2, [[-64, top], [EXTENT + 64, top]], 'major_road'))
  return Buffer.concat(layers.map((bytes) => field(3, bytes)))
}

function layer(name, type, points, kind) {
  const zigzag = (n) => (n << 1) ^ (n >> 31)
  const numbers = [9, ...points[0].map(zigzag), ((points.length - 1) << 3) | 2]
  for (let i = 1; i < points.length; i += 1) numbers.push(...points[i].map((value, axis) => zigzag(value - points[i - 1][axis])))
  if (type === 3) numbers.push(15)
  const feature = Buffer.concat([field(2, packed([0, 0])), number(3, type), field(4, packed(numbers))])
  return Buffer.concat([number(15, 2), field(1, Buffer.from(name)), field(2, feature), field(3, Buffer.from('kind')), field(4, field(1, Buffer.from(kind))), number(5, EXTENT)])
}

function varint(value) {
  const bytes = []
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest & 127) | 128)
  }
}

const packed = (numbers) => Buffer.concat(numbers.map(varint))
const field = (id, bytes) => Buffer.concat([varint((id << 3) | 2), varint(bytes.length), bytes])
const number = (id, value) => Buffer.concat([varint(id << 3), varint(value)])

/** A tile server that can be ended and started again on its port. */
export class TileServer {
  static async start(test, mark) {
    const server = new TileServer(mark)
    await server.listen(0)
    test.after(() => server.end())
    return server
  }

  constructor(mark) {
    this.mark = mark
    this.asked = []
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`
  }

  async listen(port = this.port) {
    this.server = createServer((request, response) => {
      const [z, x, y] = (request.url.match(/^\/(\d+)\/(\d+)\/(\d+)\.png$/) ?? []).slice(1).map(Number)
      this.asked.push({ z, x, y, cookie: request.headers.cookie })
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('content-type', 'image/png')
      response.end(pngTile(this.mark, z, x, y))
    })
    await new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve))
    this.port = this.server.address().port
  }

  end() {
    this.server.closeAllConnections()
    return new Promise((resolve) => this.server.close(resolve))
  }
}

/** A PMTiles file, version 3, of one level round the mark: no leaves, nothing compressed. */
export function pmtiles(mark, z, { vector = false, reach = 8 } = {}) {
  const { x, y } = pixelOf(mark, z)
  const middle = [Math.floor(x / SIDE), Math.floor(y / SIDE)]
  const tiles = []
  for (let dx = -reach; dx <= reach; dx += 1)
    for (let dy = -reach; dy <= reach; dy += 1) {
      const [column, row] = [middle[0] + dx, middle[1] + dy]
      tiles.push({ id: hilbert(z, column, row), bytes: (vector ? vectorTile : pngTile)(mark, z, column, row) })
    }
  tiles.sort((a, b) => a.id - b.id)
  const directory = packed([tiles.length, ...tiles.map(({ id }, i) => id - (i ? tiles[i - 1].id : 0)), ...tiles.map(() => 1), ...tiles.map(({ bytes }) => bytes.length), 1, ...tiles.slice(1).map(() => 0)])
  const about = Buffer.from(JSON.stringify(vector ? { vector_layers: [{ id: 'water' }, { id: 'roads' }] } : {}))
  const data = Buffer.concat(tiles.map(({ bytes }) => bytes))
  const head = Buffer.alloc(127)
  head.write('PMTiles')
  head[7] = 3
  const parts = [directory, about, Buffer.alloc(0), data]
  for (let i = 0, offset = 127; i < parts.length; offset += parts[i].length, i += 1) {
    head.writeBigUInt64LE(BigInt(offset), 8 + i * 16)
    head.writeBigUInt64LE(BigInt(parts[i].length), 16 + i * 16)
  }
  for (let i = 0; i < 3; i += 1) head.writeBigUInt64LE(BigInt(tiles.length), 72 + i * 8)
  head.set([1, 1, 1, vector ? 1 : 2, z, z], 96)
  const degrees = (tile) => (tile / 2 ** z - 0.5) * 360
  const bounds = [degrees(middle[0] - reach), mark.lat - 3, degrees(middle[0] + reach + 1), mark.lat + 3]
  bounds.forEach((value, i) => head.writeInt32LE(Math.round(value * 1e7), 102 + i * 4))
  return Buffer.concat([head, ...parts])
}

/** Number of a tile along the curve, after all levels above. */
function hilbert(z, x, y) {
  let id = (4 ** z - 1) / 3
  let [tx, ty] = [x, y]
  for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
    const [rx, ry] = [tx & s ? 1 : 0, ty & s ? 1 : 0]
    id += s * s * ((3 * rx) ^ ry)
    if (ry === 0) {
      if (rx === 1) [tx, ty] = [s - 1 - (tx & (s - 1)), s - 1 - (ty & (s - 1))]
      ;[tx, ty] = [ty, tx]
    }
  }
  return id
}
