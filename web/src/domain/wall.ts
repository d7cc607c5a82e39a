/** What the wall shows, as rows; pure over the picture, without a name of any person. */
import type { Incident } from '../api/cases'
import type { Ambulance, BedPool, Facility, Jurisdiction, Stockpile, Team, UnitStatus } from '../api/types'
import type { Picture } from '../feed/picture'
import { linesOf, earlier, type EventLine } from './events'
import type { FeedEvent } from '../feed/store'
import { bedsStale, bedState, freeBeds, isExpired, type PlaceState } from './places'
import { queueOf, type IncidentRow } from './queue'
import { groupOf, type Group } from './units'

export interface AreaFleet {
  code: string
  jurisdiction: Jurisdiction | undefined
  groups: Record<Group, number>
  total: number
}

export interface Fleet {
  byStatus: Map<UnitStatus, number>
  groups: Record<Group, number>
  total: number
  /** By centre; inside of one centre by county. */
  areas: AreaFleet[]
}

/** Ambulances by status, and by area. */
export function fleetOf(picture: Picture): Fleet {
  const places = new Map([...picture.all<Jurisdiction>('jurisdiction')].map((j) => [j.code, j]))
  const units = [...picture.all<Ambulance>('ambulance')].filter((unit) => !unit.retired)
  const single = new Set(units.map((unit) => unit.centre)).size === 1
  const fleet: Fleet = { byStatus: new Map(), groups: { available: 0, busy: 0, off: 0 }, total: units.length, areas: [] }
  const areas = new Map<string, AreaFleet>()
  for (const unit of units) {
    const group = groupOf(unit.status)
    const code = single ? unit.jurisdiction : unit.centre
    const area = areas.get(code) ?? { code, jurisdiction: places.get(code), groups: { available: 0, busy: 0, off: 0 }, total: 0 }
    areas.set(code, area)
    for (const row of [fleet, area]) row.groups[group] += 1
    area.total += 1
    fleet.byStatus.set(unit.status, (fleet.byStatus.get(unit.status) ?? 0) + 1)
  }
  fleet.areas = [...areas.values()].sort((a, b) => a.code.localeCompare(b.code))
  return fleet
}

export interface TeamCounts {
  groups: Record<Group, number>
  /** Teams with fewer people than they must have. */
  short: number
}

export function teamsOf(picture: Picture): TeamCounts {
  const counts: TeamCounts = { groups: { available: 0, busy: 0, off: 0 }, short: 0 }
  for (const team of picture.all<Team>('team')) {
    if (team.retired) continue
    counts.groups[groupOf(team.status)] += 1
    if ((team.members ?? 0) < (team.required_members ?? 0)) counts.short += 1
  }
  return counts
}

export interface BedCell {
  free: number
  staffed: number
  state: PlaceState
}

export interface HospitalBeds {
  id: string
  name: string
  centre: string
  negative: BedCell | null
  icu: BedCell | null
  /** The oldest report of its pools, epoch ms; null when one has never reported. */
  reportedAt: number | null
  stale: boolean
}

/** Free negative-pressure and ICU beds by hospital, in the order of the register. */
export function hospitalBeds(picture: Picture, now: number): HospitalBeds[] {
  const pools = new Map<string, BedPool[]>()
  for (const pool of picture.all<BedPool>('bed_pool')) {
    if (pool.retired || !pool.properties?.some((property) => property === 'negative_pressure' || property === 'icu')) continue
    const id = pool.facility_id ?? pool.id
    pools.set(id, [...(pools.get(id) ?? []), pool])
  }
  const rows = [...pools].map(([id, own]): HospitalBeds => {
    const facility = picture.get(id) as Facility | undefined
    const reports = own.map((pool) => (pool.reported_at ? Date.parse(pool.reported_at) : null))
    return {
      id,
      name: facility?.name ?? own[0]?.name ?? id,
      centre: own[0]?.centre ?? '',
      negative: cellOf(own, 'negative_pressure', now),
      icu: cellOf(own, 'icu', now),
      reportedAt: reports.includes(null) ? null : Math.min(...(reports as number[])),
      stale: own.some((pool) => bedsStale(pool, now)),
    }
  })
  return rows.sort((a, b) => a.centre.localeCompare(b.centre) || a.id.localeCompare(b.id))
}

function cellOf(pools: readonly BedPool[], property: string, now: number): BedCell | null {
  const own = pools.filter((pool) => pool.properties?.includes(property))
  if (own.length === 0) return null
  const sum = (value: (pool: BedPool) => number) => own.reduce((total, pool) => total + value(pool), 0)
  // Age is said beside the row; the cell tells what the last report told.
  const free = sum(freeBeds)
  const state = bedState(own, Math.min(now, ...own.map((pool) => Date.parse(pool.reported_at ?? '') || now)))
  return { free, staffed: sum((pool) => pool.staffed), state: free === 0 ? 'none' : state }
}

/** How pressing a row is, for choosing which fit; the order of showing never changes. */
export function bedTrouble({ negative, icu, stale }: HospitalBeds): number {
  if (negative?.state === 'none' || icu?.state === 'none') return 0
  if (negative?.state === 'near' || icu?.state === 'near') return 1
  return negative ? 2 : stale ? 3 : 4
}

export interface Totals {
  negative: number
  icu: number
  /** Oldest report, epoch ms. */
  oldest: number | null
  /** Hospitals that have not reported at all. */
  unreported: number
}

