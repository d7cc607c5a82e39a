import { describe, expect, it } from 'vitest'
import type { BedPool, Jurisdiction } from '../src/api/types'
import type { Position } from '../src/domain/geodesy'
import { readLink, writeLink, type Link } from '../src/domain/link'
import { anchorOf, boxOf, openMarks } from '../src/domain/marks'
import { radiusIn, toggled } from '../src/domain/radii'
import { reachOf } from '../src/domain/reach'
import { addVertex, crosses, emptySketch, enough, finished, geometryOf, measuresOf, stepBackIn, type SketchShape } from '../src/domain/sketch'
import { Picture } from '../src/feed/picture'
import type { Mark } from '../src/api/marks'
import { ambulance, station } from './build'

const drawn = (shape: SketchShape, ...vertices: Position[]) => vertices.reduce(addVertex, emptySketch(shape))

describe('a sketch', () => {
  it('grows by clicks and goes back step by step', () => {
    const line = drawn('LineString', [112, 39], [112, 39], [113, 39])
    expect(line.vertices).toHaveLength(2)
    expect(finished(line).done).toBe(true)
    expect(stepBackIn(finished(line))).toEqual(line)
    expect(stepBackIn(line)?.vertices).toEqual([[112, 39]])
    expect(stepBackIn(emptySketch('Polygon'))).toBeNull()
    expect(addVertex(finished(line), [1, 1])).toEqual({ shape: 'LineString', vertices: [[1, 1]], done: false })
  })

  it('is finished when it has enough', () => {
    expect(enough(drawn('Polygon', [0, 0], [1, 0]))).toBe(false)
    expect(geometryOf(drawn('LineString', [0, 0]))).toBeNull()
    expect(finished(drawn('LineString', [0, 0])).done).toBe(false)
    expect(drawn('Point', [1, 2])).toEqual({ shape: 'Point', vertices: [[1, 2]], done: true })
    expect(geometryOf(drawn('Polygon', [0, 0], [1, 0], [1, 1]))).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })
  })

  it('measures with the cursor as its next vertex', () => {
    const line = drawn('LineString', [112, 39], [113, 39])
    const running = measuresOf(line, [113, 40])
    expect(running.legs).toHaveLength(2)
    expect(running.length).toBeGreaterThan(measuresOf(line, null).length)
    expect(measuresOf(finished(line), [113, 40]).legs).toHaveLength(1)
    expect(running.area).toBeNull()
    const area = measuresOf(drawn('Polygon', [112, 39], [113, 39]), [113, 40])
    expect(area.area).toBeCloseTo(4_808_947_567, -6)
  })

  it('says when an outline crosses itself', () => {
    expect(crosses(drawn('Polygon', [0, 0], [1, 0], [1, 1], [0, 1]))).toBe(false)
    expect(crosses(drawn('Polygon', [0, 0], [1, 1], [1, 0], [0, 1]))).toBe(true)
    expect(crosses(drawn('LineString', [0, 0], [1, 1], [1, 0], [0, 1]))).toBe(false)
  })
})

describe('a link', () => {
  const link: Link = {
    view: { lon: 113.58042, lat: 37.85713, zoom: 11.25 },
    selected: 'amb-140300-001',
    tool: 'rings',
    point: { lon: 113.580412, lat: 37.857134, name: '锁簧站 & 东门' },
    nearest: false,
    rings: true,
    radiiKm: [3.5, 20],
  }

  it('opens the view it was made from', () => {
    expect(readLink(writeLink(link))).toEqual(link)
    const plain: Link = { ...link, selected: null, tool: 'select', point: null, nearest: true, radiiKm: [] }
    expect(readLink(writeLink(plain))).toEqual({ ...plain, rings: true })
  })

  it('leaves out what cannot be read', () => {
    const nothing = { view: null, selected: null, tool: 'select', point: null, nearest: true, rings: true, radiiKm: [] }
    for (const bad of ['', 'at=1,2', 'at=1,,3', 'at=200,0,3', 'from=1', 'from=a,b', 'sel=<b>', 'tool=rm', 'km=-5,x,900']) expect(readLink(bad)).toEqual(nothing)
  })
})

