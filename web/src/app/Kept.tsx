/** A section that stays once visited: hidden it has no layout, no effects and no news of the desk. */
import { Activity, useState, type ReactNode } from 'react'
import { ThemeContext, useTheme } from '../theme/context'
import { DeskContext, useDesk } from './desk'

export function Kept({ shown, children }: { shown: boolean; children: ReactNode }) {
  const desk = useDesk()
  const theme = useTheme()
  const [last, setLast] = useState(shown ? { desk, theme } : null)
  if (shown && (last?.desk !== desk || last.theme !== theme)) setLast({ desk, theme })
  if (!last) return null
  return (
    <Activity mode={shown ? 'visible' : 'hidden'}>
      <DeskContext value={last.desk}>
        <ThemeContext value={last.theme}>{children}</ThemeContext>
      </DeskContext>
    </Activity>
  )
}
