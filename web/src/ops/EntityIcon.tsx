/** The symbol of an entity as it stands on the map now. */
import type { Entity } from '../api/types'
import { bedState, freeBeds, stockState } from '../domain/places'
import { isNegative, isUnit } from '../domain/units'
import { bedSymbol, facilitySymbol, stationSymbol, stockSymbol } from '../map/symbols/fixed'
import type { Symbol2d } from '../map/symbols/primitives'
import { unitSymbol } from '../map/symbols/units'
import { usePalette } from '../theme/context'
import type { Palette } from '../theme/tokens'
import { useGlyphs } from '../ui/glyphs'
import type { Glyphs } from '../map/fleet/sprites'
import { Symbol } from '../ui/Symbol'

interface Props {
  entity: Entity
  size: number
  stale?: boolean
  now: number
}

export function EntityIcon({ entity, size, stale = false, now }: Props) {
  const glyphs = useGlyphs()
  const palette = usePalette()
  const symbol = symbolOf(palette, entity, stale, now, glyphs)
  return symbol ? <Symbol symbol={symbol} size={size} half={entity.kind === 'bed_pool' ? 30 : 19} /> : null
}

function symbolOf(p: Palette, entity: Entity, stale: boolean, now: number, glyphs: Glyphs): Symbol2d | null {
  if (isUnit(entity)) {
    const glyph = entity.kind === 'special_vehicle' ? glyphs.vehicle(entity.vehicle_type) : undefined
    const negative = isNegative(entity) ? glyphs.negative : undefined
    return unitSymbol(p, { kind: entity.kind, status: entity.status, glyph, negative, stale })
  }
  switch (entity.kind) {
    case 'station':
      return stationSymbol(p, 'ok', null, entity.tier === 'centre')
    case 'facility':
      return facilitySymbol(p, 'ok', glyphs.facility(entity.facility_type ?? ''), null)
    case 'bed_pool': {
      const negative = entity.properties?.includes('negative_pressure') ? glyphs.negative : null
      return bedSymbol(p, bedState([entity], now), String(freeBeds(entity)), negative)
    }
    case 'stockpile':
      return stockSymbol(p, stockState(entity, now))
    default:
      return null
  }
}
