/** Radii of the rings as people type them, km. */

export const USUAL_KM = [5, 10, 20] as const
export const MAX_RINGS = 5
/** The widest circle that the server counts, km. */
export const MAX_KM = 500

/** A radius from text: more than nothing, one decimal; null if it is none. */
export function radiusIn(text: string): number | null {
  // A unit behind the number says nothing new.
  const km = Number(text.trim().replace(/[^\d.]+$/, ''))
  return Number.isFinite(km) && km >= 0.1 && km <= MAX_KM ? Math.round(km * 10) / 10 : null
}

/** The radius put in or taken out, the smallest first; one always stays. */
export function toggled(radii: readonly number[], km: number): number[] {
  const without = radii.filter((one) => one !== km)
  const next = without.length === radii.length ? [...radii, km].slice(-MAX_RINGS) : without
  return (next.length > 0 ? next : [...radii]).sort((a, b) => a - b)
}
