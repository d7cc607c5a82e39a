/** Counts what lies within some radii of a point. */
import { getWithin } from '../api/client'
import type { ResourceFeature, Summary } from '../api/types'
import type { Reach } from '../domain/reach'

const LIMIT = 1_000

export async function countWithin(world: string, lon: number, lat: number, radii: readonly number[], signal?: AbortSignal): Promise<Omit<Reach, 'people' | 'uncovered'>[]> {
  const at = { lon: lon.toFixed(6), lat: lat.toFixed(6) }
  const widest = Math.max(...radii)
  // The summaries count by themselves; only the widest circle needs its list, for the finer rows.
  const answers = await Promise.all(radii.map((radius) => getWithin(world, { ...at, radius_m: radius, limit: radius === widest ? LIMIT : 1 }, signal)))
  const all = answers.at(-1)?.features ?? []
  return radii.map((radius, i) => {
    const inside = all.filter((feature) => (feature.properties.distance_m ?? Number.POSITIVE_INFINITY) <= radius)
    return reach(radius, answers[i]?.summary ?? EMPTY, inside)
  })
}

const EMPTY: Summary = { units: { total: 0, available: 0 }, beds: { pools: 0, staffed: 0, free: 0 }, stock: { sites: 0, items: {} } }

function reach(radius: number, summary: Summary, features: readonly ResourceFeature[]): Omit<Reach, 'people' | 'uncovered'> {
  const ambulances = features.filter((f) => f.properties.kind === 'ambulance' && f.properties.available)
  const free = (property: string) =>
    features
      .filter((f) => f.properties.kind === 'bed_pool' && f.properties.properties?.includes(property))
      .reduce((sum, f) => sum + (f.properties.free ?? 0), 0)
  return {
    radius,
    summary,
    ambulances: ambulances.length,
    negative: ambulances.filter((f) => f.properties.class === 'C').length,
    stations: features.filter((f) => f.properties.kind === 'station').length,
    negativeBeds: free('negative_pressure'),
    icuBeds: free('icu'),
  }
}
