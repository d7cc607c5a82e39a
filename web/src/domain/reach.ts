/** What lies within some radii of one or many centres, counted over the picture; a thing inside two circles counts once. */
import type { BedPool, Entity, Jurisdiction, Placed, Station, Stockpile, Summary, Unit } from '../api/types'
import type { Picture } from '../feed/picture'
import { distanceM } from './geodesy'
import { freeBeds, onHand, type BedProperty } from './places'
import { isNegative, isUnit, roughDistance, UNIT_KINDS } from './units'

export interface LonLat {
  lon: number
  lat: number
}

interface FinerCounts {
  ambulances: number
  negative: number
  stations: number
  negativeBeds: number
  icuBeds: number
}

export interface Reach extends FinerCounts {
  /** Metres. */
  radius: number
  summary: Summary
  /** People round the stations inside, by their share of the county; null where nothing is known of it. */
  people: number | null
  /** Those of them without an available ambulance within this radius of their station. */
  uncovered: number | null
}

/** The quick measure errs by less than this part. */
const ROUGH = 0.01

function nearest(centres: readonly LonLat[], at: LonLat): number {
  let best = Number.POSITIVE_INFINITY
  for (const centre of centres) {
    if (roughDistance(centre.lon, centre.lat, at.lon, at.lat) * (1 - ROUGH) > best) continue
    best = Math.min(best, distanceM([centre.lon, centre.lat], [at.lon, at.lat]))
  }
  return best
}

export function reachOf(picture: Picture, centres: readonly LonLat[], radii: readonly number[], now: number): Reach[] {
  const far = (entity: Placed) => nearest(centres, picture.fixes.get(entity.id) ?? entity)
  const all = <E extends Placed & Entity>(kind: E['kind']) =>
    [...picture.all<E>(kind)].filter((entity) => !entity.retired).map((entity) => ({ entity, far: far(entity) }))
  const units = UNIT_KINDS.flatMap((kind) => all<Unit>(kind))
  const beds = all<BedPool>('bed_pool')
  const stock = all<Stockpile>('stockpile')
  const stations = all<Station>('station')
  const people = peopleOf(picture)
  return radii.map((radius) => {
    const inside = <T extends { far: number }>(list: readonly T[]) => list.filter((one) => one.far <= radius)
    const available = inside(units).filter(({ entity }) => entity.status === 'available')
    const pools = inside(beds).map(({ entity }) => entity)
    const sites = inside(stock).map(({ entity }) => entity)
    const near = inside(stations).map(({ entity }) => entity)
    return {
      radius,
      summary: {
        units: { total: inside(units).length, available: available.length },
        beds: { pools: pools.length, staffed: pools.reduce((sum, pool) => sum + pool.staffed, 0), free: free(pools) },
        stock: { sites: sites.length, items: itemsOf(sites, now) },
      },
      ...finerCounts([...available.map(({ entity }) => entity), ...pools, ...near]),
      people: sum(near.map((station) => people.get(station.id) ?? null)),
      uncovered: sum(near.filter((station) => !covered(picture, station, radius)).map((station) => people.get(station.id) ?? null), near.length > 0),
    }
  })
}

/** What a summary does not tell, of the things inside: available ambulances, stations, free beds of a kind. */
export function finerCounts(inside: readonly Entity[]): FinerCounts {
  const ambulances = inside.filter(isUnit).filter((unit) => unit.kind === 'ambulance' && unit.status === 'available')
  const pools = inside.filter((entity): entity is BedPool => entity.kind === 'bed_pool')
  const freeOf = (property: BedProperty) => free(pools.filter((pool) => pool.properties?.includes(property)))
  return {
    ambulances: ambulances.length,
    negative: ambulances.filter(isNegative).length,
    stations: inside.filter((entity) => entity.kind === 'station').length,
    negativeBeds: freeOf('negative_pressure'),
    icuBeds: freeOf('icu'),
  }
}

function free(pools: readonly BedPool[]): number {
  return pools.reduce((sum, pool) => sum + freeBeds(pool), 0)
}

function itemsOf(sites: readonly Stockpile[], now: number): Record<string, number> {
  const items: Record<string, number> = {}
  for (const site of sites) for (const [item, quantity] of onHand(site, now)) items[item] = (items[item] ?? 0) + quantity
  return items
}

function sum(parts: readonly (number | null)[], zero = false): number | null {
  const known = parts.filter((part) => part !== null)
  return known.length > 0 ? Math.round(known.reduce((a, b) => a + b, 0)) : zero ? 0 : null
}

/**
 * A county's people shared evenly among its stations, as the recommendation counts them. A city's people are those of
 * its counties: its own stations have no share, or everybody would count twice.
 */
export function peopleOf(picture: Picture): Map<string, number> {
  const places = [...picture.all<Jurisdiction>('jurisdiction')].filter((place) => !place.retired)
  const cities = new Set(places.map((place) => place.parent))
  const residents = new Map(places.filter((place) => !cities.has(place.code)).map((place) => [place.code, place.population ?? null]))
  const stations = [...picture.all<Station>('station')].filter((station) => !station.retired)
  const sharing = new Map<string, number>()
  for (const station of stations) sharing.set(station.jurisdiction, (sharing.get(station.jurisdiction) ?? 0) + 1)
  const people = new Map<string, number>()
  for (const station of stations) {
    const all = residents.get(station.jurisdiction)
    if (all) people.set(station.id, all / (sharing.get(station.jurisdiction) ?? 1))
  }
  return people
}

/** Whether an available, crewed ambulance stands within a radius of a station. */
function covered(picture: Picture, station: Station, radius: number): boolean {
  for (const unit of picture.all<Unit>('ambulance')) {
    if (unit.retired || unit.status !== 'available' || !unit.shift_id) continue
    const at = picture.fixes.get(unit.id) ?? unit
    if (roughDistance(station.lon, station.lat, at.lon, at.lat) * (1 - ROUGH) <= radius && distanceM([station.lon, station.lat], [at.lon, at.lat]) <= radius) return true
  }
  return false
}
