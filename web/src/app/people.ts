/** Names of who did something: asked once, and again when somebody unknown appears. */
import { useCallback, useEffect } from 'react'
import { getPeople, type Person } from '../api/people'
import type { User } from '../api/types'
import { whoIs, type People } from '../domain/people'
import { areaName } from '../dispatch/place'
import { useI18n } from '../i18n/context'
import { store, useStore, type Store } from '../ui/store'
import { useDesk } from './desk'
import { repeatsRole } from './seat'

const AGAIN_MS = 60_000

export interface PeopleState {
  people: People
  /** Epoch ms of the last question. */
  askedAt: number
}

export type PeopleStore = Store<PeopleState>

export function peopleStore(): PeopleStore {
  return store<PeopleState>({ people: new Map(), askedAt: 0 })
}

async function ask(people: PeopleStore, world: string): Promise<void> {
  if (Date.now() - people.get().askedAt < AGAIN_MS) return
  people.set({ askedAt: Date.now() })
  // Without an answer the account names stand; the next stranger asks again.
  const list = await getPeople(world).catch(() => null)
  if (list) people.set({ people: new Map(list.map((person) => [person.username, person])) })
}

/** Says who an actor is: a person or a seat by name, a program by what it is; else the account name. */
export function useWho(): (actor: string | null | undefined) => string {
  const { t, language } = useI18n()
  const { people: source, feed, session, world } = useDesk()
  const { people } = useStore(source)
  useEffect(() => void ask(source, world.id), [source, world.id])
  const own = session.user.jurisdiction
  return useCallback(
    (actor) => {
      if (!actor) return ''
      const who = whoIs(people, actor)
      if (who.type === 'service') return t(`who.${who.service}`)
      if (who.type === 'system') return t('who.system')
      if (who.type === 'unknown') {
        queueMicrotask(() => void ask(source, world.id))
        return who.name
      }
      const { person } = who
      if (!repeatsRole(asUser(person)) && person.display_name) return person.display_name
      const role = t(`role.${person.role}`)
      // The same word for several seats says nothing: where they sit tells them apart.
      if (person.jurisdiction === own) return role
      return t('who.of', { role, area: person.jurisdiction ? areaName(feed.picture, person.jurisdiction, language) : t('who.everywhere') })
    },
    [people, source, world.id, feed, own, t, language],
  )
}

function asUser({ username, display_name, role, jurisdiction }: Person): User {
  return { username, display_name, role, jurisdiction }
}
