/** Marks on the map, as the feed carries them. */
import type { EntityBase } from './types'

export const MARK_TYPES = ['note', 'staging_point', 'hazard_zone', 'cordon', 'traffic_control', 'other'] as const
export type MarkType = (typeof MARK_TYPES)[number]

/** GeoJSON, WGS-84. */
export type Geometry =
  | { type: 'Point'; coordinates: [number, number] }
  | { type: 'LineString'; coordinates: [number, number][] }
  | { type: 'Polygon'; coordinates: [number, number][][] }

/** 标注 */
export interface Mark extends EntityBase {
  kind: 'mark'
  jurisdiction: string
  mark_type: MarkType
  title: string
  text: string
  geometry: Geometry
  incident_id: string | null
  drawn_at: string
  drawn_by: string
  changed_at: string | null
  changed_by: string | null
  valid_until: string | null
  ended_at: string | null
  ended_by: string | null
}

export interface DrawMark {
  type: 'draw_mark'
  mark_type: MarkType
  title: string
  text: string
  geometry: Geometry
  incident_id?: string
  valid_until?: string
}

export interface ChangeMark {
  type: 'change_mark'
  mark_id: string
  based_on_version: number
  mark_type?: MarkType
  title?: string
  text?: string
  valid_until?: string
  open_ended?: boolean
}

export interface RemoveMark {
  type: 'remove_mark'
  mark_id: string
}

export type MarkCommand = DrawMark | ChangeMark | RemoveMark
