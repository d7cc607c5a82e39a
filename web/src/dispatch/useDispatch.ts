/** What every part of the desk may do: read the state in hand, send commands, know why it may not. */
import { useCallback, useSyncExternalStore } from 'react'
import { sendCommand, type Send } from '../actions/sendCommand'
import { useDesk, type Desk } from '../app/desk'
import type { Role } from '../api/types'
import type { Draft } from '../domain/draft'
import type { Key } from '../i18n/translate'
import { useFeed } from '../ui/hooks'

const ROLES: ReadonlySet<Role> = new Set(['commander', 'dispatcher'])

export interface Dispatch extends Desk {
  /** As entities name this account. */
  me: string
  /** Why commands are not possible now; null when they are. */
  barred: Key | null
  send: Send
}

export function useDispatch(): Dispatch {
  const desk = useDesk()
  const { session, world, feed, frozen, own } = desk
  useFeed(feed, 'status', 0)
  const send = useCallback<Send>(
    async (command) => {
      const reply = await sendCommand(world.id, command)
      own.note(reply.changes)
      return reply
    },
    [world.id, own],
  )
  const offline = frozen || feed.status.phase === 'offline'
  const barred = !ROLES.has(session.user.role) ? 'desk.no_right' : offline ? 'status.offline' : world.clock.finished ? 'code.world_finished' : null
  return { ...desk, me: meOf(session.user.username), barred, send }
}

export function meOf(username: string): string {
  return `user:${username}`
}

/** The draft of one case, again whenever it changes. */
export function useDraft(key: string | null): Draft | undefined {
  const { drafts } = useDesk()
  const subscribe = useCallback((notify: () => void) => drafts.on(notify), [drafts])
  return useSyncExternalStore(subscribe, () => (key ? drafts.get(key) : undefined))
}
