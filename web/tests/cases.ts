/** Makers of calls, incidents and assignments for the tests. */
import type { Assignment, Call, Incident } from '../src/api/cases'
import type { Entity } from '../src/api/types'
import { Picture } from '../src/feed/picture'

export const NOON = Date.parse('2026-11-22T06:00:00Z')
export const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString()

const base = (id: string) => ({ id, version: 1, centre: '140300', visible_to: [], retired: false, source: 'test' })

export function call(id: string, over: Partial<Call> = {}): Call {
  return {
    ...base(id),
    kind: 'call',
    jurisdiction: '140300',
    line: '120',
    reference: null,
    status: 'ringing',
    lon: null,
    lat: null,
    received_at: at(0),
    answered_at: null,
    answered_by: null,
    call_taking_began_at: null,
    call_taking_ended_at: null,
    abandoned_at: null,
    acceptance: null,
    incident_id: null,
    private: { id: `p-${id}`, commitment: 'x' },
    ...over,
  }
}

export function incident(id: string, over: Partial<Incident> = {}): Incident {
  return {
    ...base(id),
    kind: 'incident',
    lon: 113.58,
    lat: 37.86,
    number: `1122-${id}`,
    day: '2026-11-22',
    day_count: 1,
    jurisdiction: '140302',
    incident_type: 'medical',
    service: 'emergency',
    priority: 'P2',
    grade: null,
    infectious: false,
    status: 'open',
    acceptance: null,
    patients: { red: 0, yellow: 0, green: 0, black: 0, untriaged: 1 },
    needs: [{ id: 'n1', kind: 'ambulance', class: null, capability: null, count: 1 }],
    call_ids: [],
    assignment_ids: [],
    attended_by: 'user:zhang',
    opened_at: at(0),
    opened_by: 'user:zhang',
    held_at: null,
    held_until: null,
    held_reason: null,
    held_s: null,
    closed_at: null,
    closed_by: null,
    outcome: null,
    merged_into: null,
    merge_reason: null,
    notes: [],
    private: null,
    ...over,
  }
}

export function assignment(id: string, over: Partial<Assignment> = {}): Assignment {
  return {
    ...base(id),
    kind: 'assignment',
    jurisdiction: '140302',
    incident_id: '0147',
    unit_id: 'amb-1',
    need_id: 'n1',
    status: 'assigned',
    result: null,
    carries_patients: true,
    infectious: false,
    destination_id: null,
    shift_id: null,
    assigned_at: at(0),
    assigned_by: 'user:zhang',
    acknowledged_at: null,
    departed_at: null,
    arrived_at: null,
    patient_aboard_at: null,
    left_scene_at: null,
    at_hospital_at: null,
    handed_over_at: null,
    ended_at: null,
    escalated_at: null,
    reason: null,
    diverted_to: null,
    care_record_id: null,
    proposal: null,
    choice: null,
    stamps: [],
    ...over,
  }
}

export function pictureOf(...entities: Entity[]): Picture {
  const picture = new Picture()
  for (const entity of entities) picture.put({ kind: entity.kind, id: entity.id, entity })
  return picture
}
