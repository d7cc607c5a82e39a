/** The messages of the live feed, as they come over the socket. */
import type { Entity, EntityChange } from '../api/types'

/** [unit_id, lon, lat, speed_mps, heading_deg, at_epoch_ms] */
export type FixRow = [string, number, number, number | null, number | null, number]

export interface SnapshotMessage {
  type: 'snapshot'
  epoch: string
  seq: number
  /** 1-based. */
  part: number
  parts: number
  entities: Record<string, Record<string, Entity>>
  fixes?: FixRow[]
}

export interface ChangesMessage {
  type: 'changes'
  seq: number
  /** RFC 3339. */
  at: string
  actor?: string | null
  /** The command as it was given. */
  command?: { type: string } | null
  changes: EntityChange[]
}

export interface FixesMessage {
  type: 'fixes'
  at: string | number
  fixes: FixRow[]
}

export interface CheckpointMessage {
  type: 'checkpoint'
  seq: number
  hash: string
}

export type FeedMessage = SnapshotMessage | ChangesMessage | FixesMessage | CheckpointMessage

const TYPES = new Set(['snapshot', 'changes', 'fixes', 'checkpoint'])

/** null for anything this client does not know; the feed may grow new types. */
export function parseMessage(text: string): FeedMessage | null {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('type' in value)) return null
  return TYPES.has(String(value.type)) ? (value as FeedMessage) : null
}
