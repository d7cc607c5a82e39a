/** Sprites drawn once on demand and packed into one texture. */
import { drawSymbol, type Symbol2d } from '../symbols/primitives'

const SIZE = 2048
const GAP = 2

export interface Sprite {
  u0: number
  v0: number
  u1: number
  v1: number
  /** Size on screen, CSS px. */
  width: number
  height: number
}

export class Atlas {
  readonly canvas: HTMLCanvasElement
  /** Rises whenever the pixels changed. */
  revision = 0
  /** Rises whenever sprites handed out before became invalid. */
  generation = 0
  private readonly ctx: CanvasRenderingContext2D
  private readonly sprites = new Map<string, Sprite>()
  private x = GAP
  private y = GAP
  private shelf = 0

  /** Texels a CSS pixel: one to one on plain screens, so that nothing is resampled. */
  private readonly scale: number

  constructor(
    private readonly bodyScale: number,
    ratio: number,
  ) {
    this.scale = Math.min(3, Math.ceil(ratio))
    this.canvas = document.createElement('canvas')
    this.canvas.width = this.canvas.height = SIZE
    const ctx = this.canvas.getContext('2d')
    if (!ctx) throw new Error('2d canvas is missing')
    this.ctx = ctx
  }

  /** Forgets everything, e.g. when theme or language change. */
  clear(): void {
    this.ctx.clearRect(0, 0, SIZE, SIZE)
    this.sprites.clear()
    this.x = this.y = GAP
    this.shelf = 0
    this.revision += 1
    this.generation += 1
  }

  sprite(key: string, symbol: () => Symbol2d): Sprite {
    const known = this.sprites.get(key)
    if (known) return known
    const { primitives, halfWidth, halfHeight } = symbol()
    const width = Math.ceil(halfWidth * 2 * this.bodyScale)
    const height = Math.ceil(halfHeight * 2 * this.bodyScale)
    const place = this.place(width * this.scale, height * this.scale)
    if (!place) {
      // Full: drop all; what is on screen comes back within this very frame.
      this.clear()
      return this.sprite(key, symbol)
    }
    const [x, y] = place
    this.ctx.save()
    this.ctx.translate(x + (width * this.scale) / 2, y + (height * this.scale) / 2)
    this.ctx.scale(this.scale * this.bodyScale, this.scale * this.bodyScale)
    drawSymbol(this.ctx, { primitives, halfWidth, halfHeight })
    this.ctx.restore()
    const sprite = {
      u0: x / SIZE,
      v0: y / SIZE,
      u1: (x + width * this.scale) / SIZE,
      v1: (y + height * this.scale) / SIZE,
      width,
      height,
    }
    this.sprites.set(key, sprite)
    this.revision += 1
    return sprite
  }

  private place(width: number, height: number): [number, number] | null {
    if (this.x + width + GAP > SIZE) {
      this.x = GAP
      this.y += this.shelf + GAP
      this.shelf = 0
    }
    if (this.y + height + GAP > SIZE) return null
    const at: [number, number] = [this.x, this.y]
    this.x += width + GAP
    this.shelf = Math.max(this.shelf, height)
    return at
  }
}