export function bedTotals(rows: readonly HospitalBeds[]): Totals {
  const times = rows.flatMap((row) => (row.reportedAt === null ? [] : [row.reportedAt]))
  return {
    negative: rows.reduce((sum, row) => sum + (row.negative?.free ?? 0), 0),
    icu: rows.reduce((sum, row) => sum + (row.icu?.free ?? 0), 0),
    oldest: times.length > 0 ? Math.min(...times) : null,
    unreported: rows.filter((row) => row.reportedAt === null).length,
  }
}

/** A lot that ends within this many days is announced. */
export const EXPIRY_DAYS = 60
const DAY_MS = 86_400_000

export interface StockAlert {
  key: string
  itemId: string
  stockpile: Stockpile
  kind: 'out' | 'expiring'
  /** What may still be used. */
  quantity: number
  unit: string
  /** Days left of the lot that ends first, and how much it is. */
  days: number | null
  ending: number
}

/** Items of a store that are gone, then those of which a lot ends soon, the nearest end first. */
export function stockAlerts(picture: Picture, now: number): StockAlert[] {
  const alerts: StockAlert[] = []
  for (const stockpile of picture.all<Stockpile>('stockpile')) {
    if (stockpile.retired) continue
    for (const itemId of new Set(stockpile.lots?.map((lot) => lot.item_id))) {
      const lots = (stockpile.lots ?? []).filter((lot) => lot.item_id === itemId && !lot.per_day)
      if (lots.length === 0) continue
      const usable = lots.filter((lot) => lot.quantity > 0 && !isExpired(lot.expiry, now))
      const quantity = usable.reduce((sum, lot) => sum + lot.quantity, 0)
      const base = { key: `${stockpile.id}/${itemId}`, itemId, stockpile, quantity, unit: lots[0]?.unit ?? '' }
      if (quantity === 0) {
        alerts.push({ ...base, kind: 'out', days: null, ending: 0 })
        continue
      }
      const ends = usable.flatMap((lot) => (lot.expiry ? [{ days: daysLeft(lot.expiry, now), quantity: lot.quantity }] : []))
      const days = Math.min(...ends.map((end) => end.days))
      if (days <= EXPIRY_DAYS) alerts.push({ ...base, kind: 'expiring', days, ending: ends.filter((end) => end.days === days).reduce((sum, end) => sum + end.quantity, 0) })
    }
  }
  return alerts.sort((a, b) => (a.days ?? -1) - (b.days ?? -1) || a.key.localeCompare(b.key))
}

/** Whole days until the last day of use, today being 0. */
function daysLeft(expiry: string, now: number): number {
  return Math.floor((Date.parse(`${expiry}T23:59:59+08:00`) - now) / DAY_MS)
}

/** The oldest count, epoch ms. */
export function oldestCount(picture: Picture): number | null {
  let oldest: number | null = null
  for (const { counted_at: at, retired } of picture.all<Stockpile>('stockpile')) if (at && !retired) oldest = Math.min(oldest ?? Infinity, Date.parse(at))
  return oldest
}

export type CaseState = 'unreceived' | 'waiting' | 'held' | 'running' | 'done'

export interface OpenCase {
  row: IncidentRow
  state: CaseState
}

/** Open incidents by priority, then in the order they came. */
export function openCases(picture: Picture, now: number): { cases: OpenCase[]; ringing: number } {
  const queue = queueOf(picture, now)
  const groups: [CaseState, IncidentRow[]][] = [
    ['waiting', queue.waiting],
    ['held', queue.held],
    ['running', queue.running],
    ['done', queue.done],
  ]
  const cases = groups.flatMap(([state, rows]) => rows.map((row): OpenCase => ({ row, state: row.unreceived.length > 0 ? 'unreceived' : state })))
  const by = (incident: Incident) => `${incident.priority}/${incident.opened_at}/${incident.id}`
  cases.sort((a, b) => (by(a.row.incident) < by(b.row.incident) ? -1 : 1))
  return { cases, ringing: queue.ringing.length }
}

/** Last events; hand-overs between persons are no matter for a wall. */
export function wallLines(events: readonly FeedEvent[], picture: Picture, now: number, limit: number): EventLine[] {
  const named = (line: EventLine) => line.what.type === 'handover_offered' || line.what.type === 'handover_accepted'
  const fresh = linesOf(events.slice(0, limit * 8), limit * 4).filter((line) => !named(line))
  const seen = new Set(fresh.map((line) => line.id))
  const past = fresh.length < limit ? earlier(picture, fresh.at(-1)?.at ?? now, limit * 2).filter((line) => !seen.has(line.id)) : []
  return [...fresh, ...past].slice(0, limit)
}

/** The rows that fit: the most pressing ones, shown in their own order. */
export function cut<T>(rows: readonly T[], fit: number, trouble: (row: T) => number = () => 0): { shown: T[]; rest: number } {
  if (rows.length <= fit) return { shown: [...rows], rest: 0 }
  const room = Math.max(0, fit - 1)
  const kept = new Set(rows.map((row, i) => ({ row, i, rank: trouble(row) })).sort((a, b) => a.rank - b.rank || a.i - b.i).slice(0, room).map(({ i }) => i))
  return { shown: rows.filter((_, i) => kept.has(i)), rest: rows.length - room }
}
