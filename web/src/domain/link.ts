/** The view in the address, so that a link opens the same one: camera, selection, tool, query. */

export const TOOLS = ['select', 'nearest', 'rings', 'measure', 'draw'] as const
export type Tool = (typeof TOOLS)[number]

export interface Link {
  view: { lon: number; lat: number; zoom: number } | null
  selected: string | null
  tool: Tool
  point: { lon: number; lat: number; name: string | null } | null
  /** What is asked from the point. */
  nearest: boolean
  rings: boolean
  radiiKm: readonly number[]
}

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/
const MAX_NAME = 80

function numbers(text: string | null, count: number): number[] | null {
  const parts = (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  return parts.length === count && parts.every(Number.isFinite) ? parts : null
}

function onEarth(lon: number, lat: number): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}

/** The part of the hash behind `#/map?`; what cannot be read is left out. */
export function readLink(query: string): Link {
  const params = new URLSearchParams(query)
  const [lon, lat, zoom] = numbers(params.get('at'), 3) ?? []
  const [x, y] = numbers(params.get('from'), 2) ?? []
  const selected = params.get('sel')
  const ask = params.get('ask') ?? 'nr'
  const radii = (params.get('km') ?? '').split(',').map(Number).filter((km) => km > 0 && km <= 500)
  return {
    view: lon !== undefined && lat !== undefined && zoom !== undefined && onEarth(lon, lat) && zoom >= 0 && zoom <= 24 ? { lon, lat, zoom } : null,
    selected: selected && ID.test(selected) ? selected : null,
    tool: TOOLS.find((tool) => tool === params.get('tool')) ?? 'select',
    point: x !== undefined && y !== undefined && onEarth(x, y) ? { lon: x, lat: y, name: params.get('name')?.slice(0, MAX_NAME) || null } : null,
    nearest: ask.includes('n'),
    rings: ask.includes('r'),
    radiiKm: radii.slice(0, 5),
  }
}

export function writeLink(link: Link): string {
  const params = new URLSearchParams()
  const round = (n: number, digits: number) => String(Number(n.toFixed(digits)))
  const { view, point } = link
  if (view) params.set('at', [round(view.lon, 5), round(view.lat, 5), round(view.zoom, 2)].join())
  if (link.selected) params.set('sel', link.selected)
  if (link.tool !== 'select') params.set('tool', link.tool)
  if (point) {
    params.set('from', [round(point.lon, 6), round(point.lat, 6)].join())
    if (point.name) params.set('name', point.name.slice(0, MAX_NAME))
    const ask = `${link.nearest ? 'n' : ''}${link.rings ? 'r' : ''}`
    if (ask !== 'nr') params.set('ask', ask)
    if (link.radiiKm.join() !== '5,10,20') params.set('km', link.radiiKm.join())
  }
  // Commas are plain in a fragment, and a link that people read is worth it.
  return params.toString().replaceAll('%2C', ',')
}
