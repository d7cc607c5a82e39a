/** Asks which resources lie nearest to a point. */
import { getNearest } from '../api/client'
import type { PlacedKind, Ranked } from '../api/types'

export interface NearestQuestion {
  lon: number
  lat: number
  kinds: readonly PlacedKind[]
  capabilities: readonly string[]
  available: boolean
  limit: number
}

export async function findNearest(world: string, question: NearestQuestion, signal?: AbortSignal): Promise<Ranked[]> {
  const { lon, lat, kinds, capabilities, available, limit } = question
  const answer = await getNearest(
    world,
    {
      lon: lon.toFixed(6),
      lat: lat.toFixed(6),
      kind: kinds.join(','),
      capability: capabilities.length > 0 ? capabilities.join(',') : undefined,
      available: available ? true : undefined,
      by: 'time',
      limit,
    },
    signal,
  )
  return answer.ranking
}
