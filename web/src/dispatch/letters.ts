/** The keyboard in one open row: letters mean something only while the focus is in it. */
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import { isTyping } from '../ui/typing'
import { lettersOn } from './keymap'
import type { Asking } from './deskState'

export function onLetters(actions: Record<string, (() => void) | null>): (event: KeyboardEvent) => void {
  return (event) => {
    // A key held down must not take one step after the other.
    if (event.repeat && event.key === 'Enter') return event.preventDefault()
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !lettersOn()) return
    const act = actions[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
}

/** Who opens a row has the focus in it, and again after its question is answered or left; nobody who types elsewhere loses it. */
export function useRowFocus(asking: Asking | null): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null)
  const opened = useRef(false)
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body
    if (!asking && (lost || !opened.current)) row.current?.querySelector<HTMLElement>('button:enabled')?.focus()
    opened.current = true
  }, [asking])
  return row
}
