/** Layers of what is drawn by hand. Hue is data: only a danger is red, everything else is white or grey. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Palette } from '../theme/tokens'

const isType = (...types: string[]): ExpressionSpecification => ['in', ['get', 'type'], ['literal', types]]
const isPart = (part: string): ExpressionSpecification => ['==', ['get', 'part'], part]
const selectedOr = (wide: number, width: number): ExpressionSpecification => ['case', ['get', 'selected'], wide, width]

/** Under rings and things. */
export function markLayers(p: Palette): LayerSpecification[] {
  const danger: ExpressionSpecification = ['case', isType('hazard_zone'), p.alarm, p.t1]
  const line = (id: string, types: string[], dash: number[] | undefined, width: number): LayerSpecification => ({
    id,
    type: 'line',
    source: 'marks',
    filter: isType(...types),
    paint: { 'line-color': danger, 'line-width': selectedOr(width + 1.4, width), 'line-opacity': ['case', ['get', 'selected'], 1, 0.85], ...(dash ? { 'line-dasharray': dash } : {}) },
  })
  return [
    { id: 'mark-area', type: 'fill', source: 'marks', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': danger, 'fill-opacity': ['case', isType('hazard_zone'), 0.16, 0.07] } },
    line('mark-danger', ['hazard_zone'], undefined, 2),
    line('mark-cordon', ['cordon'], [3, 2], 2),
    line('mark-traffic', ['traffic_control'], [1.4, 0.7], 4),
    line('mark-other', ['note', 'staging_point', 'other'], undefined, 1.4),
  ]
}

/** Above everything that MapLibre draws. */
export function sketchLayers(p: Palette): LayerSpecification[] {
  return [
    { id: 'sketch-area', type: 'fill', source: 'sketch', filter: isPart('area'), paint: { 'fill-color': p.t1, 'fill-opacity': 0.1 } },
    { id: 'sketch-line', type: 'line', source: 'sketch', filter: isPart('line'), paint: { 'line-color': p.t1, 'line-width': 2.4 } },
    { id: 'sketch-rubber', type: 'line', source: 'sketch', filter: isPart('rubber'), paint: { 'line-color': p.t1, 'line-width': 1.6, 'line-opacity': 0.7, 'line-dasharray': [3, 2] } },
    { id: 'sketch-vertex', type: 'circle', source: 'sketch', filter: isPart('vertex'), paint: { 'circle-radius': ['case', ['get', 'first'], 5.5, 4], 'circle-color': p.t1, 'circle-stroke-color': p.mout, 'circle-stroke-width': 2 } },
  ]
}
