/** What the crew's screen reads: the shapes of the working contract, as far as they are used here. */
import type { Facility, Station, Unit } from '../api/types'

export const STAGES = [
  'assigned',
  'acknowledged',
  'departed',
  'arrived',
  'patient_aboard',
  'left_scene',
  'at_hospital',
  'handed_over',
  'closed',
  'cancelled',
  'diverted',
] as const
export type Stage = (typeof STAGES)[number]

export const END_RESULTS = ['empty_run', 'treated_on_scene', 'refused', 'died_on_scene', 'aborted'] as const
export type EndResult = (typeof END_RESULTS)[number]

export interface Stamp {
  stage: Stage
  /** RFC 3339: when it happened, when the centre learned of it. */
  at: string
  recorded_at: string
  undone?: unknown
}

/** What the geofence believes; a person confirms it. */
export interface Proposal {
  stage: Stage
  at: string
}

/** 派遣 */
export interface Assignment {
  id: string
  version: number
  incident_id: string
  unit_id: string
  status: Stage
  result?: string | null
  carries_patients: boolean
  infectious?: boolean
  destination_id?: string | null
  assigned_at: string
  acknowledged_at?: string | null
  departed_at?: string | null
  arrived_at?: string | null
  patient_aboard_at?: string | null
  left_scene_at?: string | null
  at_hospital_at?: string | null
  handed_over_at?: string | null
  ended_at?: string | null
  reason?: string | null
  care_record_id?: string | null
  proposal?: Proposal | null
  stamps?: Stamp[]
}

export interface Triage {
  red?: number
  yellow?: number
  green?: number
  black?: number
  untriaged?: number
}

/** 事件 */
export interface Incident {
  id: string
  version: number
  number: string
  lon: number
  lat: number
  incident_type: string
  service?: 'emergency' | 'non_emergency'
  priority: 'P1' | 'P2' | 'P3' | 'P4'
  infectious?: boolean
  patients?: Triage
  opened_at?: string
  /** Where the personal part lies. */
  private?: { id: string } | null
}

export interface CrewMember {
  role: string
  staff: string
}

/** 班次 */
export interface Shift {
  id: string
  version: number
  crew: CrewMember[]
  began_at: string
  ends_at?: string | null
  overtime?: boolean
}

export interface Hospital {
  id: string
  name: string
  distance_m?: number | null
  lon: number
  lat: number
  /** Free beds by the reports of its pools. */
  free_beds?: number
  /** Those of them with negative pressure or in isolation. */
  free_isolation_beds?: number
}

export type CrewUnit = Unit & { assignment_id?: string | null; shift_id?: string | null }

/** `GET /worlds/{w}/crew` */
export interface CrewView {
  unit: CrewUnit
  shift: Shift | null
  assignment: Assignment | null
  incident: Incident | null
  destination: Facility | Hospital | null
  station?: Station | null
  /** The personal part of the incident (description, address, contact_name, contact_phone); left out if `known` named it. */
  patient: { id?: string; content?: Record<string, string> | null } | null
  hospitals: Hospital[]
  /** The order that ended last, within the last day. */
  last_order?: { assignment: Assignment; number: string | null } | null
  /** World time at the moment of the answer. */
  server_time: string
}
