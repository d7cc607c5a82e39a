/** Commands of a case, from the ring to the closed incident, as people send them from the desk. */
import type { Acceptance, AssignmentResult, Choice, CrewMember, Grade, Priority, Step, Triage, Wanted } from './cases'
import type { Command } from './types'

/** What a command may tell of persons; it never comes back in an entity. */
export interface PersonalPart {
  description?: string
  address?: string
  contact_name?: string
  contact_phone?: string
}

export interface IncidentFields extends PersonalPart {
  incident_type?: string
  priority?: Priority
  grade?: Grade
  lon?: number
  lat?: number
  infectious?: boolean
  patients?: Triage
  needs?: Wanted[]
}

export type OpenIncident = { type: 'open_incident'; call_id?: string } & IncidentFields &
  Required<Pick<IncidentFields, 'incident_type' | 'priority' | 'lon' | 'lat'>>
export type UpdateIncident = { type: 'update_incident'; incident_id: string; based_on_version?: number } & IncidentFields

export interface AssignUnits {
  type: 'assign_units'
  incident_id: string
  unit_ids: string[]
  need_id?: string
  based_on_version?: number
  choice?: Choice
}

export type CaseCommand =
  | { type: 'receive_call'; line?: string; lon?: number; lat?: number; caller_number?: string; caller_name?: string; location_text?: string }
  | { type: 'answer_call' | 'begin_call_taking' | 'abandon_call'; call_id: string }
  | { type: 'end_call_taking'; call_id: string; acceptance?: Acceptance }
  | OpenIncident
  | UpdateIncident
  | { type: 'attend_incident'; incident_id: string; leave?: boolean }
  | { type: 'hold_incident'; incident_id: string; reason: string; until?: string }
  | { type: 'resume_incident'; incident_id: string }
  | { type: 'reinforce_incident'; incident_id: string; needs: Wanted[]; reason: string }
  | { type: 'add_note'; incident_id: string; text: string }
  | { type: 'link_call'; call_id: string; incident_id: string }
  | { type: 'merge_incidents'; incident_id: string; into_incident_id: string; reason: string }
  | { type: 'close_incident'; incident_id: string; outcome: string }
  | AssignUnits
  | { type: 'acknowledge_assignment'; assignment_id: string; at?: string }
  | { type: 'report_stage'; assignment_id: string; stage: Step; at?: string; result?: AssignmentResult; destination_id?: string }
  | { type: 'undo_stage'; assignment_id: string; reason: string }
  | { type: 'set_destination'; assignment_id: string; facility_id: string }
  | { type: 'divert_assignment'; assignment_id: string; incident_id: string; reason: string }
  | { type: 'cancel_assignment'; assignment_id: string; reason: string }
  | { type: 'begin_shift'; unit_id: string; crew: CrewMember[]; ends_at?: string }
  | { type: 'end_shift'; unit_id: string }
  | { type: 'hand_over'; to: string; note: string }
  | { type: 'accept_handover'; handover_id: string }

export type AnyCommand = Command | CaseCommand
