/** The client's copy of one world: entities, latest fixes, seq and running hash. */
import type { Entity, EntityChange } from '../api/types'
import { add, hex, subtract, term } from './hash'
import type { FixRow } from './messages'

export interface Fix {
  lon: number
  lat: number
  /** m/s; null when the source does not say. */
  speed: number | null
  /** Degrees from north; null when the source does not say. */
  heading: number | null
  /** World time, epoch ms. */
  at: number
}

export class Picture {
  epoch = ''
  seq = 0
  readonly fixes = new Map<string, Fix>()
  private readonly kinds = new Map<string, Map<string, Entity>>()
  private readonly byId = new Map<string, Entity>()
  private sum = 0n

  get(id: string): Entity | undefined {
    return this.byId.get(id)
  }

  /** Entities of a kind, in the order they came. */
  all<E extends Entity = Entity>(kind: E['kind']): IterableIterator<E> {
    return (this.kinds.get(kind) ?? new Map<string, Entity>()).values() as IterableIterator<E>
  }

  count(kind: string): number {
    return this.kinds.get(kind)?.size ?? 0
  }

  get size(): number {
    return this.byId.size
  }

  hash(): string {
    return hex(this.sum)
  }

  /** Replaces or removes one entity; returns what stood there before. */
  put(change: EntityChange): Entity | undefined {
    const { kind, id, entity } = change
    const rows = this.kinds.get(kind) ?? new Map<string, Entity>()
    const before = rows.get(id)
    if (before) this.sum = subtract(this.sum, term(kind, id, before.version))
    if (entity) {
      this.kinds.set(kind, rows)
      rows.set(id, entity)
      this.byId.set(id, entity)
      this.sum = add(this.sum, term(kind, id, entity.version))
    } else {
      rows.delete(id)
      this.byId.delete(id)
    }
    return before
  }

  /** Latest wins; returns false for a fix that is older than the one known. */
  fix(row: FixRow): boolean {
    const [id, lon, lat, speed, heading, at] = row
    const known = this.fixes.get(id)
    if (known && known.at > at) return false
    this.fixes.set(id, { lon, lat, speed, heading, at })
    return true
  }
}
