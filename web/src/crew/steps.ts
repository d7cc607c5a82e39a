/** Builds the items of the outbox: what a button means as a command of the contract. */
import type { NewItem, What } from './outbox/model'
import { laneOf } from './stages'
import type { CrewMember, EndResult, Stage } from './types'

export const UNIT_LANE = 'unit'
/** Longest text of a reason and of findings, by the contract. */
export const MAX_REASON = 300
export const MAX_FINDINGS = 2000

interface Base {
  world: string
  /** World time, epoch ms. */
  at: number
}

type Body = { readonly type: string } & Record<string, unknown>

function item(base: Base, lane: string, soft: boolean, what: What, command: Body): NewItem {
  return { id: newKey(), at: base.at, world: base.world, lane, soft, what, command }
}

/** When it happened, for what is sent later. */
function moment(base: Base): string {
  return new Date(base.at).toISOString()
}

export function stageItem(base: Base, assignmentId: string, stage: Stage, result?: EndResult): NewItem {
  const at = moment(base)
  const command: Body =
    stage === 'acknowledged'
      ? { type: 'acknowledge_assignment', assignment_id: assignmentId, at }
      : { type: 'report_stage', assignment_id: assignmentId, stage, at, ...(result ? { result } : {}) }
  return item(base, laneOf(assignmentId), false, { kind: 'stage', stage, result }, command)
}

export function undoItem(base: Base, assignmentId: string, stage: Stage, reason: string): NewItem {
  return item(base, laneOf(assignmentId), false, { kind: 'undo', stage }, { type: 'undo_stage', assignment_id: assignmentId, reason: plain(reason, MAX_REASON) })
}

export function destinationItem(base: Base, assignmentId: string, hospital: { id: string; name: string }): NewItem {
  const command = { type: 'set_destination', assignment_id: assignmentId, facility_id: hospital.id }
  return item(base, laneOf(assignmentId), false, { kind: 'destination', id: hospital.id, name: hospital.name }, command)
}

/** 车辆故障: ends the assignment, or takes an idle unit out of service. */
export function breakdownItem(base: Base, unitId: string, assignmentId: string | null, reason: string): NewItem {
  const text = plain(reason, MAX_REASON)
  if (!assignmentId) return statusItem(base, unitId, 'out_of_service', text)
  return item(base, laneOf(assignmentId), false, { kind: 'breakdown' }, { type: 'report_breakdown', assignment_id: assignmentId, reason: text })
}

export type OwnStatus = 'available' | 'suspended' | 'out_of_service' | 'off_duty'

export function statusItem(base: Base, unitId: string, status: OwnStatus, reason: string): NewItem {
  return item(base, UNIT_LANE, true, { kind: 'status', status }, { type: 'set_unit_status', unit_id: unitId, status, reason: plain(reason, MAX_REASON), at: moment(base) })
}

export function beginShiftItem(base: Base, unitId: string, crew: readonly CrewMember[], hours: number): NewItem {
  const ends_at = new Date(base.at + hours * 3600_000).toISOString()
  return item(base, UNIT_LANE, true, { kind: 'shift_begin' }, { type: 'begin_shift', unit_id: unitId, crew, ends_at, at: moment(base) })
}

export function endShiftItem(base: Base, unitId: string): NewItem {
  return item(base, UNIT_LANE, true, { kind: 'shift_end' }, { type: 'end_shift', unit_id: unitId, at: moment(base) })
}

export interface CareForm {
  severity: string
  measures: readonly string[]
  outcome: string | null
  name: string
  age: string
  sex: string
  findings: string
}

export function careItem(base: Base, assignmentId: string, form: CareForm): NewItem {
  const optional: [string, string | null][] = [
    ['patient_outcome', form.outcome],
    ['patient_name', plain(form.name, 80)],
    ['age', plain(form.age, 80)],
    ['sex', form.sex],
    ['findings', plain(form.findings, MAX_FINDINGS)],
  ]
  const told = Object.fromEntries(optional.filter(([, value]) => value))
  const command = { type: 'write_care_record', assignment_id: assignmentId, severity: form.severity, measures: form.measures, at: moment(base), ...told }
  return item(base, `care:${assignmentId}`, true, { kind: 'care' }, command)
}

/** Text as the contract takes it: one line, NFC, nothing that controls or reorders. */
export function plain(text: string, most: number): string {
  const line = text.normalize('NFC').replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim()
  return [...line].slice(0, most).join('')
}

/** A random key; `randomUUID` is missing where the page is not secure. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return `crew-${crypto.randomUUID()}`
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `crew-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
