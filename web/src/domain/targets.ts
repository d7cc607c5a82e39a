/** Incidents that another one may go into, or that may take its unit. Pure over the picture. */
import type { Incident } from '../api/cases'
import type { Picture } from '../feed/picture'
import { roughDistance } from './units'

export interface Target {
  incident: Incident
  /** From the incident asked for, m. */
  distance: number
}

const MOST = 9

function others(picture: Picture, from: Incident): Target[] {
  const found: Target[] = []
  for (const incident of picture.all<Incident>('incident'))
    if (incident.id !== from.id && incident.status !== 'closed') found.push({ incident, distance: roughDistance(from.lon, from.lat, incident.lon, incident.lat) })
  return found
}

/** The same event is the nearest one. */
export function mergeTargets(picture: Picture, from: Incident): Target[] {
  return others(picture, from)
    .sort((a, b) => a.distance - b.distance || a.incident.id.localeCompare(b.incident.id))
    .slice(0, MOST)
}

/** A unit is diverted to what is more urgent only, the most urgent first. */
export function divertTargets(picture: Picture, from: Incident): Target[] {
  return others(picture, from)
    .filter(({ incident }) => incident.priority < from.priority)
    .sort((a, b) => a.incident.priority.localeCompare(b.incident.priority) || a.distance - b.distance)
    .slice(0, MOST)
}
