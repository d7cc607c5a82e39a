/** The component kit dressed in our tokens. */
import type { ThemeConfig } from 'antd'
import { theme } from 'antd'
import { FONT, palettes, type PaletteName } from './tokens'

export function antdTheme(name: PaletteName): ThemeConfig {
  const p = palettes[name]
  return {
    algorithm: name === 'light' ? theme.defaultAlgorithm : theme.darkAlgorithm,
    token: {
      colorPrimary: p.t1,
      colorTextLightSolid: p.invt,
      colorBgContainer: p.bg2,
      colorBgElevated: p.bg2,
      colorBgBase: p.bg1,
      colorTextBase: p.t1,
      colorBorder: p.t3,
      colorText: p.t1,
      colorTextPlaceholder: p.t3,
      controlItemBgActive: p.bg3,
      controlItemBgHover: p.bg3,
      controlOutline: 'transparent',
      borderRadius: 6,
      controlHeight: 36,
      fontFamily: FONT,
      fontSize: 14,
      motionDurationMid: '.12s',
      motionDurationSlow: '.12s',
      wireframe: false,
      // Our style sheet stops all animations then, and a list that waits for the end of one never opens.
      motion: !(typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches),
    },
  }
}
