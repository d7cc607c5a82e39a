/** Far out, units are counted by county or by city, so that a count means a place; in a crowd, by cell. */
import type { Jurisdiction, Unit, UnitStatus } from '../../api/types'
import type { Picture } from '../../feed/picture'
import { mercatorX, mercatorY } from '../mercator'
import { LOOKS } from '../symbols/units'
import type { ClusterCounts } from '../symbols/fixed'
import type { Node, SceneSettings } from './model'

/** Below this zoom counties are summed into their city. */
export const CITY_ZOOM = 7.4
const RADIUS_PX = 40
/** Units on their own that a screen can still tell apart; where there are more, those who stand close are counted. */
const CROWD = 600
const CELL_PX = 64
/** So many of a cell are not worth a count. */
const FEW = 3

interface Cluster {
  code: string
  name: string
  x: number
  y: number
  counts: ClusterCounts
}

export function clusters(picture: Picture, units: readonly Unit[], zoom: number, { byCounty = false, clusterPx = RADIUS_PX }: Pick<SceneSettings, 'byCounty' | 'clusterPx'> = {}): Node[] {
  const jurisdictions = new Map([...picture.all<Jurisdiction>('jurisdiction')].map((j) => [j.code, j]))
  const byPlace = new Map<string, Cluster>()
  for (const unit of units) {
    const code = zoom < CITY_ZOOM && !byCounty ? unit.centre : unit.jurisdiction
    const cluster = byPlace.get(code) ?? newCluster(code, jurisdictions.get(code), unit)
    cluster.counts[familyOf(unit.status)] += 1
    byPlace.set(code, cluster)
  }
  return merge([...byPlace.values()], zoom, clusterPx).map((cluster) => node(cluster))
}

function newCluster(code: string, jurisdiction: Jurisdiction | undefined, unit: Unit): Cluster {
  const { lon, lat } = jurisdiction ?? unit
  const counts = { ready: 0, out: 0, pat: 0, idle: 0 }
  return { code, name: jurisdiction?.name ?? code, x: mercatorX(lon), y: mercatorY(lat), counts }
}

function familyOf(status: UnitStatus): keyof ClusterCounts {
  const { family } = LOOKS[status]
  if (family === 'ready') return status === 'available' ? 'ready' : 'out'
  if (family === 'out' || family === 'scene') return 'out'
  return family === 'pat' ? 'pat' : 'idle'
}

/** Counts who stands close in a crowd, by cells of the screen. Who was asked for stays on his own. */
export function thinned(units: readonly Node[], zoom: number): Node[] {
  if (units.length <= CROWD) return [...units]
  const cellsAcross = (512 * 2 ** zoom) / CELL_PX
  const cells = new Map<string, Node[]>()
  const shown: Node[] = []
  for (const unit of units) {
    if (unit.selected || unit.rank !== null) {
      shown.push(unit)
      continue
    }
    const key = `${Math.floor(unit.at.x * cellsAcross)}/${Math.floor(unit.at.y * cellsAcross)}`
    const cell = cells.get(key)
    if (cell) cell.push(unit)
    else cells.set(key, [unit])
  }
  for (const [key, inside] of cells) shown.push(...(inside.length <= FEW ? inside : [counted(key, inside)]))
  return shown
}

function counted(key: string, units: readonly Node[]): Node {
  const counts = { ready: 0, out: 0, pat: 0, idle: 0 }
  for (const { look } of units) if (look.type === 'unit') counts[familyOf(look.status)] += 1
  const mean = (axis: 'x' | 'y') => units.reduce((sum, unit) => sum + unit.at[axis], 0) / units.length
  return node({ code: `cell/${key}`, name: '', x: mean('x'), y: mean('y'), counts })
}

/** The bigger one takes in what would overlap it. */
function merge(all: Cluster[], zoom: number, radius: number): Cluster[] {
  const world = 512 * 2 ** zoom
  const kept: Cluster[] = []
  for (const cluster of all.sort((a, b) => total(b) - total(a))) {
    const near = kept.find((k) => Math.hypot(k.x - cluster.x, k.y - cluster.y) * world < radius)
    if (!near) kept.push(cluster)
    else for (const family of ['ready', 'out', 'pat', 'idle'] as const) near.counts[family] += cluster.counts[family]
  }
  return kept
}

function total(cluster: Cluster): number {
  const { ready, out, pat, idle } = cluster.counts
  return ready + out + pat + idle
}

function node(cluster: Cluster): Node {
  const { x, y, code, name, counts } = cluster
  const at = { x, y, px: x, py: y, start: 0, span: 0 }
  return { id: `cluster:${code}`, look: { type: 'cluster', counts }, at, dx: 0, dy: 0, name, selected: false, rank: null, label: null }
}
