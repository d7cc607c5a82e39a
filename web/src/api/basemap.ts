/** What the operator lays under the packaged boundaries. */
import { request } from './client'
import type { components } from './schema'

export type BaseMapView = components['schemas']['BaseMapView']

export function getBaseMap(): Promise<BaseMapView> {
  return request('GET', '/basemap')
}
