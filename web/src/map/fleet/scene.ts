/** Decides what stands on the map: clusters far out, stations with their pill, movers on their own. Pure. */
import type { Incident } from '../../api/cases'
import type { BedPool, Facility, Station, Stockpile, Unit } from '../../api/types'
import { bedState, freeBeds, stockState } from '../../domain/places'
import { shortNumber } from '../../domain/cases'
import { anchorOf, openMarks } from '../../domain/marks'
import { groupOf, HOME_RADIUS_M, isNegative, isStale, MOVING_MPS, roughDistance, UNIT_KINDS } from '../../domain/units'
import type { Picture } from '../../feed/picture'
import { mercatorX, mercatorY } from '../mercator'
import { clusters, thinned } from './cluster'
import type { Look, Node, SceneSettings } from './model'
import type { Motion, Motions } from './motion'
import { Sites, type Fixed, type Site } from './sites'

/** Below this zoom units are counted by place. */
export const CLUSTER_ZOOM = 9
/** From this zoom parked and available units stand on their own. */
export const OPEN_ZOOM = 13
/** From this zoom every place is drawn. */
const NEAR_ZOOM = 11.5
const FAN_WIDTH = 4
const FAN_STEP_PX = 27
/** Room for the pill that sticks out at the right. */
const PILL_PX = 13
const SLOT_PX = { station: 27, facility: 27, bed_pool: 47, stockpile: 28 } as const

export function buildScene(picture: Picture, motions: Motions, settings: SceneSettings): Node[] {
  const units = visibleUnits(picture, settings)
  const kept = (unit: { id: string }) => unit.id === settings.selected || settings.ranks.has(unit.id)
  if (settings.zoom < CLUSTER_ZOOM) {
    const own = units.filter(kept).map((unit) => unitNode(unit, picture, motions, settings, null))
    const fixed = fixedNodes(picture, settings, new Map(), new Sites(settings.zoom)).filter((node) => node.selected || node.rank !== null)
    return [...fixed, ...clusters(picture, units.filter((unit) => !kept(unit)), settings.zoom, settings), ...own, ...marks(picture, settings), ...incidents(picture, settings)]
  }
  const ready = new Map<string, number>()
  const sites = new Sites(settings.zoom)
  const own: Node[] = []
  for (const unit of units) {
    const home = homeOf(unit, picture)
    if (home && unit.status === 'available' && settings.zoom < OPEN_ZOOM && !kept(unit) && showsPill(home, settings)) {
      ready.set(home.id, (ready.get(home.id) ?? 0) + 1)
      continue
    }
    // Standing at home without being available: a short row below the house, the rest when zoomed in.
    const site = home ? sites.of(home) : null
    if (site && site.units >= FAN_WIDTH && settings.zoom < OPEN_ZOOM && !kept(unit)) continue
    own.push(unitNode(unit, picture, motions, settings, site))
  }
  return [...fixedNodes(picture, settings, ready, sites), ...thinned(own, settings.zoom), ...marks(picture, settings), ...incidents(picture, settings)].sort((a, b) => level(a) - level(b))
}

/** What the operator asked for lies above everything else. */
function level(node: Node): number {
  return node.selected ? 3 : node.look.type === 'incident' || node.look.type === 'mark' ? 2 : node.rank !== null ? 1 : 0
}

/** Open events: never hidden, never inside a count. */
function incidents(picture: Picture, settings: SceneSettings): Node[] {
  const nodes: Node[] = []
  for (const incident of picture.all<Incident>('incident')) {
    if (incident.status === 'closed') continue
    const selected = incident.id === settings.selected
    const look: Look = { type: 'incident', priority: incident.priority, held: incident.status === 'held' }
    const at = standing(incident.lon, incident.lat)
    nodes.push({ id: incident.id, look, at, dx: 0, dy: 0, name: shortNumber(incident.number), selected, rank: null, label: selected ? 0 : 1 })
  }
  return nodes.sort((a, b) => Number(a.selected) - Number(b.selected))
}

/** What people drew: a board with its title; the shape itself lies on the ground. */
function marks(picture: Picture, settings: SceneSettings): Node[] {
  if (!settings.marks) return []
  return openMarks(picture).map((mark) => {
    const selected = mark.id === settings.selected
    const at = standing(...anchorOf(mark.geometry))
    return { id: mark.id, look: { type: 'mark', mark: mark.mark_type }, at, dx: 0, dy: 0, name: mark.title, selected, rank: null, label: mark.title ? (selected ? 0 : 2) : null }
  })
}

