/** Typed look-up of user-facing text. */
import { en } from './en'
import { zh } from './zh'

export type Language = 'zh' | 'en'
export type Key = keyof typeof zh
export type Params = Record<string, string | number>
export type Translate = (key: Key, params?: Params) => string

const DICTIONARIES: Record<Language, Record<Key, string>> = { zh, en }

export function translator(language: Language): Translate {
  const dictionary = DICTIONARIES[language]
  return (key, params) => fill(dictionary[key], params)
}

function fill(text: string, params: Params | undefined): string {
  if (!params) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** Words of the data model, e.g. word(t, 'cap', 'ventilation'); an unknown word is shown as it is. */
export function word(t: Translate, family: string, value: string | null | undefined): string {
  if (!value) return ''
  const key = `${family}.${value}`
  return key in zh ? t(key as Key) : value
}
