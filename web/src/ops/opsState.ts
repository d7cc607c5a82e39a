/** What the operator chose on the operations map: selection, tool, layers, query point. */
import type { PlacedKind } from '../api/types'
import type { BedProperty } from '../domain/places'
import type { Group } from '../domain/units'
import type { View } from '../map/mapView'
import { store, type Store } from '../ui/store'

export type Tool = 'select' | 'nearest' | 'rings'

export interface QueryPoint {
  lon: number
  lat: number
  /** Name of the thing asked from, or null for a bare point. */
  name: string | null
}

export interface OpsState {
  tool: Tool
  selected: string | null
  point: QueryPoint | null
  showNearest: boolean
  showRings: boolean
  hidden: ReadonlySet<PlacedKind>
  bedProperty: BedProperty | null
  unitFilter: 'all' | Group
  /** Ids of the ranked list, best first. */
  ranked: readonly string[]
  listOpen: boolean
  /** On a narrow screen: the card lies over the map. */
  side: boolean
  /** On a low screen: the event strip is open. */
  strip: boolean
}

export type OpsStore = Store<OpsState>

export function opsStore(): OpsStore {
  return store<OpsState>({
    tool: 'select',
    selected: null,
    point: null,
    showNearest: true,
    showRings: true,
    hidden: new Set(),
    bedProperty: 'negative_pressure',
    unitFilter: 'all',
    ranked: [],
    listOpen: false,
    side: false,
    strip: false,
  })
}

/** A click on the ground asks both questions, or the one of the tool in hand. */
export function askFrom(ops: OpsStore, point: QueryPoint): void {
  const { tool } = ops.get()
  ops.set({ point, showNearest: tool !== 'rings', showRings: tool !== 'nearest', ranked: [] })
}

/** One step back: list, then query, then selection. */
export function stepBack(ops: OpsStore): void {
  const { listOpen, point, tool } = ops.get()
  if (listOpen) ops.set({ listOpen: false })
  else if (point) ops.set({ point: null, ranked: [] })
  else if (tool !== 'select') ops.set({ tool: 'select' })
  else ops.set({ selected: null })
}

export function toggleLayer(ops: OpsStore, kind: PlacedKind): void {
  const hidden = new Set(ops.get().hidden)
  if (!hidden.delete(kind)) hidden.add(kind)
  ops.set({ hidden })
}

const VIEW_KEY = 'chiyuan.view'

export function storedView(): View | null {
  try {
    const view = JSON.parse(sessionStorage.getItem(VIEW_KEY) ?? 'null') as View | null
    return view && [view.lon, view.lat, view.zoom].every(Number.isFinite) ? view : null
  } catch {
    return null
  }
}

export function storeView(view: View): void {
  sessionStorage.setItem(VIEW_KEY, JSON.stringify(view))
}
