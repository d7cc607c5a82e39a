/** Tiles as pictures, from tile servers or from a file. Null is a tile that the source does not have. */
import type { PMTiles } from 'pmtiles'
import type { TileId } from './shift'

export type Fetch<T> = (tile: TileId, signal: AbortSignal) => Promise<T | null>

/** Words of a server that has no such tile. */
const NO_TILE = new Set([204, 404, 410])

/** The address of one tile; neighbours go to different subdomains, the same tile always to the same. */
export function addressOf(template: string, { z, x, y }: TileId, subdomains: readonly string[]): string {
  const values: Record<string, string | undefined> = { z: String(z), x: String(x), y: String(y), s: subdomains[(x + y) % subdomains.length] }
  return template.replaceAll(/\{([zxys])\}/g, (all, name: string) => values[name] ?? all)
}

export function fromServer(template: string, subdomains: readonly string[]): Fetch<ImageBitmap> {
  return async (tile, signal) => {
    // Services that bind a key to a site want to know where the question comes from; the origin is told anyway.
    const response = await fetch(addressOf(template, tile, subdomains), { signal, mode: 'cors', credentials: 'omit', referrerPolicy: 'origin' })
    if (NO_TILE.has(response.status)) return null
    if (!response.ok) throw new Error(`a tile server answers ${response.status}`)
    return createImageBitmap(await response.blob())
  }
}

/** `open` is asked again after a fault, because an archive remembers an answer that failed. */
export function fromArchive(open: () => PMTiles): Fetch<ArrayBuffer> {
  let archive = open()
  return async ({ z, x, y }) => {
    try {
      const tile = await archive.getZxy(z, x, y)
      return tile?.data ?? null
    } catch (error) {
      archive = open()
      throw error
    }
  }
}

export function pictures(get: Fetch<ArrayBuffer>): Fetch<ImageBitmap> {
  return async (tile, signal) => {
    const data = await get(tile, signal)
    return data && createImageBitmap(new Blob([data]))
  }
}
