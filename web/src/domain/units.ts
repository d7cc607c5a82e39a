/** What a unit's status means for counting, and how old its position is. */
import type { Entity, Unit, UnitKind, UnitStatus } from '../api/types'
import type { Fix } from '../feed/picture'

export const UNIT_KINDS: readonly UnitKind[] = ['ambulance', 'team', 'special_vehicle']

/** Defaults of the data-age settings, ms. */
export const STALE_MOVING_MS = 2 * 60_000
export const STALE_PARKED_MS = 15 * 60_000
export const STALE_BEDS_MS = 4 * 3600_000
export const STALE_STOCK_MS = 24 * 3600_000
/** A unit this near its home counts as parked there, m. */
export const HOME_RADIUS_M = 250
/** Under this speed the heading says nothing, m/s. */
export const MOVING_MPS = 1

export type Group = 'available' | 'busy' | 'off'

const GROUPS: Record<UnitStatus, Group> = {
  available: 'available',
  assigned: 'busy',
  en_route: 'busy',
  on_scene: 'busy',
  transporting: 'busy',
  at_hospital: 'busy',
  returning: 'busy',
  decontaminating: 'busy',
  suspended: 'off',
  off_duty: 'off',
  out_of_service: 'off',
}

export function groupOf(status: UnitStatus): Group {
  return GROUPS[status]
}

export function isUnit(entity: Entity | undefined | null): entity is Unit {
  return entity !== undefined && entity !== null && (UNIT_KINDS as readonly string[]).includes(entity.kind)
}

export function isNegative(unit: Unit): boolean {
  return unit.kind === 'ambulance' && unit.class === 'C'
}

/** A unit that has never sent a fix stands at its home and is not called stale. */
export function isStale(unit: Unit, fix: Fix | undefined, now: number): boolean {
  if (!fix) return false
  if (groupOf(unit.status) === 'off') return false
  const moving = groupOf(unit.status) === 'busy' || (fix.speed ?? 0) >= MOVING_MPS
  return now - fix.at > (moving ? STALE_MOVING_MS : STALE_PARKED_MS)
}

/** Metres between two close points; good enough to say "at home" or to sort a list on screen. */
export function roughDistance(aLon: number, aLat: number, bLon: number, bLat: number): number {
  const k = Math.PI / 180
  const x = (bLon - aLon) * k * Math.cos(((aLat + bLat) / 2) * k)
  const y = (bLat - aLat) * k
  return Math.hypot(x, y) * 6_371_008.8
}
