/** What every part of the crew's screen shares, and the hooks between the plain stores and React. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Session } from '../../api/types'
import { useSecond } from '../../ui/hooks'
import type { CrewDesk } from '../desk/crewDesk'
import type { LineState } from '../desk/line'
import { scene, type Scene } from '../derive'
import type { NewItem, Outbox } from '../outbox/model'
import type { ShareState } from '../positions/share'
import type { CrewView } from '../types'

export interface Crew {
  desk: CrewDesk
  session: Session
  /** The drill's name; null in the live world. */
  drill: string | null
  /** The screen says why a step was not kept. */
  report(failed: boolean): void
  leave(): void
  logIn(): void
}

export const CrewContext = createContext<Crew | null>(null)

export function useCrew(): Crew {
  const crew = useContext(CrewContext)
  if (!crew) throw new Error('outside of the crew screen')
  return crew
}

export function useLine(): LineState {
  const { line } = useCrew().desk
  return useSyncExternalStore(line.on, line.state)
}

export function useBox(): Outbox {
  const { outbox } = useCrew().desk
  return useSyncExternalStore(outbox.on, outbox.state)
}

export function useShare(): ShareState {
  const { share } = useCrew().desk
  return useSyncExternalStore(share.on, share.state)
}

/** Phone time and world time of this second, epoch ms. */
export function useNow(): { phone: number; world: number } {
  const { clock } = useCrew().desk
  const phone = useSecond() * 1000
  return { phone, world: clock.at(phone) }
}

export function useScene(view: CrewView): Scene {
  return scene(view, useBox().items)
}

/** Stores steps; says so where one could not be stored. True: they are on the phone. */
export function useAdd(): (...items: NewItem[]) => Promise<boolean> {
  const { desk, report } = useCrew()
  return async (...items) => {
    for (const item of items)
      if (!(await desk.add(item))) {
        report(true)
        return false
      }
    report(false)
    return true
  }
}
