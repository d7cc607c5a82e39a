/** Everything that stands within a box of the map, whether drawn on its own, in a pill or in a cluster. */
import type { Placed, PlacedKind } from '../api/types'
import type { Picture } from '../feed/picture'
import type { Box } from './bounds'
import { roughDistance } from './units'

export interface Seen {
  id: string
  /** Metres from the middle of the view. */
  far: number
}

const KINDS: readonly PlacedKind[] = ['ambulance', 'team', 'special_vehicle', 'station', 'facility', 'bed_pool', 'stockpile']

/** Nearest to the middle first. */
export function inView(picture: Picture, box: Box, middle: { lon: number; lat: number }, hidden: ReadonlySet<PlacedKind>): Seen[] {
  const [west, south, east, north] = box
  const seen: Seen[] = []
  for (const kind of KINDS) {
    if (hidden.has(kind)) continue
    for (const entity of picture.all(kind) as IterableIterator<Placed & { kind: typeof kind }>) {
      const { lon, lat } = picture.fixes.get(entity.id) ?? entity
      if (entity.retired || lon < west || lon > east || lat < south || lat > north) continue
      seen.push({ id: entity.id, far: roughDistance(middle.lon, middle.lat, lon, lat) })
    }
  }
  return seen.sort((a, b) => a.far - b.far)
}
