/** States of beds and stores: when a number is near its end, gone, or too old to trust. */
import type { BedPool, Stockpile } from '../api/types'
import { STALE_BEDS_MS, STALE_STOCK_MS } from './units'

export type PlaceState = 'ok' | 'near' | 'none' | 'stale'

export const BED_PROPERTIES = ['negative_pressure', 'icu', 'isolation'] as const
export type BedProperty = (typeof BED_PROPERTIES)[number]

export function freeBeds(pool: BedPool): number {
  return Math.max(0, pool.staffed - pool.occupied - pool.held)
}

/** No report yet, or one older than four hours. */
export function bedsStale(pool: BedPool, now: number): boolean {
  return !pool.reported_at || now - Date.parse(pool.reported_at) > STALE_BEDS_MS
}

export function bedState(pools: readonly BedPool[], now: number): PlaceState {
  const free = pools.reduce((sum, pool) => sum + freeBeds(pool), 0)
  const staffed = pools.reduce((sum, pool) => sum + pool.staffed, 0)
  if (pools.some((pool) => bedsStale(pool, now))) return 'stale'
  if (free === 0) return 'none'
  return free <= Math.max(1, staffed * 0.1) ? 'near' : 'ok'
}

/** A lot past its expiry date is not stock. */
export function isExpired(expiry: string | null | undefined, now: number): boolean {
  return Boolean(expiry) && Date.parse(`${expiry}T23:59:59+08:00`) < now
}

/** Quantities by item; what is only promised per day is not on hand. */
export function onHand(stockpile: Stockpile, now: number): Map<string, number> {
  const items = new Map<string, number>()
  for (const lot of stockpile.lots ?? [])
    if (!lot.per_day && !isExpired(lot.expiry, now)) items.set(lot.item_id, (items.get(lot.item_id) ?? 0) + lot.quantity)
  return items
}

export function stockState(stockpile: Stockpile, now: number): PlaceState {
  const lots = (stockpile.lots ?? []).filter((lot) => !isExpired(lot.expiry, now))
  const total = lots.reduce((sum, lot) => sum + lot.quantity, 0)
  if (total === 0) return 'none'
  if (stockpile.counted_at && now - Date.parse(stockpile.counted_at) > STALE_STOCK_MS) return 'stale'
  return 'ok'
}
