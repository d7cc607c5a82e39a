/** Counts what lies within some radii of a point. */
import { getWithin } from '../api/client'
import type { Summary } from '../api/types'
import { finerCounts, type Reach } from '../domain/reach'
import type { Picture } from '../feed/picture'

const LIMIT = 1_000

export async function countWithin(world: string, picture: Picture, lon: number, lat: number, radii: readonly number[], signal?: AbortSignal): Promise<Omit<Reach, 'people' | 'uncovered'>[]> {
  const at = { lon: lon.toFixed(6), lat: lat.toFixed(6) }
  const widest = Math.max(...radii)
  // The summaries count by themselves; only the widest circle needs its list, for the finer rows.
  const answers = await Promise.all(radii.map((radius) => getWithin(world, { ...at, radius_m: radius, limit: radius === widest ? LIMIT : 1 }, signal)))
  const all = answers.at(-1)?.ranking ?? []
  return radii.map((radius, i) => {
    const inside = all.filter((one) => one.distance_m <= radius).map((one) => picture.get(one.id))
    return { radius, summary: answers[i]?.summary ?? EMPTY, ...finerCounts(inside.filter((entity) => entity !== undefined)) }
  })
}

const EMPTY: Summary = { units: { total: 0, available: 0 }, beds: { pools: 0, staffed: 0, free: 0 }, stock: { sites: 0, items: {} } }
