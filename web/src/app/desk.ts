/** What every part of a signed-in screen shares. */
import { createContext, useContext } from 'react'
import type { Session, World } from '../api/types'
import type { FeedStore } from '../feed/store'
import type { DispatchStore, OwnVersions } from '../dispatch/deskState'
import type { Drafts } from '../dispatch/drafts'
import type { Base } from '../map/base/base'
import type { MapKeep } from '../map/keep'
import type { OpsStore } from '../ops/opsState'
import type { PeopleStore } from './people'
import type { Sounds } from '../ui/sounds'

export interface Desk {
  session: Session
  world: World
  worlds: readonly World[]
  feed: FeedStore
  ops: OpsStore
  /** What the dispatcher has in hand; it outlives a look at another section. */
  dispatch: DispatchStore
  drafts: Drafts
  own: OwnVersions
  sounds: Sounds
  /** Names behind the actors of the record. */
  people: PeopleStore
  maps: MapKeep
  /** The operator's base map; null for the packaged one alone. */
  base: Base | null
  /** Positions come from the demonstration feed. */
  demoFeed: boolean
  /** The database is away; the picture stands, positions go on. */
  frozen: boolean
  refreshWorlds(): Promise<void>
  signedOut(): void
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('outside of a desk')
  return desk
}
