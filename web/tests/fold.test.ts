/** What the server's own journal does to a screen: an old snapshot and the changes since equal a fresh snapshot, for every command there is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Entity, EntityChange } from '../src/api/types'
import type { ChangesMessage, SnapshotMessage } from '../src/feed/messages'
import { emptyState, reduce, type FeedState } from '../src/feed/reducer'

interface Envelope {
  seq: number
  at: string
  actor: string
  command: { type: string }
  changes: EntityChange[]
}

const CORE = join(import.meta.dirname, '../../server/core')
const journal = (version: number): Envelope[] =>
  readFileSync(join(CORE, `tests/golden/envelope_v${version}.json`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Envelope)

/** The truth, folded by nothing but a map. */
function truthAt(envelopes: readonly Envelope[], count: number): Map<string, Entity> {
  const truth = new Map<string, Entity>()
  for (const { changes } of envelopes.slice(0, count))
    for (const { kind, id, entity } of changes) {
      if (entity) truth.set(`${kind}/${id}`, entity)
      else truth.delete(`${kind}/${id}`)
    }
  return truth
}

/** A snapshot in several parts, as the server would send it then. */
function snapshotAt(envelopes: readonly Envelope[], count: number): SnapshotMessage[] {
  const rows = [...truthAt(envelopes, count).values()]
  const seq = envelopes[count - 1]?.seq ?? 0
  const size = 7
  const parts = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: parts }, (_, i) => {
    const entities: SnapshotMessage['entities'] = {}
    for (const row of rows.slice(i * size, (i + 1) * size)) (entities[row.kind] ??= {})[row.id] = row
    return { type: 'snapshot', epoch: 'e', seq, part: i + 1, parts, entities }
  })
}

const changesOf = ({ seq, at, actor, command, changes }: Envelope): ChangesMessage => ({ type: 'changes', seq, at, actor, command, changes })

function loadedAt(envelopes: readonly Envelope[], count: number): FeedState {
  const state = emptyState()
  for (const message of snapshotAt(envelopes, count)) reduce(state, message)
  return state
}

function everything({ picture }: FeedState, kinds: ReadonlySet<string>): Entity[] {
  return [...kinds].flatMap((kind) => [...picture.all(kind as Entity['kind'])]).sort((a, b) => `${a.kind}/${a.id}`.localeCompare(`${b.kind}/${b.id}`))
}

describe.each([1, 2, 3])('the journal of format %i', (version) => {
  const envelopes = journal(version)
  const kinds = new Set(envelopes.flatMap(({ changes }) => changes.map(({ kind }) => kind)))

  it('brings every older snapshot to the same picture, change by change', () => {
    const fresh = envelopes.map((_, i) => loadedAt(envelopes, i + 1))
    for (let from = 0; from < envelopes.length; from += 1) {
      const state = loadedAt(envelopes, from)
      for (let i = from; i < envelopes.length; i += 1) {
        const envelope = envelopes[i] as Envelope
        const outcome = reduce(state, changesOf(envelope))
        expect(outcome.kind, `${envelope.command.type} at ${envelope.seq}`).toBe('changes')
        expect(state.picture.hash(), `${envelope.command.type} at ${envelope.seq}, from ${from}`).toBe(fresh[i]?.picture.hash())
      }
      expect(everything(state, kinds)).toEqual(everything(fresh.at(-1) as FeedState, kinds))
      expect(state.picture.size).toBe(truthAt(envelopes, envelopes.length).size)
      expect(reduce(state, { type: 'checkpoint', seq: state.picture.seq, hash: fresh.at(-1)?.picture.hash() ?? '' })).toEqual({ kind: 'in_step' })
    }
  })

  it('repeated after a reconnect changes nothing, and a lost row is noticed at once', () => {
    for (let lost = 1; lost < envelopes.length - 1; lost += 1) {
      const state = loadedAt(envelopes, lost)
      const hash = state.picture.hash()
      for (const envelope of envelopes.slice(0, lost)) expect(reduce(state, changesOf(envelope)).kind).toBe('ignored')
      expect(state.picture.hash()).toBe(hash)
      expect(reduce(state, changesOf(envelopes[lost + 1] as Envelope))).toEqual({ kind: 'resync', reason: 'gap' })
    }
  })
})

it('the golden journals hold every command of the server', () => {
  const words = [...readFileSync(join(CORE, 'src/command.rs'), 'utf8').matchAll(/^\s+\w+\(\w+\) = "(\w+)";/gm)].map((match) => match[1])
  const seen = new Set([1, 2, 3].flatMap(journal).map(({ command }) => command.type))
  expect(words.length).toBeGreaterThan(20)
  expect(words.filter((word) => !seen.has(word as string))).toEqual([])
})
