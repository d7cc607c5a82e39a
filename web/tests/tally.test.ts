import { describe, expect, it } from 'vitest'
import type { BedPool, Stockpile } from '../src/api/types'
import { bedState, onHand, stockState } from '../src/domain/places'
import { tally } from '../src/domain/tally'
import { isStale } from '../src/domain/units'
import { Picture } from '../src/feed/picture'
import { ambulance } from './build'

const NOW = Date.parse('2026-11-22T06:00:00Z')
const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()

function pool(over: Partial<BedPool>): BedPool {
  return { kind: 'bed_pool', id: 'b', version: 1, centre: '140300', jurisdiction: '140300', name: 'b', lon: 113, lat: 38, physical: 10, staffed: 10, occupied: 5, held: 1, reported_at: at(10), properties: ['negative_pressure'], ...over }
}

function stock(lots: Stockpile['lots'], over: Partial<Stockpile> = {}): Stockpile {
  return { kind: 'stockpile', id: 's', version: 1, centre: '140300', jurisdiction: '140300', name: 's', lon: 113, lat: 38, lots, ...over }
}

describe('tally', () => {
  it('counts units by centre, kind and group, and beds by property', () => {
    const picture = new Picture()
    const rows = [ambulance('a1'), ambulance('a2', { status: 'en_route', class: 'C' }), ambulance('a3', { status: 'off_duty' }), ambulance('a4', { retired: true }), pool({})]
    for (const entity of rows) picture.put({ kind: entity.kind, id: entity.id, entity })
    const [row] = tally(picture, NOW)
    expect(row?.byKind.ambulance).toEqual({ available: 1, busy: 1, off: 1 })
    expect(row?.negative).toEqual({ available: 0, busy: 1, off: 0 })
    expect(row?.beds.negative_pressure).toEqual({ free: 4, occupied: 5, held: 1, stale: 0, unreported: 0 })
  })
})

describe('places', () => {
  it.each([
    [pool({}), 'ok'],
    [pool({ occupied: 8 }), 'near'],
    [pool({ occupied: 9 }), 'none'],
    [pool({ reported_at: at(241) }), 'stale'],
    [pool({ reported_at: null }), 'stale'],
  ] as const)('beds %#', (row, state) => {
    expect(bedState([row], NOW)).toBe(state)
  })

  it('an expired lot is no stock, a daily rate is not on hand', () => {
    const lot = { id: 'l', item_id: 'item-n95', quantity: 5, unit: 'x' }
    expect(stockState(stock([{ ...lot, expiry: '2026-11-21' }]), NOW)).toBe('none')
    expect(stockState(stock([{ ...lot, expiry: '2026-11-22' }]), NOW)).toBe('ok')
    expect(onHand(stock([lot, { ...lot, per_day: true }]), NOW).get('item-n95')).toBe(5)
    expect(stockState(stock([lot], { counted_at: at(25 * 60) }), NOW)).toBe('stale')
  })
})

describe('stale fixes', () => {
  const fix = (minutes: number) => ({ lon: 1, lat: 1, speed: 0, heading: null, at: NOW - minutes * 60_000 })
  it('are judged by 2 minutes on the move and 15 when parked', () => {
    const busy = ambulance('a', { status: 'en_route' })
    expect(isStale(busy, fix(1), NOW)).toBe(false)
    expect(isStale(busy, fix(3), NOW)).toBe(true)
    expect(isStale(ambulance('a'), fix(14), NOW)).toBe(false)
    expect(isStale(ambulance('a'), fix(16), NOW)).toBe(true)
    expect(isStale(ambulance('a', { status: 'off_duty' }), fix(600), NOW)).toBe(false)
    expect(isStale(ambulance('a'), undefined, NOW)).toBe(false)
  })
})
