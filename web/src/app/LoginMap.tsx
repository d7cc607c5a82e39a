/** The quiet map behind the log-in form, drawn straight from the boundary file. */
import { useEffect, useRef } from 'react'
import { mercatorX, mercatorY } from '../map/mercator'
import { dark, FONT } from '../theme/tokens'

interface Feature {
  properties: { c?: string; own?: number; k?: string; n?: string; l?: string; code?: string }
  geometry: { coordinates: unknown }
}

const CENTRE = { lon: 112.6, lat: 38.25 }
/** Pixels of the whole world's width at this picture. */
const WORLD = 512 * 2 ** 7.55

export function LoginMap() {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return
    const stop = new AbortController()
    void draw(canvas, stop.signal)
    return () => stop.abort()
  }, [])
  return <canvas className="login-map" ref={ref} aria-hidden="true" />
}

async function load(name: string, signal: AbortSignal): Promise<Feature[]> {
  const response = await fetch(`${import.meta.env.BASE_URL}basemap/${name}.json`, { signal })
  return ((await response.json()) as { features: Feature[] }).features
}

async function draw(canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
  const files = await Promise.all(['areas', 'lines', 'labels'].map((name) => load(name, signal))).catch(() => null)
  const ctx = canvas.getContext('2d')
  if (!files || !ctx) return
  const [areas, lines, labels] = files as [Feature[], Feature[], Feature[]]
  const { clientWidth: w, clientHeight: h } = canvas
  canvas.width = w
  canvas.height = h
  const place = ([lon, lat]: [number, number]): [number, number] => [
    w * 0.66 + (mercatorX(lon) - mercatorX(CENTRE.lon)) * WORLD,
    h / 2 + (mercatorY(lat) - mercatorY(CENTRE.lat)) * WORLD,
  ]
  for (const area of areas.filter((f) => f.properties.k === 'pilot')) {
    ctx.beginPath()
    for (const polygon of area.geometry.coordinates as [number, number][][][]) for (const r of polygon) trace(ctx, r.map(place))
    ctx.fillStyle = dark.mpilot
    ctx.fill('evenodd')
  }
  for (const line of lines) {
    const { c, own } = line.properties
    ctx.beginPath()
    for (const part of line.geometry.coordinates as [number, number][][]) trace(ctx, part.map(place))
    ctx.strokeStyle = own ? dark.mcity : c === 'd' ? dark.line : dark.mcounty
    ctx.setLineDash(c === 'd' && !own ? [4, 3] : [])
    ctx.lineWidth = own ? 1.6 : 1
    ctx.stroke()
  }
  ctx.textAlign = 'center'
  for (const label of labels.filter((f) => f.properties.l === 'c')) {
    const [x, y] = place(label.geometry.coordinates as [number, number])
    if (x < w * 0.42) continue
    ctx.font = `700 ${label.properties.own ? 26 : 20}px ${FONT}`
    ctx.fillStyle = label.properties.own ? dark.dead : dark.line2
    ctx.fillText([...(label.properties.n ?? '')].join(' '), x, y)
  }
}

function trace(ctx: CanvasRenderingContext2D, points: [number, number][]): void {
  points.forEach(([x, y], i) => (i === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)))
}