function visibleUnits(picture: Picture, settings: SceneSettings): Unit[] {
  const units: Unit[] = []
  for (const kind of UNIT_KINDS) {
    for (const unit of picture.all<Unit>(kind)) {
      const asked = unit.id === settings.selected || settings.ranks.has(unit.id)
      const shown = !settings.hidden.has(kind) && (settings.unitFilter === 'all' || groupOf(unit.status) === settings.unitFilter)
      if (!unit.retired && (shown || asked)) units.push(unit)
    }
  }
  return units
}

/** The place a unit is parked at, or null when it is away. */
export function homeOf(unit: Unit, picture: Picture): Station | Facility | null {
  const home = unit.home_id ? picture.get(unit.home_id) : undefined
  if (home?.kind !== 'station' && home?.kind !== 'facility') return null
  const fix = picture.fixes.get(unit.id)
  if (!fix) return home
  return roughDistance(fix.lon, fix.lat, home.lon, home.lat) <= HOME_RADIUS_M ? home : null
}

function showsPill(home: Station | Facility, settings: SceneSettings): boolean {
  return !settings.hidden.has(home.kind)
}

function fan(slot: number): [number, number] {
  const row = Math.floor(slot / FAN_WIDTH)
  return [((slot % FAN_WIDTH) - 0.5) * FAN_STEP_PX, 30 + row * FAN_STEP_PX]
}

function unitNode(unit: Unit, picture: Picture, motions: Motions, settings: SceneSettings, site: Site | null): Node {
  const fix = picture.fixes.get(unit.id)
  const stale = isStale(unit, fix, settings.now)
  const rank = settings.ranks.get(unit.id) ?? null
  const selected = unit.id === settings.selected
  const moving = fix !== undefined && fix.heading !== null && (fix.speed ?? 0) >= MOVING_MPS && !stale
  const look: Look = {
    type: 'unit',
    kind: unit.kind,
    status: unit.status,
    vehicle: unit.kind === 'special_vehicle' ? unit.vehicle_type : '',
    negative: isNegative(unit),
    stale,
    heading: moving ? fix.heading : null,
    ageMs: fix ? settings.now - fix.at : 0,
  }
  const busy = groupOf(unit.status) === 'busy'
  const label = selected ? 0 : rank !== null ? 1 : settings.zoom >= 10 && (busy || moving || settings.zoom >= 12) ? 4 : null
  const at = site ? anchor(site) : ((fix && motions.get(unit.id)) ?? standing(fix?.lon ?? unit.lon, fix?.lat ?? unit.lat))
  const [dx, dy] = site ? fan(site.units++) : [0, 0]
  return { id: unit.id, look, at, dx, dy, name: unit.name, selected, rank, label }
}

function anchor(site: Site): Motion {
  const { x, y } = site
  return { x, y, px: x, py: y, start: 0, span: 0 }
}

function standing(lon: number, lat: number): Motion {
  const x = mercatorX(lon)
  const y = mercatorY(lat)
  return { x, y, px: x, py: y, start: 0, span: 0 }
}

interface FixedDraft {
  entity: Fixed
  look: Look
  label: number | null
}

function fixedNodes(picture: Picture, settings: SceneSettings, ready: ReadonlyMap<string, number>, sites: Sites): Node[] {
  const drafts = [
    ...stations(picture, settings, ready),
    ...facilities(picture, settings, ready),
    ...beds(picture, settings),
    ...stockpiles(picture, settings),
  ]
  const nodes: Node[] = []
  for (const { entity, look, label } of drafts) {
    const site = sites.of(entity)
    const selected = entity.id === settings.selected
    const rank = settings.ranks.get(entity.id) ?? null
    // A hospital beside its own station says nothing new from afar.
    if (entity.kind === 'facility' && site.right !== null && settings.zoom < NEAR_ZOOM && !selected && rank === null) continue
    const width = SLOT_PX[entity.kind]
    const dx = site.right === null ? 0 : site.right + width / 2
    site.right = dx + width / 2 + (look.type === 'station' || (look.type === 'facility' && look.ready > 0) ? PILL_PX : 0)
    const at = anchor(site)
    nodes.push({ id: entity.id, look, at, dx, dy: 0, name: entity.name, selected, rank, label: selected ? 0 : rank !== null ? 1 : label })
  }
  return declutter(nodes, settings.zoom)
}

