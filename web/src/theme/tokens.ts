/** Colour tokens of both themes; they feed CSS variables, the component kit and the map atlas. */

export interface Palette {
  bg0: string
  bg1: string
  bg2: string
  bg3: string
  line: string
  line2: string
  t1: string
  t2: string
  t3: string
  inv: string
  invt: string
  ready: string
  out: string
  scene: string
  pat: string
  decon: string
  idle: string
  dead: string
  alarm: string
  alarmfill: string
  /** Glyph colour on a filled status body. */
  onfill: string
  /** Second line on the face of `inv`. */
  invt2: string
  /** Ground of a row that is late, and of the same row when chosen. */
  late: string
  late2: string
  drill: string
  mout: string
  mland: string
  mpilot: string
  mown: string
  mcounty: string
  mcity: string
  mlabel: string
  mstrong: string
}

export const dark: Palette = {
  bg0: '#060B12',
  bg1: '#0C141F',
  bg2: '#121D2B',
  bg3: '#1B2A3C',
  line: '#1F2F42',
  line2: '#34495F',
  t1: '#EEF4FA',
  t2: '#B3C2D1',
  t3: '#8798AB',
  inv: '#EEF4FA',
  invt: '#0A1220',
  ready: '#3DDC97',
  out: '#3CC8F0',
  scene: '#FF8AD4',
  pat: '#B79FFF',
  decon: '#D0A878',
  idle: '#8A9BAD',
  dead: '#66788C',
  alarm: '#FF6259',
  alarmfill: '#D92C26',
  onfill: '#07111C',
  invt2: '#3E5063',
  late: '#3B1318',
  late2: '#4A171D',
  drill: '#FF9A3D',
  mout: '#080F18',
  mland: '#0A121D',
  mpilot: '#0D1826',
  mown: '#112134',
  mcounty: '#22374D',
  mcity: '#5F7F9F',
  mlabel: '#8FA5BB',
  mstrong: '#D5E2EE',
}

export const light: Palette = {
  bg0: '#E9EDF2',
  bg1: '#FFFFFF',
  bg2: '#F4F6F9',
  bg3: '#E6ECF3',
  line: '#DCE3EA',
  line2: '#B4C1CE',
  t1: '#0D1926',
  t2: '#3E5063',
  t3: '#526376',
  inv: '#0D1926',
  invt: '#FFFFFF',
  ready: '#0A7A4B',
  out: '#0B6F92',
  scene: '#B01E78',
  pat: '#6440D0',
  decon: '#8A5A1E',
  idle: '#5B6C7E',
  dead: '#75869A',
  alarm: '#C4211C',
  alarmfill: '#C4211C',
  onfill: '#FFFFFF',
  invt2: '#C6D2DE',
  late: '#FBE4E2',
  late2: '#F5D2CF',
  drill: '#B85200',
  mout: '#DCE3E9',
  mland: '#E6EBEF',
  mpilot: '#F1F4F6',
  mown: '#FFFFFF',
  mcounty: '#B9C6D2',
  mcity: '#5D738A',
  mlabel: '#526376',
  mstrong: '#1B2B3B',
}

/** The wall is bluer: glossy tiles eat neutral greys, and it is read from afar. */
export const wall: Palette = {
  ...dark,
  bg0: '#050B16',
  bg1: '#081425',
  bg2: '#0E1E33',
  bg3: '#142B47',
  line: '#173050',
  line2: '#2C5075',
  t3: '#8DA3BA',
  mout: '#050D1A',
  mland: '#07111F',
  mpilot: '#0D2340',
  mown: '#0D2340',
  mcounty: '#24466B',
}

/** The hazard band of a drill; the same in both themes, so that it cannot be themed away. */
export const drillBand = { stripeA: '#FF7D00', stripeB: '#E46C00', text: '#150900' } as const

export const palettes = { dark, light, wall } as const
export type PaletteName = keyof typeof palettes
/** What a person chooses. */
export type ThemeName = 'dark' | 'light'

/** Writes the palette as CSS variables (`--bg1`, `--t1`, ...). */
export function applyPalette(name: PaletteName, root: HTMLElement = document.documentElement): void {
  root.dataset.theme = name === 'light' ? 'light' : 'dark'
  root.style.colorScheme = root.dataset.theme
  for (const [token, value] of Object.entries(palettes[name])) root.style.setProperty(`--${token}`, value)
  root.style.setProperty('--drill-a', drillBand.stripeA)
  root.style.setProperty('--drill-b', drillBand.stripeB)
  root.style.setProperty('--drill-text', drillBand.text)
}

export const FONT_LATIN = '"IBM Plex Sans"'
export const FONT_CHINESE =
  '"Noto Sans SC","Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'
export const FONT = `${FONT_LATIN},${FONT_CHINESE}`
export const FONT_NUMBER = `"IBM Plex Sans Condensed",${FONT}`
