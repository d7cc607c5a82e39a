/** Questions of the desk: recommendations, personal parts, key figures. */
import { request, search, type Query } from './client'
import type { Need } from './cases'
import type { components } from './schema'
import type { UnitKind, UnitStatus } from './types'

type Schemas = components['schemas']
type Whole<T> = { [Field in keyof T]-?: Exclude<T[Field], undefined> }

export type Candidate = Omit<Whole<Schemas['Candidate']>, 'kind' | 'status'> & { kind: UnitKind; status: UnitStatus }
export type LeftOut = Whole<Schemas['LeftOut']>

export type Recommendations = Omit<Whole<Schemas['Recommendation']>, 'candidates' | 'left_out' | 'need'> & {
  candidates: Candidate[]
  left_out: LeftOut[]
  need: Need | null
}

export function getRecommendations(world: string, incident: string, query: { need?: string; limit: number }, signal?: AbortSignal): Promise<Recommendations> {
  return request('GET', `/worlds/${world}/incidents/${incident}/recommendations?${search(query)}`, undefined, { signal })
}

/** Each look is recorded with the name of who looked. */
export type PrivateContent = Whole<Schemas['PrivateView']>

export function getPrivate(world: string, id: string): Promise<PrivateContent> {
  return request('GET', `/worlds/${world}/private/${id}`)
}

/** What lists show of it; nobody is told who looked. */
export function getMasked(world: string, id: string): Promise<{ id: string; caller_number: string | null }> {
  return request('GET', `/worlds/${world}/private/${id}/masked`)
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
  name: string
  name_en: string
  numerator: number | null
  denominator: number | null
  value: number | null
  unit: 'ratio' | 's' | 'count'
  definition: string
  definition_en: string
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