function asked(settings: SceneSettings, entity: { id: string; retired?: boolean; kind: Fixed['kind'] }): boolean {
  if (entity.retired) return false
  return !settings.hidden.has(entity.kind) || entity.id === settings.selected || settings.ranks.has(entity.id)
}

function stations(picture: Picture, settings: SceneSettings, ready: ReadonlyMap<string, number>): FixedDraft[] {
  return [...picture.all<Station>('station')]
    .filter((entity) => asked(settings, entity))
    .map((entity) => {
      const city = entity.tier === 'centre'
      const label = city || entity.tier === 'sub_centre' ? (settings.zoom >= 9.6 ? 3 : null) : settings.zoom >= 10.5 ? 5 : null
      return { entity, look: { type: 'station', state: 'ok', ready: ready.get(entity.id) ?? 0, city }, label }
    })
}

function facilities(picture: Picture, settings: SceneSettings, ready: ReadonlyMap<string, number>): FixedDraft[] {
  return [...picture.all<Facility>('facility')]
    .filter((entity) => asked(settings, entity))
    .map((entity) => {
      const label = settings.zoom >= 11 ? 6 : null
      return { entity, look: { type: 'facility', facilityType: entity.facility_type ?? 'hospital', ready: ready.get(entity.id) ?? 0 }, label }
    })
}

/** One tag a facility, for the property chosen in the tree. */
function beds(picture: Picture, settings: SceneSettings): FixedDraft[] {
  const byFacility = new Map<string, BedPool[]>()
  for (const pool of picture.all<BedPool>('bed_pool')) {
    if (!asked(settings, pool)) continue
    const chosen = settings.bedProperty !== null && (pool.properties ?? []).includes(settings.bedProperty)
    const named = pool.id === settings.selected || settings.ranks.has(pool.id)
    if (!chosen && !named) continue
    const key = pool.id === settings.selected ? pool.id : (pool.facility_id ?? pool.id)
    byFacility.set(key, [...(byFacility.get(key) ?? []), pool])
  }
  const rankOf = (pool: BedPool) => settings.ranks.get(pool.id) ?? Number.POSITIVE_INFINITY
  for (const pools of byFacility.values()) pools.sort((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)))
  return [...byFacility.values()].map((pools) => {
    const entity = pools[0] as BedPool
    const free = pools.reduce((sum, pool) => sum + freeBeds(pool), 0)
    const negative = (entity.properties ?? []).includes('negative_pressure')
    return { entity, look: { type: 'bed_pool', state: bedState(pools, settings.now), free, negative }, label: null }
  })
}

function stockpiles(picture: Picture, settings: SceneSettings): FixedDraft[] {
  return [...picture.all<Stockpile>('stockpile')]
    .filter((entity) => asked(settings, entity))
    .map((entity) => ({ entity, look: { type: 'stockpile', state: stockState(entity, settings.now) }, label: settings.zoom >= 12.5 ? 7 : null }))
}

/** While zoomed out, hospitals and stores give way to stations and to each other; trouble never does. */
function declutter(nodes: Node[], zoom: number): Node[] {
  if (zoom >= NEAR_ZOOM) return nodes
  const world = 512 * 2 ** zoom
  const order = (node: Node) => (node.selected || node.rank !== null ? 0 : ORDER[node.look.type])
  const placed: { x: number; y: number }[] = []
  const kept = new Set<Node>()
  for (const node of [...nodes].sort((a, b) => order(a) - order(b))) {
    const x = node.at.x * world + node.dx
    const y = node.at.y * world + node.dy
    const must = order(node) <= 1
    if (!must && placed.some((p) => Math.abs(p.x - x) < 22 && Math.abs(p.y - y) < 20)) continue
    placed.push({ x, y })
    kept.add(node)
  }
  return nodes.filter((node) => kept.has(node))
}

const ORDER: Record<Look['type'], number> = { unit: 0, cluster: 0, incident: 0, mark: 0, station: 1, bed_pool: 2, stockpile: 3, facility: 4 }
