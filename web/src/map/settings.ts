/** What a screen tells the map, and what the map tells the screen. */
import type { Position } from '../domain/geodesy'
import type { Sketch } from '../domain/sketch'
import type { Link, LonLat } from './drawn'
import type { Node, SceneSettings } from './fleet/model'
import type { Base } from './base/base'
import type { PlaceNames } from './style'

export type ViewSettings = Omit<SceneSettings, 'zoom' | 'now'> & {
  /** Where a tool asks from. */
  point: LonLat | null
  /** Centres of the rings; none: the point is. */
  centres: readonly LonLat[]
  /** Radii drawn round each centre, m. */
  rings: readonly number[]
  /** Whether the point has a mark of its own. */
  pin: boolean
  /** Straight lines between things: an order, a candidate. */
  links: readonly Link[]
  /** What is being measured or drawn: clicks go to it. */
  sketch: Sketch | null
  /** What is said beside the cursor while sketching. */
  figure(cursor: Position): string | null
}

export interface MapEvents {
  pick(node: Node): void
  ground(lon: number, lat: number): void
  /** The sketch is finished by a double click, or by a click on its first vertex. */
  finish?(): void
  /** The view came to rest. */
  moved(view: View): void
}

export interface View {
  lon: number
  lat: number
  zoom: number
}

export interface MapOptions {
  /** A picture to look at: nobody moves it, and once a second is often enough. */
  still?: boolean
  /** Symbols and names this much bigger, for a screen read from afar. */
  scale?: number
  /** Names of places by code; null for those of the base map. */
  names?: PlaceNames | null
  /** The operator's base map; null for the packaged one alone. */
  base?: Base | null
}
