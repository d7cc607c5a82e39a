/** Small makers of entities for the tests. */
import type { Ambulance, Entity, Station } from '../src/api/types'
import type { ChangesMessage, SnapshotMessage } from '../src/feed/messages'

export function ambulance(id: string, over: Partial<Ambulance> = {}): Ambulance {
  return {
    kind: 'ambulance',
    id,
    version: 1,
    centre: '140300',
    name: id,
    jurisdiction: '140302',
    lon: 113.58,
    lat: 37.86,
    home_id: 'sta-1',
    class: 'B',
    status: 'available',
    ...over,
  }
}

export function station(id: string, over: Partial<Station> = {}): Station {
  return { kind: 'station', id, version: 1, centre: '140300', name: id, jurisdiction: '140302', lon: 113.58, lat: 37.86, ...over }
}

export function changes(seq: number, ...entities: (Entity | { kind: string; id: string; gone: true })[]): ChangesMessage {
  return {
    type: 'changes',
    seq,
    at: '2026-11-22T06:00:00Z',
    changes: entities.map((e) => ('gone' in e ? { kind: e.kind, id: e.id, entity: null } : { kind: e.kind, id: e.id, entity: e })),
  }
}

export function snapshots(seq: number, parts: Entity[][], epoch = 'e1'): SnapshotMessage[] {
  return parts.map((rows, i) => {
    const entities: SnapshotMessage['entities'] = {}
    for (const row of rows) (entities[row.kind] ??= {})[row.id] = row
    return { type: 'snapshot', epoch, seq, part: i + 1, parts: parts.length, entities }
  })
}
