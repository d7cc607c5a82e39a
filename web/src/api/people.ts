/** The accounts behind the actors of the record. */
import { request } from './client'
import type { components } from './schema'
import type { Role } from './types'

type Schema = components['schemas']['Person']

export type Person = Omit<Schema, 'role' | 'jurisdiction'> & { role: Role; jurisdiction: string | null }

export function getPeople(world: string): Promise<Person[]> {
  return request('GET', `/worlds/${world}/people`)
}
