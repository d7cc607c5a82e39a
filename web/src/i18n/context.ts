/** The language of this screen. */
import { createContext, useContext } from 'react'
import { translator, type Language, type Translate } from './translate'

export interface I18n {
  language: Language
  t: Translate
  setLanguage(language: Language): void
}

const STORAGE = 'chiyuan.language'

export function storedLanguage(): Language {
  return localStorage.getItem(STORAGE) === 'en' ? 'en' : 'zh'
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(STORAGE, language)
}

export const I18nContext = createContext<I18n>({ language: 'zh', t: translator('zh'), setLanguage: () => undefined })

export function useI18n(): I18n {
  return useContext(I18nContext)
}

export function useT(): Translate {
  return useContext(I18nContext).t
}
