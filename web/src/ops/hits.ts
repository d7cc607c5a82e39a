/** A search hit in words. */
import type { Hit } from '../domain/search'
import { coordinates, plate } from '../i18n/format'
import { word, type Translate } from '../i18n/translate'

export function hitName(t: Translate, hit: Hit): string {
  if (hit.kind === 'point') return t(`datum.${hit.datum ?? 'wgs84'}`)
  return hit.kind === 'mark' ? hit.name || word(t, 'mark', hit.detail) : hit.name
}

export function hitDetail(t: Translate, hit: Hit): string {
  if (hit.kind === 'point') return hit.datum === 'wgs84' ? coordinates(hit.lon, hit.lat) : `→ WGS-84 ${coordinates(hit.lon, hit.lat)}`
  return hit.kind === 'mark' ? word(t, 'mark', hit.detail) : hit.detail ? plate(hit.detail) : ''
}
