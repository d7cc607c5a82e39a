/** Names of the data in the language of the screen, where the data has one. */
import type { Language } from './translate'

interface Named {
  name?: string
  name_en?: string | null
}

export function nameIn(language: Language, entity: Named | undefined, otherwise = ''): string {
  const english = language === 'en' ? entity?.name_en : null
  return english || entity?.name || otherwise
}
