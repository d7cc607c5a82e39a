/** What a resource can do, in the words the `capability` filter of queries knows. */
import type { Entity, PlacedKind } from '../api/types'
import type { Picture } from '../feed/picture'

/** A word and the family of the dictionary that names it. */
export interface Capability {
  value: string
  family: 'cap' | 'spec' | 'vehicle' | 'bed' | 'reserve' | 'duty'
}

export function capabilitiesOf(entity: Entity): Capability[] {
  const words = (family: Capability['family'], values: readonly string[] | undefined) => (values ?? []).map((value) => ({ value, family }))
  switch (entity.kind) {
    case 'ambulance':
      return words('cap', entity.capabilities)
    case 'team':
      return [...words('cap', entity.capabilities), ...words('spec', entity.specialities)]
    case 'special_vehicle':
      return [...words('cap', entity.capabilities), ...words('vehicle', [entity.vehicle_type])]
    case 'bed_pool':
      return words('bed', entity.properties)
    case 'stockpile':
      return words('reserve', entity.reserve_kind ? [entity.reserve_kind] : [])
    case 'facility':
      return words('duty', entity.roles)
    default:
      return []
  }
}

/** Everything that resources of a kind can do in this picture, each word once. */
export function capabilitiesIn(picture: Picture, kind: PlacedKind): Capability[] {
  const seen = new Map<string, Capability>()
  for (const entity of picture.all(kind) as IterableIterator<Entity>)
    for (const capability of capabilitiesOf(entity)) if (!seen.has(capability.value)) seen.set(capability.value, capability)
  return [...seen.values()]
}
