/** Mounts the map object and keeps it in step with the operator's choices. */
import { useEffect, useRef } from 'react'
import { useDesk } from '../app/desk'
import { goTo } from '../app/sections'
import { focusOn } from '../dispatch/deskState'
import { readLink } from '../domain/link'
import { figureOf } from './figure'
import { useT } from '../i18n/context'
import type { Node } from '../map/fleet/model'
import { MapView } from '../map/mapView'
import { usePalette } from '../theme/context'
import { useGlyphs } from '../ui/glyphs'
import { useFeed } from '../ui/hooks'
import { usePlaceNames } from '../ui/placeNames'
import { useStore } from '../ui/store'
import { MapSource } from './MapSource'
import { ScaleBar } from './ScaleBar'
import { fitCentre } from './fitCentre'
import type { MapRef } from './mapRef'
import { revealWith } from './reveal'
import { askFrom, finishSketch, sketchAt, storedView, storeView, type OpsStore } from './opsState'

const START = { lon: 113.2, lat: 38.1, zoom: 7 }

export function MapPane({ mapRef }: { mapRef: MapRef }) {
  const t = useT()
  const { feed, session, ops, dispatch, maps, base } = useDesk()
  const glyphs = useGlyphs()
  const box = useRef<HTMLDivElement>(null)
  const note = useRef<HTMLParagraphElement>(null)
  const palette = usePalette()
  const names = usePlaceNames(feed)
  const first = useRef({ glyphs, palette, names })
  const own = session.user.jurisdiction
  const state = useStore(ops)

  useEffect(() => {
    const { current: element } = box
    if (!element) return
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
    const { glyphs, palette, names } = first.current
    const view = maps.take('ops', element, () => new MapView(element, feed, palette, glyphs, events, storedView() ?? START, own, { names, base }))
    mapRef.current = view
    revealWith((lon, lat, zoom) => view.reveal(lon, lat, zoom))
    return () => {
      mapRef.current = null
      revealWith(null)
      view.rest()
    }
  }, [feed, mapRef, ops, own, dispatch, maps, base])

  useEffect(() => mapRef.current?.setGlyphs(glyphs), [mapRef, glyphs])
  useEffect(() => mapRef.current?.setPalette(palette), [mapRef, palette])
  useEffect(() => mapRef.current?.setNames(names), [mapRef, names])
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
      <MapSource />
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
    fitted.current = fitCentre(mapRef.current, feed.picture, session.user.jurisdiction, false)
  }, [version, feed, mapRef, session])
}
