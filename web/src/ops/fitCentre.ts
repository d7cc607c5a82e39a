/** Shows one's own area, or the first one of who sees everything. */
import { boundsOf } from '../domain/bounds'
import { tally } from '../domain/tally'
import type { Picture } from '../feed/picture'
import type { MapView } from '../map/mapView'

/** False while nothing of it is in the picture. */
export function fitCentre(view: MapView | null, picture: Picture, own: string | null, animate: boolean): boolean {
  const code = own ?? tally(picture, 0)[0]?.code
  const bounds = code ? boundsOf(picture, code) : null
  if (bounds) view?.fit(bounds, animate)
  return bounds !== null
}
