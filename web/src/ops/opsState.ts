/** What the operator chose on the operations map: selection, tool, layers, query point, what is being drawn. */
import type { MarkType } from '../api/marks'
import type { PlacedKind } from '../api/types'
import { TOOLS, type Tool } from '../domain/link'
import { USUAL_SHAPE } from '../domain/marks'
import type { BedProperty } from '../domain/places'
import { USUAL_KM } from '../domain/radii'
import { addVertex, emptySketch, finished, stepBackIn, type Sketch, type SketchShape } from '../domain/sketch'
import type { Group } from '../domain/units'
import type { View } from '../map/mapView'
import { store, type Store } from '../ui/store'

export { TOOLS, type Tool }

export interface QueryPoint {
  lon: number
  lat: number
  /** Name of the thing asked from, or null for a bare point. */
  name: string | null
}

/** What the rings stand round: the point, every station, or those of a tier. */
export const AROUND = ['point', 'all', 'centre', 'sub_centre', 'township'] as const
export type Around = (typeof AROUND)[number]

export interface OpsState {
  tool: Tool
  selected: string | null
  point: QueryPoint | null
  showNearest: boolean
  showRings: boolean
  radiiKm: readonly number[]
  around: Around
  /** Centres of the rings when they stand round stations. */
  centres: readonly { lon: number; lat: number }[]
  hidden: ReadonlySet<PlacedKind>
  marksShown: boolean
  bedProperty: BedProperty | null
  unitFilter: 'all' | Group
  /** Ids of the ranked list, best first. */
  ranked: readonly string[]
  listOpen: boolean
  /** What lies over the map beside the tools: its keys, or its picture. */
  float: 'keys' | 'sheet' | null
  /** What is being measured or drawn. */
  sketch: Sketch | null
  markType: MarkType
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
    radiiKm: USUAL_KM,
    around: 'point',
    centres: [],
    hidden: new Set(),
    marksShown: true,
    bedProperty: 'negative_pressure',
    unitFilter: 'all',
    ranked: [],
    listOpen: false,
    float: null,
    sketch: null,
    markType: 'note',
    side: false,
    strip: false,
  })
}

/** A click on the ground asks both questions, or the one of the tool in hand. */
export function askFrom(ops: OpsStore, point: QueryPoint): void {
  const { tool } = ops.get()
  ops.set({ point, showNearest: tool !== 'rings', showRings: tool !== 'nearest', ranked: [], around: 'point', centres: [] })
}

/** Takes a tool in hand; a sketch begins with the tools that draw. */
export function takeTool(ops: OpsStore, tool: Tool): void {
  const { tool: before, markType } = ops.get()
  if (tool === before) return
  const sketch = tool === 'measure' ? emptySketch('LineString') : tool === 'draw' ? emptySketch(USUAL_SHAPE[markType]) : null
  // What is drawn is looked at alone.
  ops.set({ tool, sketch, ...(tool === 'draw' ? { selected: null, marksShown: true } : {}) })
}

export function takeShape(ops: OpsStore, shape: SketchShape): void {
  ops.set({ sketch: emptySketch(shape) })
}

/** The shape stays what it is once something is drawn. */
export function takeMarkType(ops: OpsStore, markType: MarkType): void {
  const { sketch } = ops.get()
  ops.set({ markType, ...(sketch && sketch.vertices.length === 0 ? { sketch: emptySketch(USUAL_SHAPE[markType]) } : {}) })
}

export function sketchAt(ops: OpsStore, lon: number, lat: number): void {
  const { sketch } = ops.get()
  if (sketch) ops.set({ sketch: addVertex(sketch, [lon, lat]) })
}

export function finishSketch(ops: OpsStore): void {
  const { sketch } = ops.get()
  if (sketch) ops.set({ sketch: finished(sketch) })
}

/** One step back: list, then sketch, then query, then selection. */
export function stepBack(ops: OpsStore): void {
  const { float, listOpen, point, tool, sketch } = ops.get()
  const before = sketch && stepBackIn(sketch)
  if (float) ops.set({ float: null })
  else if (listOpen) ops.set({ listOpen: false })
  else if (before) ops.set({ sketch: before })
  else if (sketch) takeTool(ops, 'select')
  else if (point) ops.set({ point: null, ranked: [] })
  else if (tool !== 'select') ops.set({ tool: 'select', centres: [], around: 'point' })
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
