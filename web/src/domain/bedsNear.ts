/** Where a patient can be taken: hospitals with free beds of the wanted kind, nearest first. Pure over the picture. */
import type { BedPool, Facility } from '../api/types'
import type { Picture } from '../feed/picture'
import { BED_PROPERTIES, bedsStale, freeBeds, type BedProperty } from './places'
import { roughDistance } from './units'

export interface Ward {
  pool: BedPool
  free: number
  stale: boolean
}

export interface BedRow {
  facility: Facility
  /** Metres, straight. */
  distance: number
  wards: Ward[]
  /** Of all wards shown; a bed with two properties counts once. */
  free: number
  /** The oldest report of the wards shown, epoch ms; null if one was never reported. */
  reportedAt: number | null
  stale: boolean
}

export type BedWish = BedProperty | 'any'

function fits(pool: BedPool, wish: BedWish): boolean {
  const has = pool.properties ?? []
  return wish === 'any' ? BED_PROPERTIES.some((property) => has.includes(property)) : has.includes(wish)
}

/** Hospitals of `kept` come first, in that order, also when their last bed is taken meanwhile: a list in use does not move. */
export function bedsNear(picture: Picture, at: { lon: number; lat: number }, wish: BedWish, now: number, kept: readonly string[] = []): BedRow[] {
  const wards = new Map<string, Ward[]>()
  for (const pool of picture.all<BedPool>('bed_pool')) {
    if (pool.retired || !pool.facility_id || !fits(pool, wish)) continue
    wards.set(pool.facility_id, [...(wards.get(pool.facility_id) ?? []), { pool, free: freeBeds(pool), stale: bedsStale(pool, now) }])
  }
  const rows: BedRow[] = []
  for (const [id, found] of wards) {
    const facility = picture.get(id)
    const free = found.reduce((sum, ward) => sum + ward.free, 0)
    if (facility?.kind !== 'facility' || facility.retired || (free === 0 && !kept.includes(id))) continue
    const reports = found.map(({ pool }) => (pool.reported_at ? Date.parse(pool.reported_at) : null))
    rows.push({
      facility,
      distance: roughDistance(at.lon, at.lat, facility.lon, facility.lat),
      wards: found.sort((a, b) => b.free - a.free || a.pool.id.localeCompare(b.pool.id)),
      free,
      reportedAt: reports.includes(null) ? null : Math.min(...reports.map(Number)),
      stale: found.some((ward) => ward.stale),
    })
  }
  const rank = ({ facility }: BedRow) => (kept.includes(facility.id) ? kept.indexOf(facility.id) : kept.length)
  return rows.sort((a, b) => rank(a) - rank(b) || a.distance - b.distance || a.facility.id.localeCompare(b.facility.id))
}
