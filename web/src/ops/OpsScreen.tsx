/** 一张图: tree, map, card and lists, event strip. */
import { useEffect, useRef } from 'react'
import { useDesk } from '../app/desk'
import { Watermark } from '../drill/Watermark'
import { DirectorStrip } from '../drill/DirectorStrip'
import type { MapView } from '../map/mapView'
import { useFeed } from '../ui/hooks'
import { useStore } from '../ui/store'
import { DataAge } from './DataAge'
import { EventStrip } from './EventStrip'
import { MapPane } from './MapPane'
import { ResourceList } from './ResourceList'
import { ResourceTree } from './ResourceTree'
import { RingsFloat } from './RingsFloat'
import { SidePanel } from './SidePanel'
import { Tools } from './Tools'
import { useKeys } from './useKeys'
import './ops.css'
import './panels.css'
import './narrow.css'

export function OpsScreen() {
  const { feed, world, session, ops } = useDesk()
  const mapRef = useRef<MapView | null>(null)
  const { point, showRings, listOpen } = useStore(ops)
  useFeed(feed, 'status', 0)
  useKeys(ops, mapRef)
  // Checks drive the map through this handle; it holds no secret.
  useEffect(() => {
    Object.assign(window, { chiyuan: { feed, ops, map: mapRef } })
  }, [feed, ops])
  const director = session.user.role === 'exercise_director' || (world.kind === 'drill' && session.user.role === 'administrator')
  return (
    <div className="ops">
      <ResourceTree mapRef={mapRef} />
      <main className="ops-middle">
        <div className={`ops-map ${feed.status.phase}`}>
          <MapPane mapRef={mapRef} />
          {point && showRings && <RingsFloat point={point} />}
          <DataAge />
          <Tools mapRef={mapRef} />
          {listOpen && <ResourceList mapRef={mapRef} />}
          {world.kind === 'drill' && <Watermark />}
        </div>
        {director ? <DirectorStrip /> : <EventStrip mapRef={mapRef} />}
      </main>
      <SidePanel mapRef={mapRef} />
    </div>
  )
}
