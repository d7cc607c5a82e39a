import { describe, expect, it } from 'vitest'
import { contrast } from '../src/theme/contrast'
import { chooseTheme, paletteOf, themeOf } from '../src/theme/choice'
import { drillBand, palettes } from '../src/theme/tokens'

describe.each(Object.entries(palettes))('%s palette', (_, p) => {
  it.each(['t1', 't2', 'ready', 'out', 'scene', 'pat', 'decon', 'idle', 'alarm'] as const)('%s is readable as text on a panel and on a selected row', (token) => {
    expect(contrast(p[token], p.bg1)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p[token], p.bg3)).toBeGreaterThanOrEqual(4.49)
    expect(contrast(p[token], p.mown)).toBeGreaterThanOrEqual(4.5)
  })

  it('t3 is readable on every ground', () => {
    expect(contrast(p.t3, p.bg1)).toBeGreaterThanOrEqual(4.5)
    for (const ground of [p.bg0, p.bg2, p.bg3, p.mout]) expect(contrast(p.t3, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('edges and marks reach 3', () => {
    expect(contrast(p.t3, p.bg2)).toBeGreaterThanOrEqual(3)
    expect(contrast(p.dead, p.bg3)).toBeGreaterThanOrEqual(3)
    expect(contrast(p.mcity, p.mown)).toBeGreaterThanOrEqual(3)
  })

  it('late rows are readable, chosen or not', () => {
    for (const ground of [p.late, p.late2]) {
      expect(contrast(p.t1, ground)).toBeGreaterThanOrEqual(7)
      expect(contrast(p.t2, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(p.alarm, ground)).toBeGreaterThanOrEqual(4)
    }
    expect(contrast(p.alarm, p.late)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.invt2, p.inv)).toBeGreaterThanOrEqual(4.5)
  })

  it('primary buttons, filled alarms and map labels are readable', () => {
    expect(contrast(p.inv, p.invt)).toBeGreaterThanOrEqual(7)
    expect(contrast(p.alarmfill, '#FFFFFF')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.mlabel, p.mown)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.mstrong, p.mown)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('drill band', () => {
  it('is readable on both stripes', () => {
    expect(contrast(drillBand.text, drillBand.stripeA)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(drillBand.text, drillBand.stripeB)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('the choice of a theme', () => {
  const browser = () => {
    const kept = new Map<string, string>()
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) }
  }
  it('is dark where people work in the dark, else light, until somebody chooses', () => {
    const kept = browser()
    expect(['map', 'dispatch', 'wall', 'kpi', 'beds', 'print'].map((desk) => themeOf(desk, kept))).toEqual(['dark', 'dark', 'dark', 'light', 'light', 'light'])
    chooseTheme('map', 'light', kept)
    expect(themeOf('map', kept)).toBe('light')
    expect(themeOf('dispatch', kept)).toBe('dark')
  })
  it('the dark wall has a palette of its own', () => {
    expect([paletteOf('wall', 'dark'), paletteOf('wall', 'light'), paletteOf('map', 'dark')]).toEqual(['wall', 'light', 'dark'])
  })
})
