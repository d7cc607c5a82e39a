/** Counts what lies within some radii of a point. */
import { getWithin } from '../api/client'
import type { BedPool, Entity, Summary } from '../api/types'
import { freeBeds } from '../domain/places'
import type { Reach } from '../domain/reach'
import { isNegative, isUnit } from '../domain/units'
import type { Picture } from '../feed/picture'

const LIMIT = 1_000

type Counts = Omit<Reach, 'people' | 'uncovered'>

export async function countWithin(world: string, picture: Picture, lon: number, lat: number, radii: readonly number[], signal?: AbortSignal): Promise<Counts[]> {
  const at = { lon: lon.toFixed(6), lat: lat.toFixed(6) }
  const widest = Math.max(...radii)
  // The summaries count by themselves; only the widest circle needs its list, for the finer rows.
  const answers = await Promise.all(radii.map((radius) => getWithin(world, { ...at, radius_m: radius, limit: radius === widest ? LIMIT : 1 }, signal)))
  const all = answers.at(-1)?.ranking ?? []
  return radii.map((radius, i) => {
    const inside = all.filter((one) => one.distance_m <= radius).map((one) => picture.get(one.id))
    return countsOf(radius, answers[i]?.summary ?? EMPTY, inside.filter((entity) => entity !== undefined))
  })
}

const EMPTY: Summary = { units: { total: 0, available: 0 }, beds: { pools: 0, staffed: 0, free: 0 }, stock: { sites: 0, items: {} } }

function countsOf(radius: number, summary: Summary, inside: readonly Entity[]): Counts {
  const ambulances = inside.filter(isUnit).filter((unit) => unit.kind === 'ambulance' && unit.status === 'available')
  const pools = inside.filter((entity): entity is BedPool => entity.kind === 'bed_pool')
  const free = (property: string) => pools.filter((pool) => pool.properties?.includes(property)).reduce((sum, pool) => sum + freeBeds(pool), 0)
  return {
    radius,
    summary,
    ambulances: ambulances.length,
    negative: ambulances.filter(isNegative).length,
    stations: inside.filter((entity) => entity.kind === 'station').length,
    negativeBeds: free('negative_pressure'),
    icuBeds: free('icu'),
  }
}
