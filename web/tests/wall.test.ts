import { describe, expect, it } from 'vitest'
import type { BedPool, Jurisdiction, Norm, Stockpile, Team } from '../src/api/types'
import { readinessOf } from '../src/domain/readiness'
import { bedTotals, cut, fleetOf, hospitalBeds, openCases, stockAlerts, teamsOf, wallLines } from '../src/domain/wall'
import type { FeedEvent } from '../src/feed/store'
import { ambulance } from './build'
import { assignment, at, call, incident, NOON, pictureOf } from './cases'

const pool = (id: string, over: Partial<BedPool> = {}): BedPool => ({
  kind: 'bed_pool', id, version: 1, centre: '140300', jurisdiction: '140300', name: id, lon: 113, lat: 38, facility_id: 'fac-1',
  physical: 10, staffed: 10, occupied: 5, held: 1, reported_at: at(-600), properties: ['negative_pressure'], ...over,
})
const stock = (id: string, lots: Stockpile['lots']): Stockpile => ({ kind: 'stockpile', id, version: 1, centre: '140300', jurisdiction: '140300', name: id, lon: 113, lat: 38, lots })
const lot = (item: string, quantity: number, expiry: string | null, per_day = false) => ({ id: `${item}-${expiry}`, item_id: item, quantity, unit: 'x', expiry, per_day })
const area = (code: string, over: Partial<Jurisdiction> = {}): Jurisdiction => ({ kind: 'jurisdiction', id: `jur-${code}`, version: 1, centre: '140600', code, name: code, tier: 'county', lon: 113, lat: 38, ...over })
const norm = (id: string, key: string, value: number, over: Partial<Norm> = {}): Norm => ({
  kind: 'norm', id, version: 1, centre: '140600', key, place: '140600', value, operator: '>=', unit: 'count', base: 'existence', source_row: id, doc_status: 'in_force', ...over,
})
const team = (id: string, over: Partial<Team> = {}): Team => ({
  kind: 'team', id, version: 1, centre: '140600', jurisdiction: '140600', name: id, lon: 113, lat: 38, status: 'available', tier: 'city', category: 'infectious_disease', members: 40, ...over,
})

describe('ambulances', () => {
  const units = [ambulance('a1'), ambulance('a2', { status: 'en_route' }), ambulance('a3', { status: 'suspended' }), ambulance('a4', { retired: true })]
  it('are counted by status and group; of one centre by county', () => {
    const fleet = fleetOf(pictureOf(...units, ambulance('a5', { jurisdiction: '140321' })))
    expect(fleet).toMatchObject({ total: 4, groups: { available: 2, busy: 1, off: 1 } })
    expect(fleet.byStatus.get('en_route')).toBe(1)
    expect(fleet.areas.map(({ code, total }) => [code, total])).toEqual([['140302', 3], ['140321', 1]])
  })
  it('of several centres by centre', () => {
    expect(fleetOf(pictureOf(...units, ambulance('b', { centre: '140600' }))).areas.map(({ code }) => code)).toEqual(['140300', '140600'])
  })
})

describe('beds by hospital', () => {
  it('count a bed of both kinds in both columns and keep the oldest report', () => {
    const rows = hospitalBeds(pictureOf(pool('b1'), pool('b2', { properties: ['icu', 'negative_pressure'], reported_at: at(-3_600), occupied: 9 }), pool('b3', { properties: ['isolation'] })), NOON)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ negative: { free: 4, state: 'ok' }, icu: { free: 0, state: 'none' }, reportedAt: Date.parse(at(-3_600)), stale: false })
    expect(bedTotals(rows)).toMatchObject({ negative: 4, icu: 0, unreported: 0 })
  })
  it('say when a report is old or has never come', () => {
    const [old] = hospitalBeds(pictureOf(pool('b', { reported_at: at(-5 * 3600) })), NOON)
    expect(old).toMatchObject({ stale: true, negative: { state: 'ok' } })
    const [never] = hospitalBeds(pictureOf(pool('b', { reported_at: null })), NOON)
    expect(never).toMatchObject({ stale: true, reportedAt: null })
  })
})

describe('stock', () => {
  it('announces what is gone and what ends within 60 days, the nearest first', () => {
    const picture = pictureOf(stock('s1', [lot('n95', 5, '2026-11-21'), lot('suit', 7, '2026-12-22'), lot('suit', 90, '2027-12-31'), lot('mask', 3, '2027-06-30'), lot('daily', 3, '2026-11-23', true)]), stock('s2', [lot('gown', 4, '2026-11-22')]))
    expect(stockAlerts(picture, NOON).map(({ key, kind, days, quantity, ending }) => [key, kind, days, quantity, ending])).toEqual([
      ['s1/n95', 'out', null, 0, 0],
      ['s2/gown', 'expiring', 0, 4, 4],
      ['s1/suit', 'expiring', 30, 97, 7],
    ])
  })
})

