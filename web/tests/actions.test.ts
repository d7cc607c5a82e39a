import { describe, expect, it } from 'vitest'
import { bedsNear } from '../src/domain/bedsNear'
import { mayRedirect, onTheWay } from '../src/domain/cases'
import { whoIs } from '../src/domain/people'
import { queueOf } from '../src/domain/queue'
import { divertTargets, mergeTargets } from '../src/domain/targets'
import { STALE_BEDS_MS } from '../src/domain/units'
import { intentOf } from '../src/dispatch/keymap'
import type { BedPool, Facility } from '../src/api/types'
import { assignment, at, call, incident, NOON, pictureOf } from './cases'

const base = (id: string) => ({ id, version: 1, centre: '140300', name: id, jurisdiction: '140302', lon: 113.58, lat: 37.86 })
const hospital = (id: string, north: number): Facility => ({ ...base(id), kind: 'facility', facility_type: 'hospital', lat: 37.86 + north })
const pool = (id: string, facility_id: string, over: Partial<BedPool> = {}): BedPool => ({
  ...base(id),
  kind: 'bed_pool',
  facility_id,
  properties: ['icu'],
  physical: 10,
  staffed: 8,
  occupied: 5,
  held: 1,
  reported_at: at(-60),
  ...over,
})
const HERE = { lon: 113.58, lat: 37.86 }

describe('beds', () => {
  it('lists hospitals with free beds of the kind, nearest first', () => {
    const picture = pictureOf(
      hospital('far', 0.3),
      hospital('near', 0.1),
      hospital('full', 0.01),
      hospital('gone', 0.01),
      pool('p1', 'far', { properties: ['negative_pressure', 'icu'] }),
      pool('p2', 'near'),
      pool('p3', 'full', { occupied: 7 }),
      pool('p4', 'gone', { retired: true }),
      pool('p5', 'near', { properties: ['paediatric'] }),
    )
    const ids = (wish: Parameters<typeof bedsNear>[2]) => bedsNear(picture, HERE, wish, NOON).map((row) => row.facility.id)
    expect(ids('any')).toEqual(['near', 'far'])
    expect(ids('negative_pressure')).toEqual(['far'])
    expect(ids('isolation')).toEqual([])
  })

  it('counts a bed with two properties once and says how old the oldest figure is', () => {
    const picture = pictureOf(
      hospital('h', 0.1),
      pool('p1', 'h', { properties: ['negative_pressure', 'icu'] }),
      pool('p2', 'h', { staffed: 9, reported_at: new Date(NOON - STALE_BEDS_MS - 1).toISOString() }),
    )
    expect(bedsNear(picture, HERE, 'any', NOON)[0]).toMatchObject({ free: 5, stale: true, reportedAt: NOON - STALE_BEDS_MS - 1 })
    const never = pictureOf(hospital('h', 0.1), pool('p1', 'h'), pool('p2', 'h', { reported_at: null }))
    expect(bedsNear(never, HERE, 'any', NOON)[0]).toMatchObject({ reportedAt: null, stale: true })
  })
})

describe('beds in use', () => {
  it('keep their places while somebody chooses', () => {
    const before = pictureOf(hospital('a', 0.1), hospital('b', 0.2), pool('p1', 'a'), pool('p2', 'b'))
    const kept = bedsNear(before, HERE, 'any', NOON).map((row) => row.facility.id)
    const after = pictureOf(hospital('a', 0.1), hospital('b', 0.2), hospital('new', 0.01), pool('p1', 'a', { occupied: 7 }), pool('p2', 'b'), pool('p3', 'new'))
    expect(bedsNear(after, HERE, 'any', NOON, kept).map((row) => [row.facility.id, row.free])).toEqual([['a', 0], ['b', 2], ['new', 2]])
  })
})

describe('targets', () => {
  const from = incident('a', { priority: 'P2' })
  const picture = pictureOf(from, incident('b', { lat: 37.9, priority: 'P1' }), incident('c', { lat: 37.87, priority: 'P2' }), incident('d', { status: 'closed', priority: 'P1' }), incident('e', { lat: 38.5, priority: 'P1' }))
  it('merge into the nearest open one', () => {
    expect(mergeTargets(picture, from).map((target) => target.incident.id)).toEqual(['c', 'b', 'e'])
  })
  it('divert to what is more urgent only', () => {
    expect(divertTargets(picture, from).map((target) => target.incident.id)).toEqual(['b', 'e'])
    expect(divertTargets(picture, incident('b', { priority: 'P1' }))).toEqual([])
  })
})

describe('recalls', () => {
  it.each([
    ['assigned', true, true],
    ['departed', true, true],
    ['arrived', false, true],
    ['left_scene', false, true],
    ['at_hospital', false, false],
    ['closed', false, false],
    ['cancelled', false, false],
  ] as const)('%s: on the way %s, destination open %s', (status, away, redirect) => {
    expect(onTheWay(assignment('a', { status }))).toBe(away)
    expect(mayRedirect(assignment('a', { status }))).toBe(redirect)
    expect(mayRedirect(assignment('a', { status, carries_patients: false }))).toBe(false)
  })
})

describe('people', () => {
  const zhang = { username: 'zhang', display_name: '张敏', role: 'dispatcher' as const, jurisdiction: '140300', active: true }
  it('are persons, programs or strangers', () => {
    const people = new Map([['zhang', zhang]])
    expect(whoIs(people, 'user:zhang')).toEqual({ type: 'person', person: zhang })
    expect(whoIs(people, 'user:li')).toEqual({ type: 'unknown', name: 'li' })
    expect(whoIs(people, 'token:pbx-1')).toEqual({ type: 'service', service: 'switch' })
    expect(whoIs(people, 'token:gps')).toEqual({ type: 'service', service: 'vehicle' })
    expect(whoIs(people, 'token:hospital-7')).toEqual({ type: 'service', service: 'device' })
    expect(whoIs(people, 'system')).toEqual({ type: 'system' })
  })
})

describe('unlinked calls', () => {
  it('wait in the queue until somebody says what they are', () => {
    const loose = call('c1', { status: 'ended', acceptance: 'normal' })
    const picture = pictureOf(loose, call('c2', { status: 'ended', acceptance: 'refused' }), call('c3', { status: 'ended', acceptance: 'normal', incident_id: 'i' }))
    expect(queueOf(picture, NOON).taking.map(({ id }) => id)).toEqual(['c1'])
  })
})

describe('keys of the case', () => {
  const press = (key: string) => ({ key, code: '', ctrl: false, alt: false, shift: false })
  it.each([
    ['b', 'beds'],
    ['r', 'reserve'],
    ['e', 'menu'],
    ['t', 'task'],
    ['+', 'zoom'],
    ['0', 'zoom'],
  ])('%s is %s, and text where somebody types', (key, type) => {
    expect(intentOf(press(key), false, true)?.type).toBe(type)
    expect(intentOf(press(key), true, true)).toBeNull()
    expect(intentOf(press(key), false, false)).toBeNull()
  })
})
