/** Turns scene nodes into sprites for the overlay; the only place that knows keys of the atlas. */
import type { MarkType } from '../../api/marks'
import type { Palette } from '../../theme/tokens'
import { bedSymbol, clusterSymbol, facilitySymbol, stationSymbol, stockSymbol } from '../symbols/fixed'
import { ageTag, incidentPin, markFlag, rankTab, selectedRing } from '../symbols/marks'
import type { Symbol2d } from '../symbols/primitives'
import { unitSymbol, wedgeSymbol } from '../symbols/units'
import type { Atlas } from './atlas'
import type { Look, Node } from './model'
import type { Instance } from './overlay'

/** The letters that stand inside symbols, in the language of the screen. */
export interface Glyphs {
  negative: string
  vehicle(type: string): string
  facility(type: string): string | null
  mark(type: MarkType): string
  age(ms: number): string
}

/** Instances in drawing order: selection under its symbol, tabs above. */
export function instances(nodes: readonly Node[], atlas: Atlas, palette: Palette, glyphs: Glyphs): Instance[] {
  const before = atlas.generation
  const out = nodes.flatMap((node) => spritesOf(node, atlas, palette, glyphs))
  // The atlas overflowed half-way: its early sprites are gone, draw them anew.
  return atlas.generation === before ? out : nodes.flatMap((node) => spritesOf(node, atlas, palette, glyphs))
}

function spritesOf(node: Node, atlas: Atlas, p: Palette, glyphs: Glyphs): Instance[] {
  const { look } = node
  const out: Instance[] = []
  const push = (key: string, symbol: () => Symbol2d, dy = 0, rotate = 0) => {
    out.push({ ...node.at, dx: node.dx, dy: node.dy + dy, rotate, sprite: atlas.sprite(key, symbol) })
  }
  if (node.selected && look.type !== 'incident' && look.type !== 'mark') push(`ring/${look.type === 'bed_pool'}`, () => selectedRing(p, look.type === 'bed_pool'))
  if (look.type === 'unit' && look.heading !== null) {
    push(`wedge/${look.status}`, () => wedgeSymbol(p, look.status), 0, look.heading)
  }
  push(...bodyOf(look, p, glyphs, node.selected))
  if (look.type === 'unit' && look.stale) {
    const text = glyphs.age(look.ageMs)
    push(`age/${text}`, () => ageTag(p, text), 26)
  }
  const { rank } = node
  if (rank !== null) push(`rank/${rank}`, () => rankTab(p, rank), -28)
  return out
}

function bodyOf(look: Look, p: Palette, glyphs: Glyphs, selected: boolean): [string, () => Symbol2d] {
  switch (look.type) {
    case 'unit': {
      const { kind, status, vehicle, negative, stale } = look
      const glyph = kind === 'special_vehicle' ? glyphs.vehicle(vehicle) : undefined
      const tag = negative ? glyphs.negative : undefined
      return [`unit/${kind}/${status}/${vehicle}/${negative}/${stale}`, () => unitSymbol(p, { kind, status, glyph, negative: tag, stale })]
    }
    case 'station':
      return [`station/${look.state}/${look.ready}/${look.city}`, () => stationSymbol(p, look.state, look.ready, look.city)]
    case 'facility':
      return [`facility/${look.facilityType}/${look.ready}`, () => facilitySymbol(p, 'ok', glyphs.facility(look.facilityType), look.ready)]
    case 'bed_pool':
      return [`bed/${look.state}/${look.free}/${look.negative}`, () => bedSymbol(p, look.state, String(look.free), look.negative ? glyphs.negative : null)]
    case 'stockpile':
      return [`stock/${look.state}`, () => stockSymbol(p, look.state)]
    case 'incident':
      return [`incident/${look.priority}/${look.held}/${selected}`, () => incidentPin(p, look.priority, look.held, selected)]
    case 'mark':
      return [`mark/${look.mark}/${selected}`, () => markFlag(p, glyphs.mark(look.mark), look.mark === 'hazard_zone', selected)]
    case 'cluster': {
      const { ready, out, pat, idle } = look.counts
      return [`cluster/${ready}/${out}/${pat}/${idle}`, () => clusterSymbol(p, look.counts)]
    }
  }
}
