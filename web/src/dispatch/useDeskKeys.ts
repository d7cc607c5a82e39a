/** Gives the desk's keys to whoever acts on them; moving the focus is done here. */
import { useEffect, useRef } from 'react'
import { isTyping } from '../ui/typing'
import { intentOf, lettersOn, type Intent } from './keymap'

export function useDeskKeys(act: (intent: Intent) => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  }, [act])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const press = { key: event.key, code: event.code, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey, shift: event.shiftKey }
      const typing = isTyping(event.target)
      const intent = intentOf(press, typing, lettersOn())
      if (!intent) return
      event.preventDefault()
      if (event.repeat && intent.type !== 'move') return
      if (intent.type === 'field') focusField(intent.n)
      else if (intent.type === 'region') focusRegion(intent.step)
      else if (intent.type === 'back' && typing) (event.target as HTMLElement).blur()
      else latest.current(intent)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function focusField(n: number): void {
  const field = document.querySelector<HTMLElement>(`[data-field="${n}"]`)
  // The choice that stands comes before the first one of the row.
  const wanted = ['[aria-checked="true"]:enabled', '[tabindex="0"]:enabled', 'input:enabled', 'button:enabled']
  const inner = field?.matches('input, textarea, button') ? field : wanted.map((selector) => field?.querySelector<HTMLElement>(selector)).find(Boolean)
  inner?.focus()
}

function focusRegion(step: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.checkVisibility())
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const region = regions[(at + step + regions.length) % regions.length]
  region?.querySelector<HTMLElement>('button:enabled, input:enabled, textarea:enabled, [tabindex="0"]')?.focus()
}
