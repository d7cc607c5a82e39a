/** What the call-taker has typed: follows the incident where he has not, becomes the command that saves it. Pure. */
import type { Call, Grade, Incident, Priority, Triage, Wanted } from '../api/cases'
import type { IncidentFields, OpenIncident, UpdateIncident } from '../api/commands'

export const PERSONAL = ['description', 'address', 'contactName', 'contactPhone'] as const
export type PersonalField = (typeof PERSONAL)[number]
const PLAIN = ['place', 'incidentType', 'priority', 'infectious', 'grade', 'patients', 'needs'] as const
export type Field = PersonalField | (typeof PLAIN)[number]

export type PlaceSource = 'search' | 'map' | 'typed' | 'caller' | 'record'

export interface Place {
  /** WGS-84 degrees. */
  lon: number
  lat: number
  source: PlaceSource
}

export interface Draft {
  place: Place | null
  address: string
  description: string
  contactName: string
  contactPhone: string
  incidentType: string
  priority: Priority | null
  infectious: boolean
  grade: Grade | null
  patients: Triage
  needs: Wanted[]
  /** Typed and not yet in the record. */
  dirty: Field[]
  /** Epoch ms of the last keystroke kept on this computer; 0 for nothing typed. */
  keptAt: number
  /** The personal part these texts began from; null when there was none. */
  personalBase: string | null
  /** False while the record has a personal part that nobody has looked at here. */
  personalKnown: boolean
}

export const NO_PATIENTS: Triage = { red: 0, yellow: 0, green: 0, black: 0, untriaged: 0 }

/** One ambulance, of class C if infectious: what the server takes when nothing is asked for. */
export function usualNeeds(infectious: boolean): Wanted[] {
  return [{ kind: 'ambulance', class: infectious ? 'C' : null, capability: null, count: 1 }]
}

export function emptyDraft(call: Call | null): Draft {
  const located = call && call.lon !== null && call.lat !== null ? { lon: call.lon, lat: call.lat, source: 'caller' as const } : null
  return {
    place: located,
    address: '',
    description: '',
    contactName: '',
    contactPhone: '',
    incidentType: 'medical',
    priority: null,
    infectious: false,
    grade: null,
    patients: NO_PATIENTS,
    needs: usualNeeds(false),
    dirty: [],
    keptAt: 0,
    personalBase: null,
    personalKnown: true,
  }
}

/** The draft as the record has it now, except for what is typed and unsaved. */
export function follow(draft: Draft, incident: Incident): Draft {
  const typed = new Set(draft.dirty)
  const record: Partial<Draft> = {
    place: { lon: incident.lon, lat: incident.lat, source: draft.place?.source ?? 'record' },
    incidentType: incident.incident_type,
    priority: incident.priority,
    infectious: incident.infectious,
    grade: incident.grade,
    patients: incident.patients,
    needs: incident.needs.map(({ kind, class: wanted, capability, count }) => ({ kind, class: wanted, capability, count })),
  }
  const kept = Object.fromEntries(Object.entries(record).filter(([field]) => !typed.has(field as Field)))
  return { ...draft, ...kept }
}

/** A record opened here for the first time: its personal part stays unknown until somebody asks for it. */
export function draftOf(incident: Incident): Draft {
  const empty = emptyDraft(null)
  return follow({ ...empty, personalBase: incident.private?.id ?? null, personalKnown: incident.private === null }, incident)
}

export function change(draft: Draft, patch: Partial<Draft>, now: number): Draft {
  const fields = Object.keys(patch).filter((key): key is Field => ([...PERSONAL, ...PLAIN] as string[]).includes(key))
  const next = { ...draft, ...patch, dirty: [...new Set([...draft.dirty, ...fields])], keptAt: now }
  // The usual need follows the suspicion; one that was chosen stays.
  const usual = JSON.stringify(draft.needs) === JSON.stringify(usualNeeds(draft.infectious))
  if (patch.infectious === undefined || patch.needs || !usual) return next
  return { ...next, needs: usualNeeds(patch.infectious), dirty: [...new Set([...next.dirty, 'needs' as const])] }
}

