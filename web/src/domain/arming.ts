/** An armed candidate: what Enter would send, and why it must not be sent any more. Pure. */
import type { Incident } from '../api/cases'
import type { Unit } from '../api/types'
import { isStale, isUnit } from './units'
import type { Picture } from '../feed/picture'

export interface ArmedUnit {
  id: string
  name: string
  /** The version seen when it was armed. */
  version: number
}

export interface Armed {
  incidentId: string
  /** The version of the incident that the dispatcher saw. */
  incidentVersion: number
  units: readonly ArmedUnit[]
}

/** Arms one unit; with `add`, beside those armed, or lets it go again. */
export function arm(armed: Armed | null, incident: Incident, unit: ArmedUnit, add: boolean): Armed | null {
  const fresh = { incidentId: incident.id, incidentVersion: incident.version, units: [unit] }
  if (!add || !armed || armed.incidentId !== incident.id) return fresh
  const others = armed.units.filter((u) => u.id !== unit.id)
  if (others.length < armed.units.length) return others.length > 0 ? { ...armed, units: others } : null
  return { ...armed, units: [...armed.units, unit] }
}

export type Disarm =
  | { reason: 'taken'; unit: ArmedUnit; assignmentId: string }
  | { reason: 'status'; unit: ArmedUnit; status: Unit['status'] }
  | { reason: 'changed' | 'gone' | 'stale'; unit: ArmedUnit }
  | { reason: 'incident' }

/** What has changed since the arming, if anything; `own` tells whether a version of the incident came from this very desk. */
export function disarmed(armed: Armed, picture: Picture, now: number, own: (incident: string, version: number) => boolean): Disarm | null {
  const incident = picture.get(armed.incidentId)
  if (incident?.kind !== 'incident' || incident.status === 'closed') return { reason: 'incident' }
  if (incident.version > armed.incidentVersion && !own(incident.id, incident.version)) return { reason: 'incident' }
  for (const unit of armed.units) {
    const entity = picture.get(unit.id)
    if (!isUnit(entity) || entity.retired) return { reason: 'gone', unit }
    if (entity.assignment_id) return { reason: 'taken', unit, assignmentId: entity.assignment_id }
    if (entity.status !== 'available') return { reason: 'status', unit, status: entity.status }
    if (entity.version !== unit.version) return { reason: 'changed', unit }
    if (isStale(entity, picture.fixes.get(unit.id), now)) return { reason: 'stale', unit }
  }
  return null
}
