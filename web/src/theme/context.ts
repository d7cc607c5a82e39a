/** The theme of this screen, for what is drawn outside of CSS. */
import { createContext, useContext } from 'react'
import { dark, type Palette, type ThemeName } from './tokens'

export interface Theme {
  name: ThemeName
  palette: Palette
  choose(name: ThemeName): void
}

export const ThemeContext = createContext<Theme>({ name: 'dark', palette: dark, choose: () => undefined })

export function useTheme(): Theme {
  return useContext(ThemeContext)
}

export function usePalette(): Palette {
  return useContext(ThemeContext).palette
}
