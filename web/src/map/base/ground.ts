/** Ground colours of vector tiles; only a configured base map has water, woods and streets. */
import { contrast } from '../../theme/contrast'
import type { Palette } from '../../theme/tokens'

export interface Ground {
  water: string
  green: string
  building: string
  casing: string
  motorway: string
  main: string
  street: string
  path: string
  rail: string
}

const day: Ground = {
  water: '#BCD3E3',
  green: '#D9E5D4',
  building: '#D3DAE1',
  casing: '#A9B7C5',
  motorway: '#E9C887',
  main: '#F4DFAE',
  street: '#FFFFFF',
  path: '#C3CED9',
  rail: '#8C9AA8',
}

const night: Ground = {
  water: '#0B2237',
  green: '#0E2019',
  building: '#16222F',
  casing: '#060B12',
  motorway: '#5C5138',
  main: '#45443C',
  street: '#26323F',
  path: '#1D2935',
  rail: '#3B4754',
}

export function isNight(p: Palette): boolean {
  return contrast(p.mout, '#FFFFFF') > contrast(p.mout, '#000000')
}

export function groundOf(p: Palette): Ground {
  return isNight(p) ? night : day
}
