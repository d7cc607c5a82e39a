/** The sheet that leaves the house: the map with its time, its source and, in a drill, its band. */
import { FONT_CHINESE } from '../../theme/tokens'

export interface SheetWords {
  title: string
  /** When the picture was true, and what it is worth. */
  time: string
  source: string
  /** Text of the band; null in the live world. */
  drill: string | null
}

const HEAD = 44
const FOOT = 30
const PAPER = '#FFFFFF'
const INK = '#0D1926'
const GREY = '#3E5063'
const STRIPES = ['#FF7D00', '#E46C00'] as const
const STRIPE = 24

export function compose(map: HTMLCanvasElement, words: SheetWords): HTMLCanvasElement {
  const k = Math.max(1, map.width / 1200)
  const [head, foot] = [Math.round(HEAD * k), Math.round(FOOT * k)]
  const sheet = document.createElement('canvas')
  sheet.width = map.width
  sheet.height = map.height + head + foot
  const ctx = sheet.getContext('2d')
  if (!ctx) return map
  ctx.fillStyle = PAPER
  ctx.fillRect(0, 0, sheet.width, sheet.height)
  if (words.drill) stripes(ctx, sheet.width, head, STRIPE * k)
  ctx.drawImage(map, 0, head)
  const line = (text: string, size: number, x: number, y: number, align: CanvasTextAlign, colour: string) => {
    ctx.font = `${size >= 16 ? '700 ' : ''}${Math.round(size * k)}px ${FONT_CHINESE}`
    ctx.textAlign = align
    ctx.textBaseline = 'middle'
    ctx.fillStyle = colour
    ctx.fillText(text, x, y)
  }
  const [left, right] = [16 * k, sheet.width - 16 * k]
  line(words.drill ? `${words.drill}　${words.title}` : words.title, 18, left, head / 2, 'left', words.drill ? '#150900' : INK)
  line(words.time, 15, right, head / 2, 'right', words.drill ? '#150900' : INK)
  line(words.source, 13, left, sheet.height - foot / 2, 'left', GREY)
  return sheet
}

function stripes(ctx: CanvasRenderingContext2D, width: number, height: number, step: number): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, width, height)
  ctx.clip()
  for (let x = -height, n = 0; x < width; x += step, n += 1) {
    ctx.fillStyle = STRIPES[n % 2] as string
    ctx.beginPath()
    ctx.moveTo(x, height)
    ctx.lineTo(x + height, 0)
    ctx.lineTo(x + height + step, 0)
    ctx.lineTo(x + step, height)
    ctx.fill()
  }
  ctx.restore()
}

export function pngOf(sheet: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'))
}
