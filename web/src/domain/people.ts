/** Who an actor of the record is. Pure. */
import type { Person } from '../api/people'

export type Who =
  | { type: 'person'; person: Person }
  /** A program that reports: the telephone switch, a vehicle's terminal, anything else. */
  | { type: 'service'; service: 'switch' | 'vehicle' | 'device' }
  | { type: 'system' }
  | { type: 'unknown'; name: string }

export type People = ReadonlyMap<string, Person>

const SWITCH = /switch|pbx|cti|call|phone|acd/
const VEHICLE = /gps|beidou|bds|vehicle|track|osmand|terminal|demo/

/** `user:zhangmin`, `token:osmand-1`, `system`. */
export function whoIs(people: People, actor: string): Who {
  const [kind = '', ...rest] = actor.split(':')
  const name = rest.join(':')
  if (kind === 'user') {
    const person = people.get(name)
    return person ? { type: 'person', person } : { type: 'unknown', name }
  }
  if (kind !== 'token') return name ? { type: 'unknown', name } : { type: 'system' }
  const service = SWITCH.test(name) ? 'switch' : VEHICLE.test(name) ? 'vehicle' : 'device'
  return { type: 'service', service }
}
