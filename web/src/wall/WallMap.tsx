/** The map of the wall: the cities in one view, each stand-alone county in an inset; the camera is set once. */
import { useEffect, useMemo, useRef } from 'react'
import { useDesk } from '../app/desk'
import type { Jurisdiction } from '../api/types'
import { boundsOf, type Box } from '../domain/bounds'
import { useI18n, useT } from '../i18n/context'
import { nameIn } from '../i18n/names'
import { MapView } from '../map/mapView'
import { MapSource } from '../ops/MapSource'
import { usePalette } from '../theme/context'
import { useGlyphs } from '../ui/glyphs'
import { useFeed } from '../ui/hooks'
import { usePlaceNames } from '../ui/placeNames'
import { useWallScale } from './scale'

const START = { lon: 113.2, lat: 38.1, zoom: 6.9 }
const HIDDEN = new Set(['bed_pool', 'stockpile', 'facility'] as const)
const SCALE = 1.3
const CLUSTER_PX = 50
const FAMILIES = ['ready', 'out', 'pat', 'idle'] as const

export function WallMap() {
  const { t, language } = useI18n()
  const { feed } = useDesk()
  useFeed(feed, 'entities', 2_000)
  const { main, insets } = areasOf([...feed.picture.all<Jurisdiction>('jurisdiction')])
  return (
    <section className="wall-panel wall-map" data-panel="map" aria-label={t('wall.map')}>
      <Still codes={main.map((area) => area.code)} label={t('wall.map')} inset={false} left={insets.length > 0 ? 270 : 60} />
      <div className="insets">
        {insets.map((area) => (
          <figure key={area.code}>
            <figcaption>{nameIn(language, area)}</figcaption>
            <Still codes={[area.code]} label={nameIn(language, area)} inset left={20} />
          </figure>
        ))}
      </div>
      <ul className="map-legend">
        {FAMILIES.map((family) => (
          <li key={family}>
            <i className={family} />
            {t(`wall.family_${family}`)}
          </li>
        ))}
      </ul>
      <MapSource name="wall-source" />
    </section>
  )
}

/** Cities are drawn together; counties that belong to none get an inset, unless there is nothing else. */
function areasOf(all: readonly Jurisdiction[]): { main: Jurisdiction[]; insets: Jurisdiction[] } {
  const centres = all.filter((area) => area.code === area.centre && !area.retired).sort((a, b) => a.code.localeCompare(b.code))
  const cities = centres.filter((area) => area.tier === 'city')
  if (cities.length === 0) return { main: centres.slice(0, 1), insets: centres.slice(1) }
  return { main: cities, insets: centres.filter((area) => area.tier !== 'city') }
}

interface StillProps {
  codes: readonly string[]
  label: string
  inset: boolean
  /** Room at the left, px. */
  left: number
}

function Still({ codes, label, inset, left }: StillProps) {
  const t = useT()
  const { feed, session, base } = useDesk()
  const glyphs = useGlyphs()
  const palette = usePalette()
  const names = usePlaceNames(feed)
  const zoom = useWallScale()
  const box = useRef<HTMLDivElement>(null)
  const note = useRef<HTMLParagraphElement>(null)
  const view = useRef<MapView | null>(null)
  const first = useRef({ glyphs, palette, names })
  const own = session.user.jurisdiction
  const key = codes.join()
  const version = useFeed(feed, 'entities', 2_000)
  const bounds = useMemo(() => {
    void version
    return union(key.split(',').map((code) => boundsOf(feed.picture, code)))?.join()
  }, [feed, key, version])

  useEffect(() => {
    if (!box.current) return
    const events = { pick: () => undefined, ground: () => undefined, moved: () => undefined }
    const { palette: p, glyphs: g, names: n } = first.current
    const map = new MapView(box.current, feed, p, g, events, START, own, { still: true, scale: SCALE, names: n, base })
    map.set({ hidden: HIDDEN, bedProperty: null, byCounty: true, clusterPx: CLUSTER_PX })
    view.current = map
    if (!inset) Object.assign(window, { chiyuan: { ...(window as { chiyuan?: object }).chiyuan, map: view } })
    const timer = window.setInterval(() => {
      if (note.current) note.current.hidden = map.drawing
    }, 5_000)
    return () => {
      window.clearInterval(timer)
      view.current = null
      map.destroy()
    }
    // Another scale needs other pixels.
  }, [feed, own, inset, zoom, base])
  useEffect(() => {
    first.current = { glyphs, palette, names }
    view.current?.setGlyphs(glyphs)
    view.current?.setPalette(palette)
    view.current?.setNames(names)
  }, [glyphs, palette, names])
  useEffect(() => view.current?.setLabel(label), [label, zoom])
  useEffect(() => {
    const element = box.current
    if (!element || !bounds) return
    const padding = inset ? { top: 40, bottom: 24, left, right: 20 } : { top: 70, bottom: 60, left, right: 70 }
    const fit = () => view.current?.fit(bounds.split(',').map(Number) as Box, false, padding)
    const watch = new ResizeObserver(fit)
    watch.observe(element)
    return () => watch.disconnect()
  }, [bounds, inset, left, zoom])

  return (
    <>
      <div ref={box} className="map-box" role="img" aria-label={label} />
      <p ref={note} className="no-gl" hidden>
        {t('wall.no_gl')}
      </p>
    </>
  )
}

function union(boxes: readonly (Box | null)[]): Box | null {
  return boxes.reduce<Box | null>((all, box) => {
    if (!all || !box) return all ?? box
    return [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])]
  }, null)
}
