/** Tiles of the WGS-84 pyramid, drawn from a source that is cut by GCJ-02. */
import { planOf, type Plan, type TileId } from './shift'
import type { Fetch } from './tiles'

/** Side of a tile before the first one was seen, px. */
const USUAL_SIZE = 256
/** Source tiles in memory: each belongs to up to four of ours. */
const KEPT = 64

export function shifted(get: Fetch<ImageBitmap>): Fetch<ImageBitmap> {
  const recent = new Map<string, Promise<ImageBitmap | null>>()
  const source: Fetch<ImageBitmap> = (tile, signal) => {
    const key = `${tile.z}/${tile.x}/${tile.y}`
    const asked = recent.get(key) ?? get(tile, signal)
    recent.delete(key)
    recent.set(key, asked)
    asked.catch(() => recent.get(key) === asked && recent.delete(key))
    for (const old of recent.keys()) if (recent.size > KEPT) recent.delete(old)
    return asked
  }
  return async (tile, signal) => {
    const plan = planOf(tile, USUAL_SIZE)
    if (!plan) return get(tile, signal)
    const asked = sourcesOf(plan, tile.z).map(async (from) => ({ from, picture: await source(from, signal) }))
    const found = (await Promise.all(asked)).flatMap(({ from, picture }) => (picture ? [{ from, picture }] : []))
    const size = found[0]?.picture.width
    if (size === undefined) return null
    return draw(planOf(tile, size) ?? plan, size, found)
  }
}

function sourcesOf({ x, y, across, down }: Plan, z: number): TileId[] {
  return Array.from({ length: across * down }, (_, i) => ({ z, x: x + (i % across), y: y + Math.floor(i / across) }))
}

/** First side by side, so that no seam is smoothed, then moved piece by piece. */
function draw(plan: Plan, size: number, found: readonly { from: TileId; picture: ImageBitmap }[]): ImageBitmap {
  const [sheet, ground] = canvas(plan.across * size, plan.down * size)
  for (const { from, picture } of found) ground.drawImage(picture, (from.x - plan.x) * size, (from.y - plan.y) * size, size, size)
  const [tile, ctx] = canvas(size, size)
  ctx.imageSmoothingQuality = 'high'
  for (const { x, y, side, matrix } of plan.pieces) {
    ctx.save()
    ctx.beginPath()
    ctx.rect(x, y, side, side)
    ctx.clip()
    ctx.setTransform(...matrix)
    ctx.drawImage(sheet, 0, 0)
    ctx.restore()
  }
  return tile.transferToImageBitmap()
}

function canvas(width: number, height: number): [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const made = new OffscreenCanvas(width, height)
  const ctx = made.getContext('2d')
  if (!ctx) throw new Error('no canvas')
  return [made, ctx]
}
