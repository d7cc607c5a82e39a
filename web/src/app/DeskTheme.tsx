/** Dresses a desk: CSS variables, the component kit and what is drawn by hand follow one choice. */
import { ConfigProvider } from 'antd'
import { useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { antdTheme } from '../theme/antd'
import { chooseTheme, paletteOf, themeOf } from '../theme/choice'
import { ThemeContext, useTheme } from '../theme/context'
import { applyPalette, palettes, type ThemeName } from '../theme/tokens'
import { useT } from '../i18n/context'
import { Icon } from '../ui/icons'

export function DeskTheme({ desk, children }: { desk: string; children: ReactNode }) {
  const [, setChosen] = useState(0)
  const name = themeOf(desk)
  const palette = paletteOf(desk, name)
  useLayoutEffect(() => {
    applyPalette(palette)
    return () => applyPalette('dark')
  }, [palette])
  const theme = useMemo(() => {
    const choose = (next: ThemeName) => {
      chooseTheme(desk, next)
      setChosen((n) => n + 1)
    }
    return { name, palette: palettes[palette], choose }
  }, [desk, name, palette])
  const kit = useMemo(() => antdTheme(palette), [palette])
  return (
    <ThemeContext value={theme}>
      <ConfigProvider theme={kit}>{children}</ConfigProvider>
    </ThemeContext>
  )
}

export function ThemeSwitch({ size = 18 }: { size?: number }) {
  const t = useT()
  const { name, choose } = useTheme()
  const next = name === 'dark' ? 'light' : 'dark'
  const label = t(`theme.to_${next}`)
  return (
    <button type="button" className="quiet theme-switch" data-theme-now={name} aria-label={label} title={label} onClick={() => choose(next)}>
      <Icon name={next === 'light' ? 'sun' : 'moon'} size={size} />
    </button>
  )
}
