/** Things at one address stand side by side: groups places that would cover each other. */
import type { Station, Facility, BedPool, Stockpile } from '../../api/types'
import { roughDistance } from '../../domain/units'
import { mercatorX, mercatorY } from '../mercator'

export type Fixed = Station | Facility | BedPool | Stockpile

/** An address on the map; its row grows to the right, its units stand below. */
export interface Site {
  lon: number
  lat: number
  x: number
  y: number
  /** Right edge of the row so far, px from the anchor; null while empty. */
  right: number | null
  /** Units placed below so far. */
  units: number
}

/** Places nearer than this on the ground are one address... */
const GROUND_M = 150
/** ...if they would also cover each other on screen. */
const SCREEN_PX = 16
const CELL_DEG = 0.002

export class Sites {
  private readonly cells = new Map<string, Site[]>()
  private readonly byId = new Map<string, Site>()
  private readonly world: number

  constructor(zoom: number) {
    this.world = 512 * 2 ** zoom
  }

  /** The site of a place, found or founded. */
  of(entity: { id: string; lon: number; lat: number }): Site {
    const known = this.byId.get(entity.id)
    if (known) return known
    const site = this.near(entity.lon, entity.lat) ?? this.found(entity.lon, entity.lat)
    this.byId.set(entity.id, site)
    return site
  }

  private near(lon: number, lat: number): Site | undefined {
    const x = mercatorX(lon) * this.world
    const y = mercatorY(lat) * this.world
    for (const dx of [0, -CELL_DEG, CELL_DEG])
      for (const dy of [0, -CELL_DEG, CELL_DEG])
        for (const site of this.cells.get(key(lon + dx, lat + dy)) ?? []) {
          const covers = Math.hypot(site.x * this.world - x, site.y * this.world - y) < SCREEN_PX
          if (covers && roughDistance(lon, lat, site.lon, site.lat) < GROUND_M) return site
        }
    return undefined
  }

  private found(lon: number, lat: number): Site {
    const site: Site = { lon, lat, x: mercatorX(lon), y: mercatorY(lat), right: null, units: 0 }
    const cell = key(lon, lat)
    this.cells.set(cell, [...(this.cells.get(cell) ?? []), site])
    return site
  }
}

function key(lon: number, lat: number): string {
  return `${Math.floor(lon / CELL_DEG)}:${Math.floor(lat / CELL_DEG)}`
}
