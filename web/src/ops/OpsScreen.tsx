/** 一张图: tree, map, card and lists, event strip. */
import { useCallback, useEffect, useRef } from 'react'
import { useDesk } from '../app/desk'
import { Watermark } from '../drill/Watermark'
import { DirectorStrip } from '../drill/DirectorStrip'
import type { MapView } from '../map/mapView'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { DataAge } from './DataAge'
import { EventStrip } from './EventStrip'
import { fitCentre } from './fitCentre'
import { KeysFloat } from './KeysFloat'
import { MapPane } from './MapPane'
import { MeasureFloat } from './MeasureFloat'
import { ResourceList } from './ResourceList'
import { ResourceTree } from './ResourceTree'
import { RingsFloat } from './RingsFloat'
import { MapSheet } from './sheet/MapSheet'
import { SidePanel } from './SidePanel'
import { Tools } from './Tools'
import { useKeys } from './useKeys'
import { useLink } from './useLink'
import './ops.css'
import './panels.css'
import './tools.css'
import './narrow.css'

export function OpsScreen() {
  const { feed, world, session, ops } = useDesk()
  const mapRef = useRef<MapView | null>(null)
  const { point, centres, showRings, listOpen, float, tool, sketch } = useStore(ops)
  useFeed(feed, 'status', 0)
  const { jurisdiction } = session.user
  const fit = useCallback(() => fitCentre(mapRef.current, feed.picture, jurisdiction, true), [feed, jurisdiction])
  useKeys(ops, mapRef, fit)
  useLink(ops, mapRef)
  // Checks drive the map through this handle; it holds no secret.
  useEffect(() => {
    Object.assign(window, { chiyuan: { feed, ops, map: mapRef } })
  }, [feed, ops])
  // One float stands at the top left: the tool in hand comes first.
  const rings = !sketch && ((showRings && (point !== null || centres.length > 0)) || tool === 'rings')
  const director = session.user.role === 'exercise_director' || (world.kind === 'drill' && session.user.role === 'administrator')
  return (
    <div className="ops">
      <ResourceTree mapRef={mapRef} />
      <main className="ops-middle">
        <div className={`ops-map ${feed.status.phase}`}>
          <MapPane mapRef={mapRef} />
          {rings && <RingsFloat />}
          {tool === 'measure' && <MeasureFloat mapRef={mapRef} />}
          <DataAge />
          <Tools mapRef={mapRef} onFit={fit} />
          {float === 'keys' && <KeysFloat />}
          {float === 'sheet' && <MapSheet mapRef={mapRef} />}
          {listOpen && <ResourceList mapRef={mapRef} />}
          {world.kind === 'drill' && <Watermark />}
        </div>
        {director ? <DirectorStrip /> : <EventStrip mapRef={mapRef} />}
      </main>
      <SidePanel mapRef={mapRef} />
    </div>
  )
}
