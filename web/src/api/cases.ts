/** Calls, incidents and what follows from them, as the feed carries them: the shapes of the OpenAPI document. */
import type { components } from './schema'
import type { EntityBase } from './types'

type Schemas = components['schemas']

/** The server writes every field, also those that hold nothing. */
type Whole<T> = { [Field in keyof T]-?: Exclude<T[Field], undefined> }
type Kinded<Name extends keyof Schemas, Kind extends string> = Whole<Schemas[Name]> & EntityBase & { kind: Kind }

export type CallStatus = Schemas['CallStatus']
/** 受理类型 */
export type Acceptance = Schemas['Acceptance']
export const ACCEPTANCES: readonly Acceptance[] = ['normal', 'held', 'reinforcement', 'no_vehicle', 'refused', 'transferred']

/** Where the personal part lies; its text is fetched on demand only. */
export type PrivateRef = Schemas['PrivateRef']

/** 呼叫 */
export type Call = Kinded<'Call', 'call'>

export type Priority = Schemas['Priority']
export const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4']

export type Grade = Schemas['Grade']
export const GRADES: readonly Grade[] = ['I', 'II', 'III', 'IV']

export type Triage = Whole<Schemas['Triage']>
export const COLOURS = ['red', 'yellow', 'green', 'black'] as const
export type Colour = (typeof COLOURS)[number]

export type NeedKind = 'ambulance' | 'team' | 'special_vehicle'
export type AmbulanceClass = Schemas['AmbulanceClass']

/** What is asked for: so many units of a kind, class or capability. */
export type Wanted = Whole<Omit<Schemas['Wanted'], 'kind'>> & { kind: NeedKind }

/** 需求 */
export type Need = Wanted & { id: string }

/** 事件 */
export type Incident = Omit<Kinded<'Incident', 'incident'>, 'patients' | 'needs' | 'notes'> & {
  patients: Triage
  needs: Need[]
  notes: Whole<Schemas['IncidentNote']>[]
}

export type Stage = Schemas['Stage']
/** A stage on the way; `cancelled` and `diverted` end it elsewhere. */
export type Step = Exclude<Stage, 'cancelled' | 'diverted'>
export const STAGES: readonly Step[] = ['assigned', 'acknowledged', 'departed', 'arrived', 'patient_aboard', 'left_scene', 'at_hospital', 'handed_over', 'closed']

export type AssignmentResult = Schemas['AssignmentResult']
export const RESULTS: readonly AssignmentResult[] = ['completed', 'empty_run', 'treated_on_scene', 'died_on_scene', 'refused', 'aborted']

export type Stamp = Whole<Schemas['Stamp']>
export type Proposal = Schemas['Proposal']
/** What was recommended when the choice was made. */
export type Choice = Schemas['Choice']

/** 派遣 */
export type Assignment = Omit<Kinded<'Assignment', 'assignment'>, 'stamps'> & { stamps: Stamp[] }

/** `staff` is a number: names stay in the staff register. */
export type CrewMember = Schemas['CrewMember']
export const CREW_ROLES = ['driver', 'doctor', 'nurse', 'stretcher_bearer', 'rescuer', 'leader', 'member'] as const

/** 班次 */
export type Shift = Kinded<'Shift', 'shift'>
/** 院前急救病历 */
export type CareRecord = Kinded<'CareRecord', 'care_record'>
/** 交接班 */
export type Handover = Kinded<'Handover', 'handover'>

export type CaseEntity = Call | Incident | Assignment | Shift | CareRecord | Handover
