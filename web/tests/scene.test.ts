import { describe, expect, it } from 'vitest'
import { Picture } from '../src/feed/picture'
import type { Entity } from '../src/api/types'
import type { SceneSettings } from '../src/map/fleet/model'
import { Motions, place } from '../src/map/fleet/motion'
import { PickIndex } from '../src/map/fleet/pick'
import { buildScene } from '../src/map/fleet/scene'
import { ambulance, station } from './build'

const NOW = Date.parse('2026-11-22T06:00:00Z')

function picture(...entities: Entity[]): Picture {
  const p = new Picture()
  for (const entity of entities) p.put({ kind: entity.kind, id: entity.id, entity })
  return p
}

function settings(over: Partial<SceneSettings> = {}): SceneSettings {
  return { zoom: 10, now: NOW, hidden: new Set(), bedProperty: null, unitFilter: 'all', selected: null, ranks: new Map(), marks: true, ...over }
}

const scene = (p: Picture, over?: Partial<SceneSettings>) => buildScene(p, new Motions(), settings(over))

describe('scene', () => {
  const parked = [station('sta-1'), ambulance('a1'), ambulance('a2')]

  it('parked and available units live in the pill of their station', () => {
    const nodes = scene(picture(...parked))
    expect(nodes.map((n) => n.id)).toEqual(['sta-1'])
    expect(nodes[0]?.look).toMatchObject({ type: 'station', ready: 2 })
  })

  it('from zoom 13 they stand on their own', () => {
    const nodes = scene(picture(...parked), { zoom: 13 })
    expect(nodes.map((n) => n.id).sort()).toEqual(['a1', 'a2', 'sta-1'])
    expect(nodes.find((n) => n.id === 'sta-1')?.look).toMatchObject({ ready: 0 })
  })

  it('the selected and the ranked unit leave the pill', () => {
    const nodes = scene(picture(...parked), { selected: 'a1', ranks: new Map([['a2', 1]]) })
    expect(nodes.find((n) => n.id === 'a1')?.selected).toBe(true)
    expect(nodes.find((n) => n.id === 'a2')?.rank).toBe(1)
  })

  it('with the station layer off nothing is lost in a hidden pill', () => {
    const nodes = scene(picture(...parked), { hidden: new Set(['station']) })
    expect(nodes.map((n) => n.id).sort()).toEqual(['a1', 'a2'])
  })

  it('a unit away from home stands where its fix is', () => {
    const p = picture(...parked)
    p.fix(['a1', 113.7, 37.9, 12, 90, NOW - 1_000])
    const nodes = scene(p)
    expect(nodes.find((n) => n.id === 'a1')?.look).toMatchObject({ type: 'unit', stale: false, heading: 90 })
  })

  it('a crowd is counted where it is dense, and nobody is lost or counted twice', () => {
    const units = Array.from({ length: 2_000 }, (_, n) => ambulance(`u${n}`, { status: n % 4 ? 'en_route' : 'available' }))
    const p = picture(...units)
    units.forEach(({ id }, n) => p.fix([id, 113 + (n % 50) * 0.002, 37 + Math.floor(n / 50) * 0.002, 12, 90, NOW - 1_000]))
    const nodes = scene(p, { selected: 'u7', ranks: new Map([['u9', 1]]) })
    expect(nodes.length).toBeLessThan(100)
    const own = nodes.filter((n) => n.look.type === 'unit')
    expect(own.map((n) => n.id)).toEqual(expect.arrayContaining(['u7', 'u9']))
    const counts = nodes.flatMap((n) => (n.look.type === 'cluster' ? [n.look.counts] : []))
    const sum = counts.reduce((all, { ready, out, pat, idle }) => all + ready + out + pat + idle, 0)
    expect(sum + own.length).toBe(2_000)
    // Close up everybody stands on his own again.
    expect(scene(p, { zoom: 18 }).filter((n) => n.look.type === 'unit')).toHaveLength(2_000)
    expect(scene(picture(...units.slice(0, 500)), { zoom: 13 }).filter((n) => n.look.type === 'unit')).toHaveLength(500)
  })

  it('an old fix makes a busy unit stale and takes its wedge', () => {
    const p = picture(station('sta-1'), ambulance('a1', { status: 'en_route' }))
    p.fix(['a1', 113.7, 37.9, 12, 90, NOW - 3 * 60_000])
    expect(scene(p).find((n) => n.id === 'a1')?.look).toMatchObject({ stale: true, heading: null })
  })

  it('far out a count stands for each county', () => {
    const far = ambulance('a3', { jurisdiction: '140321', lon: 113.2, lat: 38.4, status: 'en_route' })
    const nodes = scene(picture(...parked, far), { zoom: 8.5 })
    expect(nodes.map((n) => n.look)).toEqual([
      { type: 'cluster', counts: { ready: 2, out: 0, pat: 0, idle: 0 } },
      { type: 'cluster', counts: { ready: 0, out: 1, pat: 0, idle: 0 } },
    ])
  })

  it('filters and layers leave out what they should', () => {
    const p = picture(...parked, ambulance('a3', { status: 'on_scene' }))
    expect(scene(p, { unitFilter: 'busy' }).filter((n) => n.look.type === 'unit').map((n) => n.id)).toEqual(['a3'])
    expect(scene(p, { hidden: new Set(['ambulance']) }).map((n) => n.id)).toEqual(['sta-1'])
  })

  it('retired things never appear', () => {
    expect(scene(picture(station('sta-1', { retired: true }), ambulance('a1', { retired: true })))).toEqual([])
  })
})

describe('motion', () => {
  it('glides over one tick and jumps over a correction', () => {
    const m = new Motions()
    m.take('a', { lon: 113, lat: 38, speed: 1, heading: 0, at: 1 }, 0)
    m.take('a', { lon: 113.001, lat: 38, speed: 1, heading: 0, at: 2 }, 1_000)
    const half = place(m.get('a')!, 1_500)
    expect(half.x).toBeCloseTo((113.0005 + 180) / 360, 9)
    m.take('a', { lon: 114, lat: 38, speed: 1, heading: 0, at: 3 }, 2_000)
    expect(place(m.get('a')!, 2_000).x).toBeCloseTo((114 + 180) / 360, 9)
  })
})

describe('pick', () => {
  it('takes the nearest thing within 20 px', () => {
    const nodes = scene(picture(station('s1', { lon: 113 }), station('s2', { lon: 113.1 })), { zoom: 12 })
    const world = 512 * 2 ** 12
    const index = new PickIndex(nodes, 0, (x, y) => ({ x: (x - nodes[0]!.at.x) * world, y: (y - nodes[0]!.at.y) * world }))
    expect(index.at(12, 5)?.id).toBe('s1')
    expect(index.at(0, 60)).toBeNull()
  })
})
