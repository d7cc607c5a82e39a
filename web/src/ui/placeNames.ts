/** Names of the base map in the language of the screen. */
import { useMemo } from 'react'
import type { Jurisdiction } from '../api/types'
import type { FeedStore } from '../feed/store'
import { useI18n } from '../i18n/context'
import { places } from '../i18n/en/places'
import type { Language } from '../i18n/translate'
import type { PlaceNames } from '../map/style'
import type { Picture } from '../feed/picture'
import { useFeed } from './hooks'

export function namesFor(language: Language, picture: Picture): PlaceNames | null {
  if (language === 'zh') return null
  const own = [...picture.all<Jurisdiction>('jurisdiction')].flatMap(({ code, name_en: name }) => (name ? [[code, name] as const] : []))
  return { ...places, ...Object.fromEntries(own) }
}

export function usePlaceNames(feed: FeedStore): PlaceNames | null {
  const { language } = useI18n()
  useFeed(feed, 'entities', 2_000)
  const { picture } = feed
  const known = picture.count('jurisdiction')
  return useMemo(() => {
    void known
    return namesFor(language, picture)
  }, [language, picture, known])
}