describe('radii', () => {
  it('are read as people type them', () => {
    expect(['5', ' 7.55 km', '3公里', '0', '-1', 'x', '', '501'].map(radiusIn)).toEqual([5, 7.6, 3, null, null, null, null, null])
  })

  it('are put in and taken out, but for the last', () => {
    expect(toggled([5, 20], 10)).toEqual([5, 10, 20])
    expect(toggled([5, 20], 5)).toEqual([20])
    expect(toggled([20], 20)).toEqual([20])
  })
})

function mark(id: string, over: Partial<Mark> = {}): Mark {
  return {
    kind: 'mark', id, version: 1, centre: '140300', jurisdiction: '140302', mark_type: 'note', title: id, text: '', geometry: { type: 'Point', coordinates: [113, 38] },
    incident_id: null, drawn_at: '2026-11-22T06:00:00Z', drawn_by: 'user:an', changed_at: null, changed_by: null, valid_until: null, ended_at: null, ended_by: null, ...over,
  }
}

function pictureOf(...entities: Parameters<Picture['put']>[0]['entity'][]): Picture {
  const picture = new Picture()
  for (const entity of entities) if (entity) picture.put({ kind: entity.kind, id: entity.id, entity })
  return picture
}

describe('marks', () => {
  it('on the map are those that have not ended, the newest first', () => {
    const picture = pictureOf(mark('a'), mark('b', { ended_at: '2026-11-22T07:00:00Z' }), mark('c', { drawn_at: '2026-11-22T08:00:00Z' }))
    expect(openMarks(picture).map((one) => one.id)).toEqual(['c', 'a'])
  })

  it('have their symbol in the middle', () => {
    expect(anchorOf({ type: 'LineString', coordinates: [[0, 0], [4, 0], [4, 2]] })).toEqual([3, 0])
    const [x, y] = anchorOf({ type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]] })
    expect([x, y]).toEqual([expect.closeTo(2, 9), expect.closeTo(1, 9)])
    expect(boxOf({ type: 'LineString', coordinates: [[0, 5], [4, 0]] })).toEqual([0, 0, 4, 5])
  })
})

describe('reach', () => {
  const pool = { kind: 'bed_pool', id: 'bed', version: 1, centre: '140300', jurisdiction: '140302', name: 'bed', lon: 113.58, lat: 37.86, physical: 9, staffed: 8, occupied: 3, held: 1, properties: ['icu'] } as BedPool
  const county = { kind: 'jurisdiction', id: 'jur', version: 1, centre: '140300', code: '140302', name: 'c', population: 90_000, parent: '140300', lon: 113.58, lat: 37.86 } as Jurisdiction
  const near = ambulance('near', { class: 'C', shift_id: 's' })
  const city = { ...county, id: 'city', code: '140300', population: 1_000_000 } as Jurisdiction
  // 0.1 degrees of latitude: some 11.1 km.
  const far = ambulance('far', { lat: 37.96, shift_id: 's' })
  const picture = pictureOf(county, city, station('s0', { jurisdiction: '140300', lat: 40 }), pool, near, far, ambulance('busy', { status: 'en_route' }), station('s1'), station('s2', { lat: 38.06 }), station('s3', { lat: 39 }))

  it('counts once what lies in two circles, and nothing outside', () => {
    const [inner, outer] = reachOf(picture, [{ lon: 113.58, lat: 37.86 }, { lon: 113.58, lat: 37.861 }], [5_000, 12_000], 0)
    expect(inner).toMatchObject({ ambulances: 1, negative: 1, stations: 1, icuBeds: 4, negativeBeds: 0, people: 30_000, uncovered: 0 })
    expect(inner?.summary).toMatchObject({ units: { total: 2, available: 1 }, beds: { pools: 1, staffed: 8, free: 4 } })
    expect(outer).toMatchObject({ ambulances: 2, stations: 1 })
  })

  it('says who has no ambulance in reach', () => {
    const all = [...picture.all('station')].map((s) => s as { lon: number; lat: number })
    const [tight, wide] = reachOf(picture, all as { lon: number; lat: number }[], [5_000, 12_000], 0)
    expect(tight).toMatchObject({ stations: 4, people: 90_000, uncovered: 60_000 })
    expect(wide?.uncovered).toBe(30_000)
  })
})
