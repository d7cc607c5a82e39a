import { describe, expect, it } from 'vitest'
import type { BedPool, Entity, Stockpile } from '../src/api/types'
import { bedDraft, centresOf, reportOf, sumOf } from '../src/domain/beds'
import { draftOf, faultsOf, FIELDS, FORM_KINDS, homeOf, matches, resourceOf } from '../src/domain/registry'
import { countOf, differing, lotDraft, mediansOf, rowsOf } from '../src/domain/stock'
import { Picture } from '../src/feed/picture'
import { en } from '../src/i18n/en'
import { zh } from '../src/i18n/zh'

const NOW = Date.parse('2026-11-22T06:00:00Z')
const ambulance = {
  kind: 'ambulance',
  id: 'amb-1',
  version: 3,
  centre: '140300',
  visible_to: ['140600'],
  name: '城区01号',
  plate: '晋C·J5988',
  jurisdiction: '140302',
  home_id: 'sta-1',
  class: 'C',
  capabilities: ['transport'],
  equipment: [],
  status: 'available',
  source: 'demo',
  lon: 113.58,
  lat: 37.86,
} as unknown as Entity

describe('registry forms', () => {
  it('name every field and every choice in both languages', () => {
    for (const kind of FORM_KINDS)
      for (const field of FIELDS[kind]) {
        expect(`field.${field.name}` in zh && `field.${field.name}` in en, field.name).toBe(true)
        for (const option of field.options ?? []) expect(`${field.family}.${option}` in zh, `${field.family}.${option}`).toBe(true)
      }
  })

  it('send a standing resource back as it is', () => {
    const resource = resourceOf('ambulance', draftOf('ambulance', ambulance), ambulance)
    expect(resource).toEqual({ kind: 'ambulance', id: 'amb-1', visible_to: ['140600'], name: '城区01号', plate: '晋C·J5988', jurisdiction: '140302', home_id: 'sta-1', class: 'C', capabilities: ['transport'], equipment: [], lon: 113.58, lat: 37.86, source: 'demo' })
  })

  it('name no point for what stands at its home, so that it moves along', () => {
    const home = { kind: 'station', id: 'sta-1', lon: 113.58, lat: 37.86 } as unknown as Entity
    expect(homeOf(ambulance)).toBe('sta-1')
    const resource = resourceOf('ambulance', { ...draftOf('ambulance', ambulance, home), home_id: 'sta-2' }, ambulance)
    expect('lon' in resource).toBe(false)
    expect(draftOf('ambulance', ambulance, { ...home, lon: 113.59 } as unknown as Entity).point).toEqual({ lon: 113.58, lat: 37.86 })
  })

  it('find what is missing or out of range', () => {
    expect(faultsOf('station', { name: '站', service_radius_m: '0', zone: 'urban' }, false)).toEqual({ jurisdiction: 'needed', tier: 'needed', service_radius_m: 'too_small', point: 'needed', source: 'needed' })
    expect(faultsOf('ambulance', { ...draftOf('ambulance', ambulance), id: 'AMB 1' }, false)).toEqual({ id: 'id_form' })
    expect(faultsOf('item', { name: 'x', name_en: 'x', category: 'drug', unit: '盒', source: 's' }, false)).toEqual({})
    const beds = { name: 'n', facility_id: 'f', jurisdiction: '140302', ward: 'w', source: 's' }
    expect(faultsOf('bed_pool', { ...beds, physical: '4', staffed: '5', occupied: '0' }, false)).toEqual({ staffed: 'beds_order' })
    expect(faultsOf('bed_pool', { ...beds, physical: '4', staffed: '3.5', occupied: '-1' }, false)).toEqual({ staffed: 'not_whole', occupied: 'too_small' })
    expect(faultsOf('bed_pool', beds, true)).toEqual({})
  })

  it('are searched by plate without its dot', () => {
    expect(matches(ambulance, '晋CJ5988')).toBe(true)
    expect(matches(ambulance, '城区 amb-1')).toBe(true)
    expect(matches(ambulance, '城区 amb-2')).toBe(false)
  })
})

