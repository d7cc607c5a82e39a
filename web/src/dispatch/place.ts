/** Where something is, in words that everybody may read: the address itself is personal and stays out of lists. */
import type { Jurisdiction, Station } from '../api/types'
import { roughDistance } from '../domain/units'
import type { Picture } from '../feed/picture'
import { distance } from '../i18n/format'
import type { Language, Translate } from '../i18n/translate'
import { nameIn } from '../i18n/names'

export function areaName(picture: Picture, code: string | null | undefined, language: Language): string {
  if (!code) return ''
  for (const area of picture.all<Jurisdiction>('jurisdiction')) if (area.code === code) return nameIn(language, area)
  return code
}

/** `平定县 · 距锁簧站 1.3 km` */
export function whereabouts(t: Translate, language: Language, picture: Picture, at: { lon: number; lat: number; jurisdiction?: string | null }): string {
  let nearest: { name: string; far: number } | null = null
  for (const station of picture.all<Station>('station')) {
    if (station.retired) continue
    const far = roughDistance(at.lon, at.lat, station.lon, station.lat)
    if (!nearest || far < nearest.far) nearest = { name: station.name, far }
  }
  const area = areaName(picture, at.jurisdiction, language)
  const near = nearest ? t('place.near', { name: nearest.name, d: distance(nearest.far) }) : ''
  return [area, near].filter(Boolean).join(' · ')
}
