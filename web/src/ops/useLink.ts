/** Keeps the view in the address, and opens the one that the address names. */
import { useEffect } from 'react'
import { readLink, writeLink } from '../domain/link'
import { USUAL_KM } from '../domain/radii'
import type { MapRef } from './mapRef'
import { takeTool, type OpsStore } from './opsState'

/** The camera comes to rest, then the address follows. */
const AFTER_MS = 250

function queryOf(hash: string): string | null {
  const at = hash.indexOf('?')
  return at >= 0 ? hash.slice(at + 1) : null
}

export function useLink(ops: OpsStore, mapRef: MapRef): void {
  useEffect(() => {
    const open = () => {
      const query = queryOf(location.hash)
      if (query === null) return
      const link = readLink(query)
      const { selected, point, nearest, rings, radiiKm, view } = link
      takeTool(ops, link.tool)
      ops.set({ selected, point, showNearest: nearest, showRings: rings, radiiKm: radiiKm.length > 0 ? radiiKm : USUAL_KM, ranked: [] })
      if (view) mapRef.current?.jump(view)
    }
    const write = () => {
      const { selected, tool, point, showNearest, showRings, radiiKm } = ops.get()
      const view = mapRef.current?.centre() ?? null
      const query = writeLink({ view, selected, tool, point, nearest: showNearest, rings: showRings, radiiKm })
      const hash = `#/map?${query}`
      if (hash !== location.hash) history.replaceState(history.state, '', hash)
    }
    let timer = 0
    const later = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(write, AFTER_MS)
    }
    open()
    window.addEventListener('hashchange', open)
    const off = ops.on(later)
    const offMoved = mapRef.current?.onMoved(later)
    return () => {
      window.clearTimeout(timer)
      window.removeEventListener('hashchange', open)
      off()
      offMoved?.()
    }
  }, [ops, mapRef])
}
