/** Questions of the desk: recommendations, personal parts, key figures. */
import { request, search, type Query } from './client'
import type { AmbulanceClass, Need } from './cases'
import type { UnitKind, UnitStatus } from './types'

export interface Uncovered {
  population: number
  stations: { id: string; name: string; population: number }[]
}

export interface Candidate {
  rank: number
  unit_id: string
  kind: UnitKind
  name: string
  class: AmbulanceClass | null
  status: UnitStatus
  version: number
  distance_m: number
  eta_s: number | null
  eta_basis: string
  fix_at: string | null
  fix_age_s: number | null
  position_basis: string
  lon: number
  lat: number
  home_id: string | null
  home_name: string | null
  capabilities: string[]
  reasons: string[]
  /** People on duty. */
  crew: number | null
  uncovered: Uncovered | null
}

export interface LeftOut {
  unit_id: string
  name: string
  class: AmbulanceClass | null
  reason: string
  detail: string | null
  incident_number: string | null
  distance_m: number | null
  free_in_s: number | null
  fix_age_s: number | null
}

export interface Recommendations {
  incident_id: string
  incident_version: number
  need: Need | null
  /** World time. */
  at: string
  eta_basis: string
  candidates: Candidate[]
  left_out: LeftOut[]
  shortfall: { wanted: number; filled: number; available: number; missing: number } | null
}

export function getRecommendations(world: string, incident: string, query: { need?: string; limit: number }, signal?: AbortSignal): Promise<Recommendations> {
  return request('GET', `/worlds/${world}/incidents/${incident}/recommendations?${search(query)}`, undefined, { signal })
}

/** Each look is recorded with the name of who looked. */
export interface PrivateContent {
  id: string
  subject_id: string
  at: string
  actor: string
  erased: boolean
  content: Record<string, string>
}

export function getPrivate(world: string, id: string): Promise<PrivateContent> {
  return request('GET', `/worlds/${world}/private/${id}`)
}

export interface Period {
  /** Local dates, `to` not included. */
  from: string
  to: string
  jurisdiction?: string
}

export type KpiState = 'met' | 'near' | 'missed' | 'none'

export interface Kpi {
  key: string
  numerator: number | null
  denominator: number | null
  value: number | null
  unit: 'ratio' | 's' | 'count'
  definition: string
  norm: { operator: string; value: number; source: string } | null
  state: KpiState
}

export interface KpiReport {
  from: string
  to: string
  jurisdiction: string | null
  kpis: Kpi[]
}

export interface KpiCase {
  incident_id: string | null
  number: string | null
  call_id: string | null
  assignment_id: string | null
  unit_id: string | null
  at: string
  value: number | null
  counted: boolean
}

const queryOf = ({ from, to, jurisdiction }: Period): Query => ({ from, to, jurisdiction })

export function getKpis(world: string, period: Period, signal?: AbortSignal): Promise<KpiReport> {
  return request('GET', `/worlds/${world}/kpis?${search(queryOf(period))}`, undefined, { signal })
}

export function getKpiCases(world: string, key: string, period: Period, limit: number, signal?: AbortSignal): Promise<KpiCase[]> {
  return request('GET', `/worlds/${world}/kpis/${key}/cases?${search({ ...queryOf(period), limit })}`, undefined, { signal })
}

/** A link the browser downloads by itself; the cookie goes with it. */
export function kpiExportUrl(world: string, period: Period, format: 'csv' | 'xlsx'): string {
  return `/api/v1/worlds/${world}/kpis/export?${search({ format, ...queryOf(period) })}`
}
