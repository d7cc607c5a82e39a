/** The box that holds everything of a jurisdiction, for fitting the map to it. */
import type { Placed } from '../api/types'
import type { Picture } from '../feed/picture'

export type Box = [west: number, south: number, east: number, north: number]

/** `code` is a centre or a county; null when nothing stands there. */
export function boundsOf(picture: Picture, code: string): Box | null {
  let box: Box | null = null
  for (const kind of ['station', 'facility'] as const) {
    for (const entity of picture.all(kind) as IterableIterator<Placed & { kind: typeof kind }>) {
      if (entity.retired || (entity.centre !== code && entity.jurisdiction !== code)) continue
      const { lon, lat } = entity
      box = box
        ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
        : [lon, lat, lon, lat]
    }
  }
  return box
}
