/** Mounts the map object and keeps it in step with the operator's choices. */
import { useEffect, useRef } from 'react'
import { useDesk } from '../app/desk'
import { goTo } from '../app/sections'
import { focusOn } from '../dispatch/deskState'
import { boundsOf } from '../domain/bounds'
import { readLink } from '../domain/link'
import { figureOf } from './figure'
import { useT } from '../i18n/context'
import type { Node } from '../map/fleet/model'
import { MapView } from '../map/mapView'
import { dark } from '../theme/tokens'
import { useGlyphs } from '../ui/glyphs'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { ScaleBar } from './ScaleBar'
import type { MapRef } from './mapRef'
import { revealWith } from './reveal'
import { askFrom, finishSketch, sketchAt, storedView, storeView, type OpsStore } from './opsState'
import { tally } from '../domain/tally'

const START = { lon: 113.2, lat: 38.1, zoom: 7 }

export function MapPane({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, session, ops, dispatch } = useDesk()
  const glyphs = useGlyphs()
  const box = useRef<HTMLDivElement>(null)
  const note = useRef<HTMLParagraphElement>(null)
  const firstGlyphs = useRef(glyphs)
  const own = session.user.jurisdiction
  const state = useStore(ops)

  useEffect(() => {
    if (!box.current) return
    const openCase = (id: string) => {
      focusOn(dispatch, { type: 'incident', id })
      goTo('dispatch')
    }
    const events = {
      pick: (node: Node) => pick(ops, mapRef, node, openCase),
      ground: (lon: number, lat: number) => (ops.get().sketch ? sketchAt(ops, lon, lat) : askFrom(ops, { lon, lat, name: null })),
      finish: () => finishSketch(ops),
      moved: storeView,
    }
    const view = new MapView(box.current, feed, dark, firstGlyphs.current, events, storedView() ?? START, own)
    mapRef.current = view
    revealWith((lon, lat, zoom) => view.reveal(lon, lat, zoom))
    return () => {
      mapRef.current = null
      revealWith(null)
      view.destroy()
    }
  }, [feed, mapRef, ops, own, dispatch])

  useEffect(() => mapRef.current?.setGlyphs(glyphs), [mapRef, glyphs])
  useEffect(() => mapRef.current?.setLabel(t('map.label')), [mapRef, t])
  useEffect(() => {
    const { selected, hidden, bedProperty, unitFilter, marksShown } = state
    mapRef.current?.set({ selected, hidden, bedProperty, unitFilter, marks: marksShown })
  }, [mapRef, state])
  useEffect(() => {
    const { point, showNearest, ranked } = state
    const ranks = new Map(showNearest && point ? ranked.map((id, i) => [id, i + 1]) : [])
    mapRef.current?.set({ ranks })
  }, [mapRef, state])
  useEffect(() => {
    const { point, centres, showRings, radiiKm } = state
    const shown = showRings && (point !== null || centres.length > 0)
    mapRef.current?.set({ point, centres, rings: shown ? radiiKm.map((km) => km * 1_000) : [] })
  }, [mapRef, state])
  useEffect(() => mapRef.current?.set({ sketch: state.sketch }), [mapRef, state.sketch])
  useEffect(() => mapRef.current?.set({ figure: (cursor) => figureOf(ops.get().sketch, cursor) }), [mapRef, ops])
  useFirstFit(mapRef)
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (note.current) note.current.hidden = mapRef.current?.drawing ?? true
    }, 2_000)
    return () => window.clearInterval(timer)
  }, [mapRef])

  return (
    <>
      <div ref={box} className="map-box" role="application" aria-label={t('map.label')} />
      <div className="map-source">{t('map.attribution')}</div>
      <ScaleBar mapRef={mapRef} />
      <p ref={note} className="no-gl" hidden>
        {t('webgl.missing')}
      </p>
    </>
  )
}

function pick(ops: OpsStore, mapRef: MapRef, node: Node, openCase: (id: string) => void): void {
  if (node.look.type === 'cluster') {
    mapRef.current?.openCluster(node)
    return
  }
  if (node.look.type === 'incident') {
    openCase(node.id)
    return
  }
  if (ops.get().tool !== 'select' && node.look.type !== 'mark') {
    const { lon, lat } = mapRef.current?.whereIs(node) ?? { lon: 0, lat: 0 }
    askFrom(ops, { lon, lat, name: node.name })
    return
  }
  ops.set({ selected: node.id })
}

/** Whether the address names a camera: then that is shown. */
function linkedView(): boolean {
  return readLink(location.hash.split('?')[1] ?? '').view !== null
}

/** Shows the user's own area once, when the first picture is in and no earlier view is kept. */
function useFirstFit(mapRef: MapRef): void {
  const { feed, session } = useDesk()
  const fitted = useRef(storedView() !== null || linkedView())
  const version = useFeed(feed, 'entities', 100)
  useEffect(() => {
    if (fitted.current || feed.loading) return
    const code = session.user.jurisdiction ?? tally(feed.picture, 0)[0]?.code
    const bounds = code ? boundsOf(feed.picture, code) : null
    if (!bounds) return
    fitted.current = true
    mapRef.current?.fit(bounds, false)
  }, [version, feed, mapRef, session])
}
