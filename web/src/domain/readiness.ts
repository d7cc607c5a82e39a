/** 战备: what could be sent now against what the norms of each place ask for. Pure over the picture. */
import type { Ambulance, Jurisdiction, Norm, SpecialVehicle, Team } from '../api/types'
import type { Picture } from '../feed/picture'

export const READINESS_KEYS = ['negative', 'per_population', 'city_team', 'county_teams', 'special_vehicles'] as const
export type ReadinessKey = (typeof READINESS_KEYS)[number]

export interface Readiness {
  key: ReadinessKey
  /** Fit and free to go now. */
  ready: number
  /** Registered, whatever it does. */
  registered: number
  /** What the norms ask for, summed over the places that have one. */
  wanted: number
  /** met: ready reaches it; near: only what is registered does; missed: not even that. */
  state: 'met' | 'near' | 'missed'
  /** Rows of the source documents. */
  sources: string[]
}

interface Measure {
  ready: number
  registered: number
  wanted: number
}

/** Rows for which some visible place has a norm, in a fixed order. */
export function readinessOf(picture: Picture, today: string): Readiness[] {
  const norms = [...picture.all<Norm>('norm')].filter((norm) => !norm.retired && inForce(norm, today))
  return READINESS_KEYS.flatMap((key) => {
    const own = norms.filter((norm) => keyOf(norm) === key)
    // Two readings of one norm at one place: the stricter one counts.
    const byPlace = new Map<string, Measure>()
    for (const norm of own) {
      const measure = MEASURES[key](picture, norm)
      const slot = key === 'special_vehicles' ? `${norm.place}/${norm.key}` : norm.place
      const known = byPlace.get(slot)
      if (measure && (!known || measure.wanted > known.wanted)) byPlace.set(slot, measure)
    }
    if (byPlace.size === 0) return []
    const places = [...byPlace.values()]
    const sum = (field: keyof Measure) => places.reduce((total, place) => total + place[field], 0)
    const short = (field: 'ready' | 'registered') => places.some((place) => place[field] < place.wanted)
    const state = short('registered') ? 'missed' : short('ready') ? 'near' : 'met'
    return [{ key, ready: sum('ready'), registered: sum('registered'), wanted: sum('wanted'), state, sources: [...new Set(own.map((norm) => norm.source_row))] }]
  })
}

function inForce({ valid_from: from, valid_to: to }: Norm, today: string): boolean {
  return (!from || from <= today) && (!to || to >= today)
}

function keyOf(norm: Norm): ReadinessKey | null {
  switch (norm.key) {
    case 'ambulance.negative_ratio':
      return 'negative'
    case 'ambulance.per_population':
      return 'per_population'
    case 'team.city_infectious.min_members':
      return 'city_team'
    case 'team.county_infectious.coverage':
      return 'county_teams'
    default:
      return norm.key.startsWith('vehicle.') && norm.base === 'existence' ? 'special_vehicles' : null
  }
}

const MEASURES: Record<ReadinessKey, (picture: Picture, norm: Norm) => Measure | null> = {
  negative(picture, { place, value }) {
    const all = within(picture.all<Ambulance>('ambulance'), place)
    return { ...countOf(all.filter((unit) => unit.class === 'C')), wanted: Math.ceil((all.length * value) / 100) }
  },
  per_population(picture, { place, value, base }) {
    const per = Number(/^per_(\d+)_residents$/.exec(base)?.[1])
    const people = [...picture.all<Jurisdiction>('jurisdiction')].find((j) => j.code === place)?.population
    if (!per || !people) return null
    return { ...countOf(within(picture.all<Ambulance>('ambulance'), place)), wanted: Math.ceil((people / per) * value) }
  },
  city_team(picture, { place, value }) {
    const teams = within(picture.all<Team>('team'), place).filter((team) => team.tier === 'city' && team.category === 'infectious_disease')
    const people = (rows: readonly Team[]) => rows.reduce((most, team) => Math.max(most, team.members ?? 0), 0)
    return { ready: people(teams.filter(isFree)), registered: people(teams), wanted: value }
  },
  county_teams(picture, { place, value }) {
    const counties = [...picture.all<Jurisdiction>('jurisdiction')].filter((j) => j.parent === place && !j.retired)
    const teams = within(picture.all<Team>('team'), place).filter((team) => team.tier === 'county' && ANTI_EPIDEMIC.has(team.category ?? ''))
    const having = (rows: readonly Team[]) => counties.filter((county) => rows.some((team) => team.jurisdiction === county.code)).length
    return { ready: having(teams.filter(isFree)), registered: having(teams), wanted: Math.ceil((counties.length * value) / 100) }
  },
  special_vehicles(picture, { place, value, key }) {
    const type = key.replace(/^vehicle\./, '')
    const rows = within(picture.all<SpecialVehicle>('special_vehicle'), place).filter((vehicle) => vehicle.vehicle_type === type)
    const { ready, registered } = countOf(rows)
    return { ready: Math.min(ready, value), registered: Math.min(registered, value), wanted: value }
  },
}

/** 疾控 teams of the counties are their teams against infectious disease. */
const ANTI_EPIDEMIC = new Set(['infectious_disease', 'cdc'])

function within<E extends { centre: string; jurisdiction: string; retired?: boolean }>(rows: Iterable<E>, place: string): E[] {
  return [...rows].filter((row) => !row.retired && (row.centre === place || row.jurisdiction === place))
}

function isFree(unit: { status: string }): boolean {
  return unit.status === 'available'
}

function countOf(rows: readonly { status: string }[]): { ready: number; registered: number } {
  return { ready: rows.filter(isFree).length, registered: rows.length }
}
