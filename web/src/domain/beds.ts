/** Bed pools by centre and hospital, what they sum to, and what a report may say. */
import type { BedPool, Facility } from '../api/types'
import type { Picture } from '../feed/picture'
import { bedsStale, freeBeds } from './places'

export const PROPERTIES = ['negative_pressure', 'icu', 'isolation', 'paediatric', 'convertible'] as const
export type Property = (typeof PROPERTIES)[number]

export interface BedFilter {
  property: Property | null
  /** Codes that count; null is all. */
  codes: ReadonlySet<string> | null
  onlyFree: boolean
  onlyStale: boolean
}

export interface Sum {
  pools: number
  free: number
  held: number
  staffed: number
  stale: number
}

export interface Hospital {
  id: string
  facility: Facility | undefined
  name: string
  pools: BedPool[]
  sum: Sum
}

export interface Centre {
  code: string
  hospitals: Hospital[]
  /** Of all pools that pass. */
  sum: Sum
  negative: Sum
  icu: Sum
}

export function sumOf(pools: readonly BedPool[], now: number): Sum {
  const sum = { pools: pools.length, free: 0, held: 0, staffed: 0, stale: 0 }
  for (const pool of pools) {
    sum.free += freeBeds(pool)
    sum.held += pool.held
    sum.staffed += pool.staffed
    if (bedsStale(pool, now)) sum.stale += 1
  }
  return sum
}

export function has(pool: BedPool, property: Property): boolean {
  return pool.properties?.includes(property) ?? false
}

/** Pools in use, inside the jurisdiction. */
export function poolsOf(picture: Picture, codes: ReadonlySet<string> | null): BedPool[] {
  return [...picture.all<BedPool>('bed_pool')].filter((pool) => !pool.retired && (!codes || codes.has(pool.jurisdiction)))
}

export function centresOf(picture: Picture, filter: BedFilter, now: number): Centre[] {
  const centres = new Map<string, Map<string, BedPool[]>>()
  for (const pool of poolsOf(picture, filter.codes)) {
    if (filter.property && !has(pool, filter.property)) continue
    if (filter.onlyFree && freeBeds(pool) === 0) continue
    if (filter.onlyStale && !bedsStale(pool, now)) continue
    const hospitals = centres.get(pool.centre) ?? new Map<string, BedPool[]>()
    const key = pool.facility_id ?? pool.id
    hospitals.set(key, [...(hospitals.get(key) ?? []), pool])
    centres.set(pool.centre, hospitals)
  }
  return [...centres].sort(([a], [b]) => a.localeCompare(b)).map(([code, hospitals]) => centreOf(picture, code, hospitals, now))
}

function centreOf(picture: Picture, code: string, hospitals: Map<string, BedPool[]>, now: number): Centre {
  const all = [...hospitals.values()].flat()
  const rows = [...hospitals].map(([id, pools]) => {
    const facility = picture.get(id) as Facility | undefined
    pools.sort((a, b) => a.id.localeCompare(b.id))
    return { id, facility, name: facility?.name ?? id, pools, sum: sumOf(pools, now) }
  })
  rows.sort((a, b) => a.id.localeCompare(b.id))
  return {
    code,
    hospitals: rows,
    sum: sumOf(all, now),
    negative: sumOf(all.filter((pool) => has(pool, 'negative_pressure')), now),
    icu: sumOf(all.filter((pool) => has(pool, 'icu')), now),
  }
}

export interface BedDraft {
  physical: string
  staffed: string
  occupied: string
}

export function bedDraft(pool: BedPool): BedDraft {
  return { physical: String(pool.physical), staffed: String(pool.staffed), occupied: String(pool.occupied) }
}

/** The report of a draft, or null if it cannot be true. */
export function reportOf(draft: BedDraft, held: number): { physical: number; staffed: number; occupied: number } | null {
  const [physical, staffed, occupied] = [draft.physical, draft.staffed, draft.occupied].map((text) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : NaN)) as [number, number, number]
  const fits = physical <= 10_000 && staffed <= physical && occupied + held <= staffed
  return fits ? { physical, staffed, occupied } : null
}
