/** Single keys of the operations map; only outside of text fields. */
import { useEffect } from 'react'
import type { MapRef } from './mapRef'
import { stepBack, type OpsStore } from './opsState'

export function useKeys(ops: OpsStore, mapRef: MapRef): void {
  useEffect(() => {
    const actions: Record<string, () => void> = {
      v: () => ops.set({ tool: 'select' }),
      n: () => ops.set({ tool: 'nearest' }),
      r: () => ops.set({ tool: 'rings' }),
      i: () => ops.set({ listOpen: !ops.get().listOpen }),
      '+': () => mapRef.current?.zoomBy(1),
      '=': () => mapRef.current?.zoomBy(1),
      '-': () => mapRef.current?.zoomBy(-1),
      Escape: () => stepBack(ops),
    }
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.closest('input, textarea, select, [contenteditable], [role="combobox"]')
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      const act = actions[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [ops, mapRef])
}
