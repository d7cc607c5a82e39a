/** The evidence at the edge: the case, its ring of 5 km, the candidates and where they stand. */
import { useEffect, useRef, useState } from 'react'
import type { Candidate } from '../api/dispatch'
import { isOpen } from '../domain/cases'
import type { Assignment } from '../api/cases'
import { useT } from '../i18n/context'
import type { Node } from '../map/fleet/model'
import { MapView, type Link, type View } from '../map/mapView'
import { fitCentre } from '../ops/fitCentre'
import type { MapRef } from '../ops/mapRef'
import { revealWith } from '../ops/reveal'
import { MapSource } from '../ops/MapSource'
import { ScaleBar } from '../ops/ScaleBar'
import { usePalette } from '../theme/context'
import { useGlyphs } from '../ui/glyphs'
import { Icon } from '../ui/icons'
import { useFeed } from '../ui/hooks'
import { usePlaceNames } from '../ui/placeNames'
import { useStore } from '../ui/store'
import { focusOn, inHand } from './deskState'
import '../ops/tools.css'
import { MarkPeek } from './MarkPeek'
import { useDispatch, useDraft } from './useDispatch'

const START = { lon: 113.2, lat: 38.1, zoom: 7 }
const RING_M = [5_000]
const NO_RING: number[] = []
const VIEW_KEY = 'chiyuan.desk-view'

interface Props {
  mapRef: MapRef
  candidates: readonly Candidate[]
  placeAt(lon: number, lat: number): void
}

export function DeskMap({ mapRef, candidates, placeAt }: Props) {
  const t = useT()
  const { feed, session, dispatch, maps, base } = useDispatch()
  const glyphs = useGlyphs()
  const box = useRef<HTMLDivElement>(null)
  const palette = usePalette()
  const names = usePlaceNames(feed)
  const first = useRef({ glyphs, palette, names })
  const place = useRef(placeAt)
  const shown = useRef('')
  const [peek, setPeek] = useState<string | null>(null)
  const own = session.user.jurisdiction
  const { focus, armed, picking } = useStore(dispatch)
  const version = useFeed(feed, 'entities', 300)
  const hand = inHand(feed.picture, focus)
  const draft = useDraft(hand?.key ?? null)
  const incident = hand?.incident ?? null
  const lon = draft?.place?.lon ?? incident?.lon ?? null
  const lat = draft?.place?.lat ?? incident?.lat ?? null

  useEffect(() => {
    place.current = placeAt
  }, [placeAt])
  useEffect(() => {
    const { current: element } = box
    if (!element) return
    const events = {
      pick: (node: Node) => {
        if (dispatch.get().picking) {
          const at = map.whereIs(node)
          place.current(at.lon, at.lat)
        } else if (node.look.type === 'cluster') map.openCluster(node)
        else if (node.look.type === 'mark') setPeek(node.id)
        else if (node.look.type === 'incident') focusOn(dispatch, { type: 'incident', id: node.id })
      },
      ground: (x: number, y: number) => {
        if (dispatch.get().picking) place.current(x, y)
        setPeek(null)
      },
      moved: (v: View) => sessionStorage.setItem(VIEW_KEY, JSON.stringify(v)),
    }
    const { glyphs, palette, names } = first.current
    const map = maps.take('desk', element, () => new MapView(element, feed, palette, glyphs, events, kept() ?? START, own, { names, base }))
    mapRef.current = map
    revealWith((x, y, zoom) => map.reveal(x, y, zoom))
    Object.assign(window, { chiyuan: { feed, desk: dispatch, map: mapRef } })
    return () => {
      mapRef.current = null
      revealWith(null)
      map.rest()
    }
  }, [feed, dispatch, own, maps, base, mapRef])
  useEffect(() => mapRef.current?.setGlyphs(glyphs), [mapRef, glyphs])
  useEffect(() => mapRef.current?.setPalette(palette), [mapRef, palette])
  useEffect(() => mapRef.current?.setNames(names), [mapRef, names])
  useEffect(() => mapRef.current?.setLabel(t('desk.map_label')), [mapRef, t])
  useFirstFit(mapRef)

  const id = incident?.id ?? null
  useEffect(() => {
    const ranks = new Map(candidates.map((candidate) => [candidate.unit_id, candidate.rank]))
    mapRef.current?.set({ selected: id, ranks, bedProperty: null })
  }, [mapRef, candidates, id])
  useEffect(() => {
    const point = lon === null || lat === null ? null : { lon, lat }
    mapRef.current?.set({ point, rings: point ? RING_M : NO_RING, pin: id === null })
  }, [mapRef, lon, lat, id])
  // A new case is shown once; afterwards the camera moves only when told.
  useEffect(() => {
    const at = `${lon},${lat}`
    if (lon === null || lat === null || shown.current === at) return
    shown.current = at
    mapRef.current?.reveal(lon, lat, 10.5)
  }, [mapRef, lon, lat])
  useEffect(() => {
    void version
    const to: [number, number] | null = lon === null || lat === null ? null : [lon, lat]
    const armedIds = new Set(armed?.units.map((unit) => unit.id))
    const links: Link[] = to ? candidates.map((c) => ({ from: [c.lon, c.lat], to, style: armedIds.has(c.unit_id) ? 'solid' : 'dashed' })) : []
    for (const aid of incident?.assignment_ids ?? []) {
      const sent = feed.picture.get(aid) as Assignment | undefined
      const fix = sent && feed.picture.fixes.get(sent.unit_id)
      if (to && sent && isOpen(sent) && sent.arrived_at === null && fix) links.push({ from: [fix.lon, fix.lat], to, style: 'dotted' })
    }
    mapRef.current?.set({ links })
  }, [mapRef, candidates, armed, lon, lat, incident, feed, version])

  return (
    <section className={`desk-map ${feed.status.phase} ${picking ? 'picking' : ''}`} aria-label={t('desk.map_title')}>
      <div ref={box} className="map-box" role="application" aria-label={t('desk.map_label')} />
      <MapSource />
      <ScaleBar mapRef={mapRef} />
      {picking && <p className="pick-hint">{t('place.pick_hint')}</p>}
      <MarkPeek id={peek} onClose={() => setPeek(null)} />
      <div className="desk-map-tools" role="toolbar" aria-label={t('tool.label')}>
        <button type="button" aria-label={t('tool.in')} onClick={() => mapRef.current?.zoomBy(1)}>
          <Icon name="plus" size={18} />
        </button>
        <button type="button" aria-label={t('tool.out')} onClick={() => mapRef.current?.zoomBy(-1)}>
          <Icon name="minus" size={18} />
        </button>
        <button type="button" aria-label={t('tool.fit')} onClick={() => fitCentre(mapRef.current, feed.picture, own, true)}>
          <Icon name="fit" size={18} />
        </button>
      </div>
    </section>
  )
}

function kept(): View | null {
  try {
    const view = JSON.parse(sessionStorage.getItem(VIEW_KEY) ?? 'null') as View | null
    return view && [view.lon, view.lat, view.zoom].every(Number.isFinite) ? view : null
  } catch {
    return null
  }
}

function useFirstFit(mapRef: MapRef): void {
  const { feed, session } = useDispatch()
  const fitted = useRef(kept() !== null)
  const version = useFeed(feed, 'entities', 100)
  useEffect(() => {
    if (fitted.current || feed.loading) return
    fitted.current = fitCentre(mapRef.current, feed.picture, session.user.jurisdiction, false)
  }, [version, feed, mapRef, session])
}
