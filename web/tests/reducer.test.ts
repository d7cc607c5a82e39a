import { describe, expect, it } from 'vitest'
import type { Entity } from '../src/api/types'
import { emptyState, reduce, type FeedState } from '../src/feed/reducer'
import { ambulance, changes, snapshots, station } from './build'

function loaded(seq: number, ...entities: Entity[]): FeedState {
  const state = emptyState()
  for (const message of snapshots(seq, [entities])) reduce(state, message)
  return state
}

/** A tiny generator, so that a failing run can be repeated. */
function random(seed: number): () => number {
  let s = seed
  return () => {
    s = (s * 1103515245 + 12345) % 2147483648
    return s / 2147483648
  }
}

describe('feed reducer', () => {
  it('a snapshot plus changes equals a fresh snapshot', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const next = random(seed)
      const truth = new Map<string, Entity>(Array.from({ length: 20 }, (_, i) => [`a${i}`, ambulance(`a${i}`)]))
      const state = loaded(100, ...truth.values())
      for (let seq = 101; seq < 400; seq++) {
        const id = `a${Math.floor(next() * 30)}`
        const before = truth.get(id)
        if (before && next() < 0.2) {
          truth.delete(id)
          reduce(state, changes(seq, { kind: 'ambulance', id, gone: true }))
        } else {
          const after = ambulance(id, { version: (before?.version ?? 0) + 1, status: next() < 0.5 ? 'available' : 'en_route' })
          truth.set(id, after)
          reduce(state, changes(seq, after))
        }
      }
      const fresh = loaded(399, ...truth.values())
      expect(state.picture.hash()).toBe(fresh.picture.hash())
      expect(state.picture.seq).toBe(fresh.picture.seq)
      const rows = (s: FeedState) => [...s.picture.all('ambulance')].sort((a, b) => a.id.localeCompare(b.id))
      expect(rows(state)).toEqual(rows(fresh))
      expect(reduce(state, { type: 'checkpoint', seq: 399, hash: fresh.picture.hash() })).toEqual({ kind: 'in_step' })
    }
  })

  it('tells a gap and leaves the picture as it was', () => {
    const state = loaded(5, ambulance('a1'))
    const hash = state.picture.hash()
    expect(reduce(state, changes(7, ambulance('a2')))).toEqual({ kind: 'resync', reason: 'gap' })
    expect(state.picture.hash()).toBe(hash)
    expect(state.picture.seq).toBe(5)
  })

  it('ignores what it has seen already', () => {
    const state = loaded(5, ambulance('a1'))
    expect(reduce(state, changes(5, ambulance('a1', { version: 9 }))).kind).toBe('ignored')
    expect(state.picture.get('a1')?.version).toBe(1)
  })

  it('tells a wrong hash and a checkpoint from another seq', () => {
    const state = loaded(5, ambulance('a1'))
    expect(reduce(state, { type: 'checkpoint', seq: 5, hash: '0000000000000000' })).toEqual({ kind: 'resync', reason: 'hash' })
    expect(reduce(state, { type: 'checkpoint', seq: 6, hash: state.picture.hash() })).toEqual({ kind: 'resync', reason: 'gap' })
  })

  it('keeps the old picture until the last part of a snapshot is in', () => {
    const state = loaded(5, ambulance('old'))
    const [first, second] = snapshots(9, [[ambulance('new')], [station('s1')]])
    expect(reduce(state, first!)).toMatchObject({ complete: false })
    expect(state.picture.get('old')).toBeDefined()
    expect(reduce(state, second!)).toMatchObject({ complete: true })
    expect(state.picture.get('old')).toBeUndefined()
    expect(state.picture.size).toBe(2)
    expect(state.picture.seq).toBe(9)
  })

  it('starts again when a part is missing', () => {
    const state = emptyState()
    const [first, , third] = snapshots(9, [[ambulance('a')], [ambulance('b')], [ambulance('c')]])
    reduce(state, first!)
    expect(reduce(state, third!)).toEqual({ kind: 'resync', reason: 'part' })
  })

  it('an entity that leaves the scope takes its share of the hash along', () => {
    const state = loaded(1, ambulance('a1'), ambulance('a2'))
    reduce(state, changes(2, { kind: 'ambulance', id: 'a2', gone: true }))
    expect(state.picture.hash()).toBe(loaded(2, ambulance('a1')).picture.hash())
  })

  it('keeps the latest fix only', () => {
    const state = loaded(1, ambulance('a1'))
    reduce(state, { type: 'fixes', at: '', fixes: [['a1', 113, 38, 1, 2, 2000]] })
    const outcome = reduce(state, { type: 'fixes', at: '', fixes: [['a1', 99, 1, 1, 2, 1000]] })
    expect(outcome).toEqual({ kind: 'fixes', ids: [] })
    expect(state.picture.fixes.get('a1')?.lon).toBe(113)
  })
})
