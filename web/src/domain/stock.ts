/** Stockpiles by site and item: what may be used, what is low, gone or about to expire; and counts. */
import type { Item, Lot, Stockpile } from '../api/types'
import type { Picture } from '../feed/picture'
import { isExpired } from './places'

/** A lot expires soon within this, days. */
export const SOON_DAYS = 90
/** Under this part of the median of such sites an item is low. */
export const LOW_PART = 0.2

export type ItemState = 'ok' | 'low' | 'expiring' | 'out'

export interface ItemRow {
  id: string
  item: Item | undefined
  /** Usable, in the unit of the item; a rate where it is made daily. */
  quantity: number
  perDay: boolean
  /** In the order in which they expire. */
  lots: Lot[]
  nextExpiry: string | null
  expired: number
  state: ItemState
}

export interface Site {
  stockpile: Stockpile
  items: ItemRow[]
  out: number
  low: number
  expiring: number
}

export interface StockFilter {
  codes: ReadonlySet<string> | null
  category: string | null
  words: string
  onlyTrouble: boolean
}

export function isSoon(expiry: string | null | undefined, now: number): boolean {
  return Boolean(expiry) && !isExpired(expiry, now) && Date.parse(`${expiry}T23:59:59+08:00`) - now < SOON_DAYS * 86_400_000
}

export function usable(lot: Lot, now: number): number {
  return isExpired(lot.expiry, now) ? 0 : lot.quantity
}

export function sitesOf(picture: Picture, filter: StockFilter, now: number): Site[] {
  const all = [...picture.all<Stockpile>('stockpile')].filter((stockpile) => !stockpile.retired)
  const medians = mediansOf(all, now)
  const words = filter.words.trim().toLowerCase()
  const sites = all
    .filter(({ jurisdiction }) => !filter.codes || filter.codes.has(jurisdiction))
    .map((stockpile) => {
      const named = !words || stockpile.name.toLowerCase().includes(words)
      const rows = rowsOf(picture, stockpile, medians, now).filter((row) => !filter.category || row.item?.category === filter.category)
      return siteOf(
        stockpile,
        rows.filter((row) => (named || row.item?.name.toLowerCase().includes(words)) && (!filter.onlyTrouble || row.state !== 'ok')),
        named && !filter.category && !filter.onlyTrouble,
      )
    })
  return sites.filter((site): site is Site => site !== null).sort((a, b) => a.stockpile.id.localeCompare(b.stockpile.id))
}

function siteOf(stockpile: Stockpile, items: ItemRow[], evenEmpty: boolean): Site | null {
  if (items.length === 0 && !evenEmpty) return null
  const of = (state: ItemState) => items.filter((row) => row.state === state).length
  return { stockpile, items, out: of('out'), low: of('low'), expiring: of('expiring') }
}

export function rowsOf(picture: Picture, stockpile: Stockpile, medians: ReadonlyMap<string, number>, now: number): ItemRow[] {
  const byItem = new Map<string, Lot[]>()
  for (const lot of stockpile.lots ?? []) byItem.set(lot.item_id, [...(byItem.get(lot.item_id) ?? []), lot])
  return [...byItem]
    .map(([id, lots]) => {
      lots.sort((a, b) => (a.expiry ?? '9999').localeCompare(b.expiry ?? '9999') || a.id.localeCompare(b.id))
      const quantity = lots.reduce((sum, lot) => sum + usable(lot, now), 0)
      const alive = lots.filter((lot) => lot.quantity > 0 && !isExpired(lot.expiry, now))
      const median = medians.get(`${stockpile.reserve_kind}/${id}`) ?? 0
      return {
        id,
        item: picture.get(id) as Item | undefined,
        quantity,
        perDay: lots.some((lot) => lot.per_day),
        lots,
        nextExpiry: alive.find((lot) => lot.expiry)?.expiry ?? null,
        expired: lots.filter((lot) => lot.quantity > 0 && isExpired(lot.expiry, now)).length,
        state: quantity === 0 ? ('out' as const) : quantity < median * LOW_PART ? ('low' as const) : alive.some((lot) => isSoon(lot.expiry, now)) ? ('expiring' as const) : ('ok' as const),
      }
    })
    .sort((a, b) => RANK[a.state] - RANK[b.state] || (a.item?.name ?? a.id).localeCompare(b.item?.name ?? b.id, 'zh'))
}

const RANK: Record<ItemState, number> = { out: 0, low: 1, expiring: 2, ok: 3 }

/** Median quantity of each item over the sites of a reserve kind that list it. */
export function mediansOf(stockpiles: readonly Stockpile[], now: number): Map<string, number> {
  const quantities = new Map<string, number[]>()
  for (const stockpile of stockpiles) {
    const sums = new Map<string, number>()
    for (const lot of stockpile.lots ?? []) sums.set(lot.item_id, (sums.get(lot.item_id) ?? 0) + usable(lot, now))
    for (const [item, sum] of sums) {
      const key = `${stockpile.reserve_kind}/${item}`
      quantities.set(key, [...(quantities.get(key) ?? []), sum])
    }
  }
  return new Map([...quantities].map(([key, list]) => [key, list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0]))
}

/** A lot as it is being counted. */
export interface LotDraft {
  id: string
  item_id: string
  quantity: string
  unit: string
  expiry: string
  per_day: boolean
}

export function lotDraft(lot: Lot): LotDraft {
  return { id: lot.id, item_id: lot.item_id, quantity: String(lot.quantity), unit: lot.unit, expiry: lot.expiry ?? '', per_day: lot.per_day ?? false }
}

export function isCountable(draft: LotDraft): boolean {
  return /^\d{1,10}$/.test(draft.quantity.trim()) && Number(draft.quantity) <= 1_000_000_000 && /^[a-z0-9][a-z0-9-]{0,63}$/.test(draft.id) && draft.item_id !== ''
}

/** The lots of a count, or null if one of them cannot be. */
export function countOf(drafts: readonly LotDraft[]): Lot[] | null {
  if (!drafts.every(isCountable) || new Set(drafts.map((draft) => draft.id)).size !== drafts.length) return null
  return drafts.map(({ id, item_id, quantity, unit, expiry, per_day }) => ({ id, item_id, quantity: Number(quantity), unit, expiry: expiry || null, per_day }))
}

/** How many lots differ from the books, removed ones included. */
export function differing(drafts: readonly LotDraft[], lots: readonly Lot[]): number {
  const books = new Map(lots.map((lot) => [lot.id, JSON.stringify(lotDraft(lot))]))
  const changed = drafts.filter((draft) => books.get(draft.id) !== JSON.stringify(draft)).length
  const kept = new Set(drafts.map((draft) => draft.id))
  return changed + lots.filter((lot) => !kept.has(lot.id)).length
}
