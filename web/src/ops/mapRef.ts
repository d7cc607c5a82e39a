/** How panels reach the one map object. */
import type { RefObject } from 'react'
import type { MapView } from '../map/mapView'

export type MapRef = RefObject<MapView | null>
