/** Single keys of the operations map; only outside of text fields. */
import { useEffect } from 'react'
import type { MapRef } from './mapRef'
import { finishSketch, stepBack, takeTool, type OpsStore } from './opsState'

export function useKeys(ops: OpsStore, mapRef: MapRef, fit: () => void): void {
  useEffect(() => {
    const toggle = (float: 'keys' | 'sheet') => ops.set({ float: ops.get().float === float ? null : float })
    const actions: Record<string, () => void> = {
      v: () => takeTool(ops, 'select'),
      n: () => takeTool(ops, 'nearest'),
      r: () => takeTool(ops, 'rings'),
      m: () => takeTool(ops, 'measure'),
      p: () => takeTool(ops, 'draw'),
      i: () => ops.set({ listOpen: !ops.get().listOpen }),
      o: () => toggle('sheet'),
      '?': () => toggle('keys'),
      '0': fit,
      '+': () => mapRef.current?.zoomBy(1),
      '=': () => mapRef.current?.zoomBy(1),
      '-': () => mapRef.current?.zoomBy(-1),
      Escape: () => stepBack(ops),
    }
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.closest('input, textarea, select, [contenteditable], [role="combobox"]')
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      // Enter presses the button that has focus; otherwise it ends what is being drawn.
      const free = !target.closest('button, a, [role="option"], [role="dialog"]')
      const act = event.key === 'Enter' && free && ops.get().sketch ? () => finishSketch(ops) : actions[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [ops, mapRef, fit])
}