function pool(id: string, rest: Partial<BedPool>): BedPool {
  return { kind: 'bed_pool', id, version: 1, centre: '140300', name: id, jurisdiction: '140302', lon: 0, lat: 0, facility_id: 'fac-1', ward: id, physical: 10, staffed: 8, occupied: 5, held: 1, reported_at: '2026-11-22T05:00:00Z', ...rest }
}

describe('beds', () => {
  const picture = new Picture()
  for (const one of [pool('bed-1', { properties: ['icu'] }), pool('bed-2', { properties: ['negative_pressure'], occupied: 7, reported_at: '2026-11-22T01:59:00Z' }), pool('bed-3', { retired: true }), pool('bed-4', { centre: '140600', jurisdiction: '140602', facility_id: 'fac-2', reported_at: null })])
    picture.put({ kind: 'bed_pool', id: one.id, entity: one })
  const all = { property: null, codes: null, onlyFree: false, onlyStale: false }

  it('are grouped by centre and hospital and summed', () => {
    const centres = centresOf(picture, all, NOW)
    expect(centres.map((c) => [c.code, c.hospitals.length, c.sum.free, c.negative.free, c.icu.free, c.sum.stale])).toEqual([
      ['140300', 1, 2, 0, 2, 1],
      ['140600', 1, 2, 0, 0, 1],
    ])
  })
  it('are filtered', () => {
    const ids = (filter: object) => centresOf(picture, { ...all, ...filter }, NOW).flatMap((c) => c.hospitals.flatMap((h) => h.pools.map((p) => p.id)))
    expect(ids({ property: 'icu' })).toEqual(['bed-1'])
    expect(ids({ onlyFree: true })).toEqual(['bed-1', 'bed-4'])
    expect(ids({ onlyStale: true })).toEqual(['bed-2', 'bed-4'])
    expect(ids({ codes: new Set(['140602']) })).toEqual(['bed-4'])
  })
  it('are reported only in numbers that can be', () => {
    const draft = bedDraft(pool('bed-1', {}))
    expect(reportOf(draft, 1)).toEqual({ physical: 10, staffed: 8, occupied: 5 })
    expect(reportOf({ ...draft, occupied: '7' }, 1)).not.toBeNull()
    for (const bad of [{ occupied: '8' }, { staffed: '11' }, { occupied: '' }, { occupied: '-1' }, { occupied: '1.5' }, { physical: '99999' }]) expect(reportOf({ ...draft, ...bad }, 1)).toBeNull()
    expect(sumOf([], NOW).free).toBe(0)
  })
})

describe('stock', () => {
  const lot = (id: string, item_id: string, quantity: number, expiry: string | null) => ({ id, item_id, quantity, unit: '只', expiry, per_day: false })
  const site = (id: string, lots: ReturnType<typeof lot>[]): Stockpile => ({ kind: 'stockpile', id, version: 1, centre: '140300', name: id, jurisdiction: '140302', lon: 0, lat: 0, reserve_kind: 'physical', lots })
  const sites = [
    site('stk-1', [lot('l1', 'n95', 100, '2027-12-31'), lot('l2', 'n95', 50, '2026-11-21'), lot('l3', 'mask', 0, null), lot('l4', 'suit', 9, '2026-12-01')]),
    site('stk-2', [lot('l5', 'n95', 1_000, null)]),
    site('stk-3', [lot('l6', 'n95', 900, null)]),
  ]
  it('marks what is out, low and expiring, worst first', () => {
    const rows = rowsOf(new Picture(), sites[0]!, mediansOf(sites, NOW), NOW)
    expect(rows.map((row) => [row.id, row.state, row.quantity, row.expired])).toEqual([
      ['mask', 'out', 0, 0],
      ['n95', 'low', 100, 1],
      ['suit', 'expiring', 9, 0],
    ])
  })
  it('counts whole lots that are distinct', () => {
    const drafts = sites[0]!.lots!.map(lotDraft)
    expect(countOf(drafts)).toEqual(sites[0]!.lots)
    expect(differing(drafts, sites[0]!.lots!)).toBe(0)
    expect(differing([{ ...drafts[0]!, quantity: '7' }, ...drafts.slice(2)], sites[0]!.lots!)).toBe(2)
    expect(countOf([{ ...drafts[0]!, quantity: '' }])).toBeNull()
    expect(countOf([drafts[0]!, drafts[0]!])).toBeNull()
  })
})