describe('readiness', () => {
  it('holds what could go now against the norm of each place', () => {
    const fleet = Array.from({ length: 20 }, (_, i) => ambulance(`a${i}`, { centre: '140600', class: i < 2 ? 'C' : 'B', status: i === 0 ? 'en_route' : 'available' }))
    const rows = readinessOf(pictureOf(...fleet, norm('n', 'ambulance.negative_ratio', 10)), '2026-11-22')
    expect(rows).toEqual([{ key: 'negative', ready: 1, registered: 2, wanted: 2, state: 'near', sources: ['n'] }])
  })
  it('of two readings the stricter counts; a norm of another day does not', () => {
    const people = area('140600', { tier: 'city', population: 100_000 })
    const one = norm('n1', 'ambulance.per_population', 1, { base: 'per_20000_residents' })
    const two = norm('n2', 'ambulance.per_population', 0.32, { base: 'per_10000_residents' })
    const gone = norm('n3', 'ambulance.per_population', 9, { base: 'per_10000_residents', valid_to: '2025-12-31' })
    const [row] = readinessOf(pictureOf(people, one, two, gone, ambulance('a', { centre: '140600' })), '2026-11-22')
    expect(row).toMatchObject({ wanted: 5, ready: 1, state: 'missed' })
  })
  it('counts counties that have a team, and people of the city team', () => {
    const counties = ['140602', '140603'].map((code) => area(code, { parent: '140600' }))
    const teams = [team('t1', { members: 36 }), team('t2', { tier: 'county', jurisdiction: '140602' }), team('t3', { tier: 'county', category: 'cdc', jurisdiction: '140603', status: 'suspended' })]
    const norms = [norm('n1', 'team.city_infectious.min_members', 40), norm('n2', 'team.county_infectious.coverage', 100)]
    const rows = readinessOf(pictureOf(...counties, ...teams, ...norms), '2026-11-22')
    expect(rows.map(({ key, ready, wanted, state }) => [key, ready, wanted, state])).toEqual([['city_team', 36, 40, 'missed'], ['county_teams', 1, 2, 'near']])
    expect(teamsOf(pictureOf(...teams, team('t4', { members: 4, required_members: 5 })))).toMatchObject({ groups: { available: 3, off: 1 }, short: 1 })
  })
})

describe('open incidents', () => {
  it('stand by priority and the order they came; an order nobody received is said', () => {
    const rows = openCases(
      pictureOf(
        call('c1'),
        incident('1', { priority: 'P2', assignment_ids: ['x'] }),
        incident('2', { priority: 'P1', opened_at: at(60) }),
        incident('3', { status: 'closed' }),
        assignment('x', { incident_id: '1', assigned_at: at(0) }),
      ),
      NOON + 61_000,
    )
    expect(rows.ringing).toBe(1)
    expect(rows.cases.map(({ row, state }) => [row.incident.id, state])).toEqual([['2', 'waiting'], ['1', 'unreceived']])
  })
})

describe('last events', () => {
  const event = (key: number, after: FeedEvent['applied'][number]['after']): FeedEvent => ({ key, message: { seq: key, at: at(key), actor: 'user:zhang', command: null }, applied: [{ before: undefined, after }] })
  it('leave out hand-overs, which name persons', () => {
    const handover = { kind: 'handover', id: 'h', version: 1, centre: '140300', from: 'user:zhang', to: 'user:li', accepted_at: null } as never
    const lines = wallLines([event(2, handover), event(1, incident('1'))], pictureOf(), NOON, 4)
    expect(lines.map(({ id }) => id)).toEqual(['1'])
  })
  it('are filled up by what the picture tells', () => {
    const busy = ambulance('a', { status: 'en_route', status_since: at(-60) })
    expect(wallLines([], pictureOf(busy), NOON, 4).map(({ id }) => id)).toEqual(['a'])
  })
})

describe('cutting', () => {
  it('keeps the most pressing rows in their own order and counts the rest', () => {
    expect(cut([3, 0, 2, 1], 4)).toEqual({ shown: [3, 0, 2, 1], rest: 0 })
    expect(cut([3, 0, 2, 1], 3, (n) => n)).toEqual({ shown: [0, 1], rest: 2 })
    expect(cut([3, 0], 0)).toEqual({ shown: [], rest: 2 })
  })
})
