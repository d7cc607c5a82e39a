/** Turns changes of the feed into lines of the event strip. */
import type { CallStatus, Incident, Stage } from '../api/cases'
import type { Entity, JournalEntry, Unit, UnitStatus } from '../api/types'
import type { FeedEvent } from '../feed/store'
import type { Picture } from '../feed/picture'
import { freeBeds } from './places'
import { groupOf, isUnit, UNIT_KINDS } from './units'

export type EventTopic = 'case' | 'mark' | 'unit' | 'bed_pool' | 'stockpile' | 'registry'

export interface EventLine {
  key: string
  /** Epoch ms, world time. */
  at: number
  topic: EventTopic
  id: string
  name: string
  what:
    | { type: 'status'; from: UnitStatus | null; to: UnitStatus; reason: string | null }
    | { type: 'beds'; staffed: number; occupied: number; held: number; free: number }
    | { type: 'stock'; lots: number }
    | { type: 'call'; line: string; status: CallStatus }
    | { type: 'incident'; incident: string; status: Incident['status']; opened: boolean }
    | { type: 'stage'; stage: Stage; incidentId: string }
    | { type: 'shift_on' | 'shift_off' | 'care_record' }
    | { type: 'handover_offered' | 'handover_accepted'; from: string; to: string }
    | { type: 'mark_drawn' | 'mark_changed' | 'mark_removed' | 'mark_over' }
    | { type: 'registered' | 'updated' | 'retired' | 'removed' }
  actor: string | null
}

/** Lines of the changes seen, newest first. */
export function linesOf(events: readonly FeedEvent[], limit: number): EventLine[] {
  const lines: EventLine[] = []
  for (const event of events) {
    // What a unit does follows from its assignment: one line says both.
    const sent = new Set(event.applied.flatMap(({ after }) => (after?.kind === 'assignment' ? [after.unit_id] : [])))
    for (const { before, after } of event.applied) {
      if (isUnit(after) && sent.has(after.id)) continue
      const line = lineOf(event, before, after)
      if (line) lines.push(line)
    }
    if (lines.length >= limit) break
  }
  return lines.slice(0, limit)
}

function headOf(event: FeedEvent, entity: Entity) {
  const { at, actor } = event.message
  return { key: `${event.key}/${entity.id}`, at: Date.parse(at), id: entity.id, name: entity.name ?? entity.id, actor: actor ?? null }
}

function lineOf(event: FeedEvent, before: Entity | undefined, after: Entity | null): EventLine | null {
  const entity = after ?? before
  if (!entity) return null
  const head = headOf(event, entity)
  if (isCase(entity)) return caseLine(head, before, after)
  if (entity.kind === 'mark') return markLine({ ...head, name: entity.title || entity.id }, before, after)
  if (!after) return { ...head, topic: 'registry', what: { type: 'removed' } }
  if (after.retired && !before?.retired) return { ...head, topic: 'registry', what: { type: 'retired' } }
  if (!before) return { ...head, topic: 'registry', what: { type: 'registered' } }
  if (isUnit(after) && isUnit(before) && after.status !== before.status)
    return { ...head, topic: 'unit', what: { type: 'status', from: before.status, to: after.status, reason: after.status_reason || null } }
  if (after.kind === 'bed_pool') {
    const { staffed, occupied, held } = after
    return { ...head, topic: 'bed_pool', what: { type: 'beds', staffed, occupied, held, free: freeBeds(after) } }
  }
  if (after.kind === 'stockpile') return { ...head, topic: 'stockpile', what: { type: 'stock', lots: after.lots?.length ?? 0 } }
  return { ...head, topic: 'registry', what: { type: 'updated' } }
}

type Head = ReturnType<typeof headOf>

/** A mark that has ended leaves the picture a day later, without a word. */
function markLine(head: Head, before: Entity | undefined, after: Entity | null): EventLine | null {
  if (after?.kind !== 'mark') return null
  const over = after.ended_by === 'system' ? 'mark_over' : 'mark_removed'
  return { ...head, topic: 'mark', what: { type: after.ended_at ? over : before ? 'mark_changed' : 'mark_drawn' } }
}

/** An ended case leaves the picture without a word; a change that nobody needs to read has no line. */
function caseLine(head: Head, before: Entity | undefined, after: Entity | null): EventLine | null {
  const line = (what: EventLine['what'], over: Partial<Head> = {}): EventLine => ({ ...head, ...over, topic: 'case', what })
  const same = (field: string) => before !== undefined && (before as unknown as Record<string, unknown>)[field] === (after as unknown as Record<string, unknown>)[field]
  switch (after?.kind) {
    case 'call':
      return same('status') ? null : line({ type: 'call', line: after.line, status: after.status })
    case 'incident':
      return same('status') ? null : line({ type: 'incident', incident: after.incident_type, status: after.status, opened: before === undefined }, { name: after.number })
    case 'assignment':
      return same('status') ? null : line({ type: 'stage', stage: after.status, incidentId: after.incident_id }, { id: after.unit_id, name: after.unit_id })
    case 'shift':
      return before && same('ended_at') ? null : line({ type: after.ended_at ? 'shift_off' : 'shift_on' }, { id: after.unit_id, name: after.unit_id })
    case 'care_record':
      return line({ type: 'care_record' }, { id: after.unit_id, name: after.unit_id })
    case 'handover':
      return line({ type: after.accepted_at ? 'handover_accepted' : 'handover_offered', from: after.from, to: after.to })
    default:
      return null
  }
}

const CASES = new Set(['call', 'incident', 'assignment', 'shift', 'care_record', 'handover'])

function isCase(entity: Entity): boolean {
  return CASES.has(entity.kind)
}

/** Lines of the time before this tab opened, newest first; what the registry did then is left out. */
export function historyOf(entries: readonly JournalEntry[]): EventLine[] {
  const known = new Map<string, Entity>()
  const lines: EventLine[] = []
  for (const entry of entries) {
    for (const { id, entity } of entry.changes) {
      const line = entity && pastLine(entry, entity, known.get(id))
      if (entity) known.set(id, entity)
      if (line) lines.push(line)
    }
  }
  return lines.reverse()
}

function pastLine(entry: JournalEntry, after: Entity, before: Entity | undefined): EventLine | null {
  const event = { key: -entry.seq, message: { ...entry }, applied: [] }
  if (isUnit(after) && entry.command?.type === 'set_unit_status') {
    const from = isUnit(before) ? before.status : null
    const what = { type: 'status' as const, from, to: after.status, reason: after.status_reason || null }
    return { ...headOf(event, after), topic: 'unit', what }
  }
  const counted = entry.command?.type === 'report_beds' || entry.command?.type === 'count_stock'
  return counted ? lineOf(event, before ?? after, after) : null
}

/** What the picture itself tells about the time before this tab opened: since when each busy unit is in its state. */
export function earlier(picture: Picture, before: number, limit: number): EventLine[] {
  const lines: EventLine[] = []
  for (const kind of UNIT_KINDS) {
    for (const unit of picture.all<Unit>(kind)) {
      const at = unit.status_since ? Date.parse(unit.status_since) : Number.NaN
      if (unit.retired || groupOf(unit.status) === 'available' || !(at < before)) continue
      const what = { type: 'status' as const, from: null, to: unit.status, reason: unit.status_reason || null }
      lines.push({ key: `since/${unit.id}`, at, topic: 'unit', id: unit.id, name: unit.name, what, actor: null })
    }
  }
  return lines.sort((a, b) => b.at - a.at).slice(0, limit)
}
