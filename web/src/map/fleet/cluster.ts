/** Far out, units are counted by county or by city, so that a count means a place. */
import type { Jurisdiction, Unit } from '../../api/types'
import type { Picture } from '../../feed/picture'
import { mercatorX, mercatorY } from '../mercator'
import { LOOKS } from '../symbols/units'
import type { ClusterCounts } from '../symbols/fixed'
import type { Node, SceneSettings } from './model'

/** Below this zoom counties are summed into their city. */
export const CITY_ZOOM = 7.4
const RADIUS_PX = 40

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
    cluster.counts[familyOf(unit)] += 1
    byPlace.set(code, cluster)
  }
  return merge([...byPlace.values()], zoom, clusterPx).map((cluster) => node(cluster))
}

function newCluster(code: string, jurisdiction: Jurisdiction | undefined, unit: Unit): Cluster {
  const { lon, lat } = jurisdiction ?? unit
  const counts = { ready: 0, out: 0, pat: 0, idle: 0 }
  return { code, name: jurisdiction?.name ?? code, x: mercatorX(lon), y: mercatorY(lat), counts }
}

function familyOf(unit: Unit): keyof ClusterCounts {
  const { family } = LOOKS[unit.status]
  if (family === 'ready') return unit.status === 'available' ? 'ready' : 'out'
  if (family === 'out' || family === 'scene') return 'out'
  return family === 'pat' ? 'pat' : 'idle'
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
