/** Palette and symbol letters for the panels. */
import { useMemo } from 'react'
import { word, type Key, type Translate } from '../i18n/translate'
import { zh } from '../i18n/zh'
import { ageTag } from '../i18n/format'
import type { Glyphs } from '../map/fleet/sprites'
import { useT } from '../i18n/context'

export function glyphsFor(t: Translate): Glyphs {
  return {
    negative: t('glyph.negative'),
    vehicle: (type) => word(t, 'glyph', type),
    facility: (type) => {
      const key = `glyph.${type}`
      return key in zh ? t(key as Key) : null
    },
    mark: (type) => word(t, 'glyph', `mark_${type}`),
    age: (ms) => ageTag(t, ms),
  }
}

export function useGlyphs(): Glyphs {
  const t = useT()
  return useMemo(() => glyphsFor(t), [t])
}
