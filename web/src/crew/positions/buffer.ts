/** Fixes that wait to be sent: thinned, bounded, in order. Pure. */

/** Most fixes that are kept; older ones lose every second one, so that a long silence keeps its shape. */
export const MAX_FIXES = 600
/** Most fixes of one request. */
export const BATCH = 100
const MOVING_EVERY_MS = 4_000
const STANDING_EVERY_MS = 30_000
/** Ground under which a unit counts as standing, m. */
const STANDING_M = 15

export interface Fix {
  /** World time, epoch ms. */
  at: number
  lon: number
  lat: number
  speed?: number
  heading?: number
  accuracy?: number
}

/** Whether a fix says something that the last one kept does not. */
export function isNews(last: Fix | undefined, fix: Fix): boolean {
  if (!last) return true
  const passed = fix.at - last.at
  if (passed < MOVING_EVERY_MS) return false
  return passed >= STANDING_EVERY_MS || metres(last, fix) >= STANDING_M
}

export function kept(fixes: readonly Fix[], fix: Fix): readonly Fix[] {
  if (fixes.length < MAX_FIXES) return [...fixes, fix]
  const half = MAX_FIXES / 2
  return [...fixes.slice(0, half).filter((_, i) => i % 2 === 0), ...fixes.slice(half), fix]
}

/** What is left after the first ones were taken by the server, whatever came in between. */
export function sent(fixes: readonly Fix[], batch: readonly Fix[]): readonly Fix[] {
  const gone = new Set(batch.map((fix) => fix.at))
  return fixes.filter((fix) => !gone.has(fix.at))
}

/** A fix as the contract writes it; what a receiver cannot have measured is left out. */
export function wire(unitId: string, fix: Fix): Record<string, unknown> {
  const number = (value: number | undefined, most: number) => (value !== undefined && value >= 0 && value <= most ? value : undefined)
  return {
    unit_id: unitId,
    at: new Date(fix.at).toISOString(),
    lon: fix.lon,
    lat: fix.lat,
    speed_mps: number(fix.speed, 150),
    heading_deg: number(fix.heading, 360),
    accuracy_m: number(fix.accuracy, 1e6),
    source: 'phone',
  }
}

/** Metres between two close points. */
export function metres(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const k = Math.PI / 180
  const x = (b.lon - a.lon) * k * Math.cos(((a.lat + b.lat) / 2) * k)
  const y = (b.lat - a.lat) * k
  return Math.hypot(x, y) * 6_371_008.8
}
