/** Day or night, for each desk of this browser: what a person chose, else what the desk is meant for. */
import type { PaletteName, ThemeName } from './tokens'

/** Desks that are read in the dark; every other one is paper-like. */
const DARK_DESKS = new Set(['map', 'dispatch', 'wall'])
const KEY = 'chiyuan.theme.'

type Kept = Pick<Storage, 'getItem' | 'setItem'>

export function themeOf(desk: string, kept: Kept = localStorage): ThemeName {
  const chosen = kept.getItem(KEY + desk)
  if (chosen === 'dark' || chosen === 'light') return chosen
  return DARK_DESKS.has(desk) ? 'dark' : 'light'
}

export function chooseTheme(desk: string, theme: ThemeName, kept: Kept = localStorage): void {
  kept.setItem(KEY + desk, theme)
}

export function paletteOf(desk: string, theme: ThemeName): PaletteName {
  return theme === 'dark' && desk === 'wall' ? 'wall' : theme
}
