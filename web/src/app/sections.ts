/** Sections of the product by the hash of the address; the world stays in the query, so a section is never a page load. */
import { useEffect, useSyncExternalStore } from 'react'
import type { Key } from '../i18n/translate'
import { isTyping } from '../ui/typing'

export const SECTIONS = ['map', 'dispatch', 'beds', 'stock', 'registry', 'kpi'] as const
export type Section = (typeof SECTIONS)[number]
/** A section, or a page of one that stands alone. */
export type Route = Section | 'print' | 'wall'

export const SECTION_NAMES: Record<Section, Key> = {
  map: 'nav.map',
  dispatch: 'nav.dispatch',
  beds: 'nav.beds',
  stock: 'nav.stock',
  registry: 'nav.registry',
  kpi: 'nav.norms',
}
const KEYS: Record<string, Route> = { m: 'map', d: 'dispatch', b: 'beds', s: 'stock', t: 'registry', k: 'kpi', e: 'kpi', w: 'wall' }
/** The second key of `g m` comes within this. */
const CHORD_MS = 1_500

export function routeOf(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').replace(/\?.*$/, '')
  return ([...SECTIONS, 'print', 'wall'] as const).find((route) => route === name) ?? 'map'
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (notify) => {
      window.addEventListener('hashchange', notify)
      return () => window.removeEventListener('hashchange', notify)
    },
    () => location.hash,
  )
  return routeOf(hash)
}

export function goTo(route: Route): void {
  location.hash = `#/${route}`
}

/** `g` and the letter of a section, outside of text fields. */
export function useSectionKeys(): void {
  useEffect(() => {
    let armedAt = 0
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const chord = Date.now() - armedAt < CHORD_MS
      armedAt = !chord && event.key === 'g' ? Date.now() : 0
      const section = chord ? KEYS[event.key] : undefined
      if (!section) return
      // The desk has keys of the same letters: this one was ours.
      event.stopImmediatePropagation()
      event.preventDefault()
      goTo(section)
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}
