/** What the scene is made of: the view's settings in, nodes to draw and pick out. */
import type { Priority } from '../../api/cases'
import type { MarkType } from '../../api/marks'
import type { PlacedKind, UnitStatus } from '../../api/types'
import type { BedProperty, PlaceState } from '../../domain/places'
import type { Group } from '../../domain/units'
import type { ClusterCounts } from '../symbols/fixed'
import type { Motion } from './motion'

export interface SceneSettings {
  zoom: number
  /** World time, epoch ms. */
  now: number
  hidden: ReadonlySet<PlacedKind>
  /** null shows no beds. */
  bedProperty: BedProperty | null
  unitFilter: 'all' | Group
  selected: string | null
  /** Ranks of a tool result by id. */
  ranks: ReadonlyMap<string, number>
  /** Whether what people drew is shown. */
  marks: boolean
  /** Counts stand for counties however far out. */
  byCounty?: boolean
  /** Counts nearer than this become one, px. */
  clusterPx?: number
}

export type Look =
  | { type: 'unit'; kind: 'ambulance' | 'team' | 'special_vehicle'; status: UnitStatus; vehicle: string; negative: boolean; stale: boolean; heading: number | null; ageMs: number }
  | { type: 'station'; state: PlaceState; ready: number; city: boolean }
  | { type: 'facility'; facilityType: string; ready: number }
  | { type: 'bed_pool'; state: PlaceState; free: number; negative: boolean }
  | { type: 'stockpile'; state: PlaceState }
  | { type: 'incident'; priority: Priority; held: boolean }
  | { type: 'mark'; mark: MarkType }
  | { type: 'cluster'; counts: ClusterCounts }

/** One thing on the map. */
export interface Node {
  /** Entity id, or `cluster:<code>`. */
  id: string
  look: Look
  at: Motion
  dx: number
  dy: number
  name: string
  selected: boolean
  rank: number | null
  /** Lower is placed first; null means no label. */
  label: number | null
}
