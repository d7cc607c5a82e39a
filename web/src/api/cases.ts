/** Calls, incidents and what follows from them, as the feed carries them. */
import type { EntityBase } from './types'

export type CallStatus = 'ringing' | 'answered' | 'call_taking' | 'ended' | 'abandoned'

/** 受理类型 */
export const ACCEPTANCES = ['normal', 'held', 'reinforcement', 'no_vehicle', 'refused', 'transferred'] as const
export type Acceptance = (typeof ACCEPTANCES)[number]

/** Where the personal part lies; its text is fetched on demand only. */
export interface PrivateRef {
  id: string
  commitment: string
}

/** 呼叫 */
export interface Call extends EntityBase {
  kind: 'call'
  jurisdiction: string | null
  /** `120 110 119 122 manual`... */
  line: string
  reference: string | null
  status: CallStatus
  lon: number | null
  lat: number | null
  /** T0, T1, T2, T3; RFC 3339. */
  received_at: string
  answered_at: string | null
  answered_by: string | null
  call_taking_began_at: string | null
  call_taking_ended_at: string | null
  abandoned_at: string | null
  acceptance: Acceptance | null
  incident_id: string | null
  private: PrivateRef | null
}

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const
export type Priority = (typeof PRIORITIES)[number]

export const GRADES = ['I', 'II', 'III', 'IV'] as const
export type Grade = (typeof GRADES)[number]

export const COLOURS = ['red', 'yellow', 'green', 'black'] as const
export type Colour = (typeof COLOURS)[number]
export type Triage = Record<Colour | 'untriaged', number>

export type NeedKind = 'ambulance' | 'team' | 'special_vehicle'
export type AmbulanceClass = 'A' | 'B' | 'C' | 'D'

/** What is asked for: so many units of a kind, class or capability. */
export interface Wanted {
  kind: NeedKind
  class: AmbulanceClass | null
  capability: string | null
  count: number
}

/** 需求 */
export interface Need extends Wanted {
  id: string
}

/** 事件 */
export interface Incident extends EntityBase {
  kind: 'incident'
  lon: number
  lat: number
  /** Spoken on the radio: `1122-0149`. */
  number: string
  jurisdiction: string
  incident_type: string
  service: 'emergency' | 'non_emergency'
  priority: Priority
  grade: Grade | null
  infectious: boolean
  status: 'open' | 'held' | 'closed'
  acceptance: Acceptance | null
  patients: Triage
  needs: Need[]
  call_ids: string[]
  assignment_ids: string[]
  attended_by: string | null
  opened_at: string
  opened_by: string
  held_at: string | null
  held_until: string | null
  held_reason: string | null
  closed_at: string | null
  closed_by: string | null
  outcome: string | null
  merged_into: string | null
  notes: { at: string; by: string; private: PrivateRef | null }[]
  private: PrivateRef | null
}

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
] as const
/** A stage on the way; `cancelled` and `diverted` end it elsewhere. */
export type Step = (typeof STAGES)[number]
export type Stage = Step | 'cancelled' | 'diverted'

export const RESULTS = ['completed', 'empty_run', 'treated_on_scene', 'died_on_scene', 'refused', 'aborted'] as const
export type AssignmentResult = (typeof RESULTS)[number]

export interface Stamp {
  stage: Stage
  at: string
  recorded_at: string
  source: 'manual' | 'automatic'
  by: string
  undone: { at: string; by: string; reason: string } | null
}

export interface Proposal {
  stage: Stage
  at: string
  lon: number
  lat: number
}

/** What was recommended when the choice was made. */
export interface Choice {
  at: string
  eta_basis: string
  shown: { unit_id: string; distance_m: number; eta_s: number | null; fix_age_s: number | null }[]
}

/** 派遣 */
export interface Assignment extends EntityBase {
  kind: 'assignment'
  jurisdiction: string
  incident_id: string
  unit_id: string
  need_id: string | null
  status: Stage
  result: AssignmentResult | null
  carries_patients: boolean
  infectious: boolean
  destination_id: string | null
  shift_id: string | null
  assigned_at: string
  assigned_by: string
  acknowledged_at: string | null
  departed_at: string | null
  arrived_at: string | null
  patient_aboard_at: string | null
  left_scene_at: string | null
  at_hospital_at: string | null
  handed_over_at: string | null
  ended_at: string | null
  escalated_at: string | null
  reason: string | null
  diverted_to: string | null
  care_record_id: string | null
  proposal: Proposal | null
  choice: Choice | null
  stamps: Stamp[]
}

export const CREW_ROLES = ['driver', 'doctor', 'nurse', 'stretcher_bearer', 'rescuer', 'leader', 'member'] as const

export interface CrewMember {
  role: string
  /** Staff number: names stay in the staff register. */
  staff: string
}

/** 班次 */
export interface Shift extends EntityBase {
  kind: 'shift'
  jurisdiction: string
  unit_id: string
  crew: CrewMember[]
  began_at: string
  ends_at: string | null
  overtime: boolean
  ended_at: string | null
  ended_by: string | null
}

/** 院前急救病历 */
export interface CareRecord extends EntityBase {
  kind: 'care_record'
  jurisdiction: string
  assignment_id: string
  incident_id: string
  unit_id: string
  severity: 'critical' | 'severe' | 'moderate' | 'mild' | 'dead'
  measures: string[]
  patient_outcome: string | null
  written_at: string
  written_by: string
  private: PrivateRef | null
}

/** 交接班 */
export interface Handover extends EntityBase {
  kind: 'handover'
  from: string
  to: string
  incident_ids: string[]
  note: string
  offered_at: string
  accepted_at: string | null
}

export type CaseEntity = Call | Incident | Assignment | Shift | CareRecord | Handover
