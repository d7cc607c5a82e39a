/** 附近有相似事件: another open incident near in place and time may be the same one. */
import type { Incident } from '../api/cases'
import type { Picture } from '../feed/picture'
import { roughDistance } from './units'

export const NEAR_M = 2_000
export const NEAR_MS = 30 * 60_000

export interface Similar {
  incident: Incident
  distance: number
  ageMs: number
}

/** Nearest first. `self` is the incident being asked for, `at` the moment it was told of. */
export function similarTo(picture: Picture, place: { lon: number; lat: number }, at: number, self: string | null): Similar[] {
  const found: Similar[] = []
  for (const incident of picture.all<Incident>('incident')) {
    if (incident.id === self || incident.status === 'closed') continue
    const distance = roughDistance(place.lon, place.lat, incident.lon, incident.lat)
    const ageMs = Math.abs(at - Date.parse(incident.opened_at))
    if (distance <= NEAR_M && ageMs <= NEAR_MS) found.push({ incident, distance, ageMs })
  }
  return found.sort((a, b) => a.distance - b.distance)
}
