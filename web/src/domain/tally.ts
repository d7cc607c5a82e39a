/** Counts for the resource tree: units by jurisdiction, kind and group, beds by property, places by state. */
import type { BedPool, Jurisdiction, Stockpile, Unit, UnitKind } from '../api/types'
import type { Picture } from '../feed/picture'
import { BED_PROPERTIES, bedsStale, freeBeds, stockState, type BedProperty } from './places'
import { groupOf, isNegative, UNIT_KINDS, type Group } from './units'

export type GroupCounts = Record<Group, number>

export interface BedCounts {
  free: number
  occupied: number
  held: number
  /** Pools whose last report is too old. */
  stale: number
  /** Pools that nobody has reported yet. */
  unreported: number
}

export interface CentreTally {
  code: string
  jurisdiction: Jurisdiction | undefined
  units: GroupCounts
  byKind: Record<UnitKind, GroupCounts>
  negative: GroupCounts
  beds: Record<BedProperty, BedCounts>
  stock: { ok: number; old: number; out: number }
  stations: number
  facilities: number
  /** Units by county. */
  counties: { code: string; jurisdiction: Jurisdiction; units: GroupCounts }[]
}

export function tally(picture: Picture, now: number): CentreTally[] {
  const jurisdictions = new Map([...picture.all<Jurisdiction>('jurisdiction')].map((j) => [j.code, j]))
  const centres = new Map<string, CentreTally>()
  const centre = (code: string) => {
    const known = centres.get(code) ?? emptyTally(code, jurisdictions.get(code))
    centres.set(code, known)
    return known
  }
  const counties = new Map<string, GroupCounts>()
  for (const kind of UNIT_KINDS) {
    for (const unit of picture.all<Unit>(kind)) {
      if (unit.retired) continue
      const group = groupOf(unit.status)
      const row = centre(unit.centre)
      row.units[group] += 1
      row.byKind[kind][group] += 1
      if (isNegative(unit)) row.negative[group] += 1
      const county = counties.get(unit.jurisdiction) ?? zero()
      county[group] += 1
      counties.set(unit.jurisdiction, county)
    }
  }
  for (const pool of picture.all<BedPool>('bed_pool')) if (!pool.retired) countBeds(centre(pool.centre), pool, now)
  for (const stock of picture.all<Stockpile>('stockpile')) if (!stock.retired) countStock(centre(stock.centre), stock, now)
  for (const station of picture.all('station')) if (!station.retired) centre(station.centre).stations += 1
  for (const facility of picture.all('facility')) if (!facility.retired) centre(facility.centre).facilities += 1
  for (const [code, units] of counties) {
    const own = jurisdictions.get(code)
    if (own?.parent) centres.get(own.parent)?.counties.push({ code, jurisdiction: own, units })
  }
  for (const row of centres.values()) row.counties.sort((a, b) => a.code.localeCompare(b.code))
  return [...centres.values()].sort((a, b) => a.code.localeCompare(b.code))
}

function countBeds(row: CentreTally, pool: BedPool, now: number): void {
  for (const property of BED_PROPERTIES) {
    if (!pool.properties?.includes(property)) continue
    const beds = row.beds[property]
    beds.free += freeBeds(pool)
    beds.occupied += pool.occupied
    beds.held += pool.held
    if (!pool.reported_at) beds.unreported += 1
    else if (bedsStale(pool, now)) beds.stale += 1
  }
}

function countStock(row: CentreTally, stock: Stockpile, now: number): void {
  const state = stockState(stock, now)
  row.stock[state === 'none' ? 'out' : state === 'stale' ? 'old' : 'ok'] += 1
}

function zero(): GroupCounts {
  return { available: 0, busy: 0, off: 0 }
}

function emptyTally(code: string, jurisdiction: Jurisdiction | undefined): CentreTally {
  const beds = () => ({ free: 0, occupied: 0, held: 0, stale: 0, unreported: 0 })
  return {
    code,
    jurisdiction,
    units: zero(),
    byKind: { ambulance: zero(), team: zero(), special_vehicle: zero() },
    negative: zero(),
    beds: { negative_pressure: beds(), icu: beds(), isolation: beds() },
    stock: { ok: 0, old: 0, out: 0 },
    stations: 0,
    facilities: 0,
    counties: [],
  }
}
