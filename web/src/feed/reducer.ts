/** Pure heart of the feed: a message and the state before it give the state after it, or the order to start again. */
import type { Entity } from '../api/types'
import type { ChangesMessage, CheckpointMessage, FeedMessage, FixesMessage, SnapshotMessage } from './messages'
import { Picture } from './picture'

export interface FeedState {
  /** What the screen shows. */
  picture: Picture
  /** A snapshot being gathered; shown only when its last part is in. */
  pending: { picture: Picture; nextPart: number } | null
}

export interface AppliedChange {
  before: Entity | undefined
  after: Entity | null
}

export type Outcome =
  | { kind: 'snapshot'; complete: boolean; part: number; parts: number }
  | { kind: 'changes'; message: ChangesMessage; applied: AppliedChange[] }
  | { kind: 'fixes'; ids: string[] }
  | { kind: 'in_step' }
  | { kind: 'ignored' }
  | { kind: 'resync'; reason: 'gap' | 'hash' | 'part' }

export function emptyState(): FeedState {
  return { picture: new Picture(), pending: null }
}

export function reduce(state: FeedState, message: FeedMessage): Outcome {
  switch (message.type) {
    case 'snapshot':
      return snapshot(state, message)
    case 'changes':
      return changes(state, message)
    case 'fixes':
      return fixes(state, message)
    case 'checkpoint':
      return checkpoint(state, message)
  }
}

function snapshot(state: FeedState, message: SnapshotMessage): Outcome {
  if (message.part === 1) state.pending = { picture: new Picture(), nextPart: 1 }
  const pending = state.pending
  if (!pending || pending.nextPart !== message.part) return { kind: 'resync', reason: 'part' }
  const { picture } = pending
  picture.epoch = message.epoch
  picture.seq = message.seq
  for (const [kind, rows] of Object.entries(message.entities))
    for (const [id, entity] of Object.entries(rows)) picture.put({ kind, id, entity })
  for (const row of message.fixes ?? []) picture.fix(row)
  pending.nextPart += 1
  const complete = message.part === message.parts
  if (complete) {
    state.picture = picture
    state.pending = null
  }
  return { kind: 'snapshot', complete, part: message.part, parts: message.parts }
}

function changes(state: FeedState, message: ChangesMessage): Outcome {
  const { picture } = state
  if (message.seq <= picture.seq) return { kind: 'ignored' }
  if (message.seq !== picture.seq + 1) return { kind: 'resync', reason: 'gap' }
  const applied = message.changes.map((change) => ({ before: picture.put(change), after: change.entity }))
  picture.seq = message.seq
  return { kind: 'changes', message, applied }
}

function fixes(state: FeedState, message: FixesMessage): Outcome {
  const ids: string[] = []
  for (const row of message.fixes) if (state.picture.fix(row)) ids.push(row[0])
  return { kind: 'fixes', ids }
}

function checkpoint(state: FeedState, message: CheckpointMessage): Outcome {
  const { picture } = state
  if (message.seq !== picture.seq) return { kind: 'resync', reason: 'gap' }
  return message.hash === picture.hash() ? { kind: 'in_step' } : { kind: 'resync', reason: 'hash' }
}
