/** A section that stays once visited: hidden it has no layout, no effects and no news of the desk. */
import { Activity, useState, type ReactNode } from 'react'
import { DeskContext, useDesk } from './desk'

export function Kept({ shown, children }: { shown: boolean; children: ReactNode }) {
  const desk = useDesk()
  const [last, setLast] = useState(shown ? desk : null)
  if (shown && last !== desk) setLast(desk)
  if (!last) return null
  return (
    <Activity mode={shown ? 'visible' : 'hidden'}>
      <DeskContext value={last}>{children}</DeskContext>
    </Activity>
  )
}
