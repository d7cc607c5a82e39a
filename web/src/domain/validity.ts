/** How long a mark is valid, as people say it: so many hours, until a moment, or without an end. Times are Asia/Shanghai. */

export const HOURS = [2, 4, 12, 24] as const

export type Validity = { hours: number } | { until: string } | null

const ZONE_MS = 8 * 3600_000

/** Epoch ms of `2026-11-22T14:30` in Shanghai; null if it is none. */
export function momentIn(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null
  const utc = Date.parse(`${text}:00Z`)
  return Number.isFinite(utc) ? utc - ZONE_MS : null
}

/** A moment as an input of date and time writes it. */
export function localText(at: number): string {
  return new Date(at + ZONE_MS).toISOString().slice(0, 16)
}

/** RFC 3339, or null for no end; undefined for a moment that is not to be read or has passed. */
export function endOf(validity: Validity, now: number): string | null | undefined {
  if (validity === null) return null
  const at = 'hours' in validity ? now + validity.hours * 3600_000 : momentIn(validity.until)
  return at === null || at <= now ? undefined : new Date(at).toISOString()
}