/** The personal part, once it was looked at; what has been typed meanwhile stays. */
export function withPersonal(draft: Draft, base: string, content: Record<string, string>): Draft {
  const typed = new Set(draft.dirty)
  const text = (field: PersonalField, key: string) => (typed.has(field) ? draft[field] : (content[key] ?? ''))
  return {
    ...draft,
    description: text('description', 'description'),
    address: text('address', 'address'),
    contactName: text('contactName', 'contact_name'),
    contactPhone: text('contactPhone', 'contact_phone'),
    personalBase: base,
    personalKnown: true,
  }
}

/** What is still wanted before there can be an incident. */
export function lacking(draft: Draft): ('place' | 'priority')[] {
  return (['place', 'priority'] as const).filter((field) => draft[field] === null)
}

export function openCommand(draft: Draft, callId: string | null): OpenIncident | null {
  const { place, priority, incidentType } = draft
  if (!place || !priority) return null
  const fields = fieldsOf(draft, new Set<Field>(['infectious', 'grade', 'needs', ...PERSONAL, ...draft.dirty]))
  return {
    type: 'open_incident',
    ...(callId ? { call_id: callId } : {}),
    ...fields,
    incident_type: incidentType,
    priority,
    lon: place.lon,
    lat: place.lat,
  }
}

/** null when there is nothing to save. */
export function updateCommand(draft: Draft, incident: Incident): UpdateIncident | null {
  if (draft.dirty.length === 0) return null
  return { type: 'update_incident', incident_id: incident.id, ...fieldsOf(draft, new Set(draft.dirty)) }
}

/** Somebody else has written the personal part since: saving ours would lose his. */
export function personalClash(draft: Draft, incident: Incident): boolean {
  const typed = draft.dirty.some((field) => (PERSONAL as readonly string[]).includes(field))
  return typed && (incident.private?.id ?? null) !== draft.personalBase
}

function fieldsOf(draft: Draft, wanted: ReadonlySet<Field>): IncidentFields {
  const fields: IncidentFields = {}
  if (wanted.has('place') && draft.place) Object.assign(fields, { lon: draft.place.lon, lat: draft.place.lat })
  if (wanted.has('incidentType')) fields.incident_type = draft.incidentType
  if (wanted.has('priority') && draft.priority) fields.priority = draft.priority
  if (wanted.has('infectious')) fields.infectious = draft.infectious
  if (wanted.has('grade') && draft.grade) fields.grade = draft.grade
  if (wanted.has('patients')) fields.patients = draft.patients
  if (wanted.has('needs') && draft.needs.length > 0) fields.needs = draft.needs
  // The server replaces the personal part as a whole, so it goes as a whole.
  if (PERSONAL.some((field) => wanted.has(field))) Object.assign(fields, personalOf(draft))
  return fields
}

function personalOf(draft: Draft): IncidentFields {
  const part: IncidentFields = {}
  // Line breaks are no characters of the record.
  const text = (value: string) => value.replace(/\s+/g, ' ').trim()
  if (text(draft.description)) part.description = text(draft.description)
  if (text(draft.address)) part.address = text(draft.address)
  if (text(draft.contactName)) part.contact_name = text(draft.contactName)
  if (text(draft.contactPhone)) part.contact_phone = text(draft.contactPhone)
  return part
}

/** What is typed is in the record now, unless it was typed on meanwhile. */
export function saved(draft: Draft, sent: Draft, personalId: string | null): Draft {
  const still = draft.dirty.filter((field) => !sent.dirty.includes(field) || draft[field] !== sent[field])
  return { ...draft, dirty: still, personalBase: personalId, personalKnown: draft.personalKnown || sent.personalKnown }
}
