/** Finds entities by name, plate or id, counties by name, marks by title, points by coordinates in each datum. */
import type { Incident } from '../api/cases'
import type { Mark } from '../api/marks'
import type { Entity, Placed } from '../api/types'
import type { Picture } from '../feed/picture'
import { DATUMS, toWgs, type Datum } from './datum'
import { anchorOf } from './marks'

export interface Hit {
  id: string | null
  kind: string
  name: string
  detail: string
  lon: number
  lat: number
  /** Of typed coordinates: what they were taken for. */
  datum?: Datum
}

const KINDS = ['incident', 'ambulance', 'team', 'special_vehicle', 'station', 'facility', 'stockpile', 'bed_pool', 'jurisdiction', 'mark'] as const
const LIMIT = 12

export function search(picture: Picture, text: string): Hit[] {
  const wanted = normal(text)
  if (!wanted) return []
  const point = coordinatesIn(text)
  if (point) return DATUMS.map((datum) => ({ id: null, kind: 'point', name: '', detail: '', datum, ...toWgs(point, datum) }))
  const hits: { hit: Hit; rank: number }[] = []
  for (const kind of KINDS) {
    for (const entity of picture.all(kind) as IterableIterator<Entity>) {
      if (entity.retired || isOver(entity)) continue
      const rank = match(entity, wanted)
      if (rank !== null) hits.push({ hit: entity.kind === 'mark' ? hitOfMark(entity) : hitOf(entity as unknown as Placed), rank: rank + KINDS.indexOf(kind) / 100 })
    }
  }
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, LIMIT)
    .map(({ hit }) => hit)
}

function isOver(entity: Entity): boolean {
  return (entity.kind === 'incident' && entity.status === 'closed') || (entity.kind === 'mark' && entity.ended_at !== null)
}

/** Open incidents, the newest first: where somebody is most likely to ask from. */
export function openIncidents(picture: Picture): Hit[] {
  const open = [...picture.all<Incident>('incident')].filter((incident) => incident.status !== 'closed')
  return open.sort((a, b) => b.opened_at.localeCompare(a.opened_at)).map((incident) => hitOf(incident as unknown as Placed))
}

/** Spaces, dots and case say nothing in a plate. */
function normal(text: string): string {
  return text.toLowerCase().replace(/[\s·•.-]/g, '')
}

function match(entity: Entity, wanted: string): number | null {
  const plate = 'plate' in entity ? entity.plate : null
  const english = 'name_en' in entity ? entity.name_en : null
  const number = entity.kind === 'incident' ? entity.number : null
  const title = entity.kind === 'mark' ? entity.title : null
  const at = [entity.name, title, number, plate, entity.id, english].map((text) => normal(text ?? '').indexOf(wanted)).filter((i) => i >= 0)
  return at.length === 0 ? null : Math.min(1, ...at)
}

function hitOf(entity: Placed & { plate?: string | null; number?: string }): Hit {
  const { id, kind, lon, lat } = entity
  return { id, kind, name: entity.number ?? entity.name, detail: entity.plate ?? '', lon, lat }
}

function hitOfMark(mark: Mark): Hit {
  const [lon, lat] = anchorOf(mark.geometry)
  return { id: mark.id, kind: 'mark', name: mark.title, detail: mark.mark_type, lon, lat }
}

/** "113.58, 37.86" or "37.86 113.58": the larger one is the longitude, as everywhere in China. */
export function coordinatesIn(text: string): { lon: number; lat: number } | null {
  const found = /^\s*(-?\d+(?:\.\d+)?)[\s,，]+(-?\d+(?:\.\d+)?)\s*$/.exec(text)
  if (!found) return null
  const [a, b] = [Number(found[1]), Number(found[2])]
  const [lon, lat] = Math.abs(a) > Math.abs(b) ? [a, b] : [b, a]
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null
}
