/** The small map of a form: a click says where; loaded only when it is opened. */
import { useEffect, useRef } from 'react'
import { useDesk } from '../app/desk'
import { boundsOf } from '../domain/bounds'
import type { LonLat } from '../domain/datum'
import { useT } from '../i18n/context'
import { MapView } from '../map/mapView'
import { MapSource } from '../ops/MapSource'
import { palettes, type ThemeName } from '../theme/tokens'
import { useGlyphs } from '../ui/glyphs'

const START = { lon: 113.2, lat: 38.1, zoom: 7 }
const CLOSE = 12
const NO_RINGS: number[] = []

export function PointMap({ point, onPick }: { point: LonLat | null; onPick(point: LonLat): void }) {
  const t = useT()
  const { feed, session, base } = useDesk()
  const glyphs = useGlyphs()
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<MapView | null>(null)
  const pick = useRef(onPick)
  const first = useRef({ point, glyphs })
  const own = session.user.jurisdiction
  useEffect(() => {
    pick.current = onPick
  }, [onPick])
  useEffect(() => {
    if (!box.current) return
    box.current.scrollIntoView({ block: 'center' })
    const { point: at, glyphs: letters } = first.current
    const theme = (document.documentElement.dataset.theme ?? 'dark') as ThemeName
    const map = new MapView(
      box.current,
      feed,
      palettes[theme],
      letters,
      {
        pick: (node) => (node.look.type === 'cluster' ? map.openCluster(node) : pick.current(map.whereIs(node))),
        ground: (lon, lat) => pick.current({ lon, lat }),
        moved: () => undefined,
      },
      at ? { ...at, zoom: CLOSE } : START,
      own,
      { base },
    )
    view.current = map
    const bounds = own && !at ? boundsOf(feed.picture, own) : null
    if (bounds) map.fit(bounds, false)
    return () => {
      view.current = null
      map.destroy()
    }
  }, [feed, own, base])
  useEffect(() => view.current?.set({ point, rings: NO_RINGS, pin: true }), [point])
  useEffect(() => view.current?.setLabel(t('registry.map_label')), [t])
  return (
    <div className="point-map">
      <div ref={box} className="map-box" role="application" aria-label={t('registry.map_label')} />
      <MapSource />
    </div>
  )
}
