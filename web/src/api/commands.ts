/** Commands of a case as the desk builds them; the shapes are those of the OpenAPI document. */
import type { Grade, Priority, Triage, Wanted } from './cases'
import type { MarkCommand } from './marks'
import type { Command } from './types'

/** Every field of it may be left out; the document says otherwise of this one. */
export interface ReceiveCall {
  type: 'receive_call'
  line?: string
  caller_number?: string
  caller_name?: string
  location_text?: string
  lon?: number
  lat?: number
}

export type AnyCommand = Command | ReceiveCall | MarkCommand
/** Commands about one assignment. */
export type CaseCommand = Command

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
