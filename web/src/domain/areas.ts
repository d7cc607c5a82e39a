/** Jurisdictions as filters: a city includes its counties. */
import type { Jurisdiction } from '../api/types'
import type { Picture } from '../feed/picture'

export function areasOf(picture: Picture): Jurisdiction[] {
  return [...picture.all<Jurisdiction>('jurisdiction')].filter((area) => !area.retired).sort((a, b) => a.code.localeCompare(b.code))
}

/** Codes that a chosen area covers; null is everything. */
export function covered(picture: Picture, code: string | null): ReadonlySet<string> | null {
  if (!code) return null
  const counties = areasOf(picture).filter((area) => area.parent === code)
  return new Set([code, ...counties.map((area) => area.code)])
}
