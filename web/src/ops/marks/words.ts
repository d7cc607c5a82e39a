/** What a mark is called, how long it stands and how big it is. */
import type { Mark } from '../../api/marks'
import { areaM2, lengthM, perimeterM } from '../../domain/geodesy'
import { positionsOf } from '../../domain/marks'
import { areaText, measured, when } from '../../i18n/format'
import type { Translate } from '../../i18n/translate'

export function markName(t: Translate, mark: Mark): string {
  return mark.title || t(`mark.${mark.mark_type}`)
}

export function untilText(t: Translate, mark: Mark, now: number): string {
  return mark.valid_until ? t('marks.until', { t: when(t, Date.parse(mark.valid_until), now) }) : t('marks.open_ended')
}

export function sizeText({ geometry }: Mark): string | null {
  const positions = positionsOf(geometry)
  if (geometry.type === 'Point') return null
  return geometry.type === 'LineString' ? measured(lengthM(positions)) : `${areaText(areaM2(positions))} · ${measured(perimeterM(positions.slice(0, -1)))}`
}
