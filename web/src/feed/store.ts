/** What the screens subscribe to: the picture, the connection's state, the event strip. */
import { worldClock } from './clock'
import { FeedConnection, type FeedStatus, type Ports } from './connection'
import type { ChangesMessage } from './messages'
import type { Picture } from './picture'
import type { AppliedChange, Outcome } from './reducer'

export type Topic = 'entities' | 'fixes' | 'status' | 'events'

export interface FeedEvent {
  /** Rises with every event of this tab. */
  key: number
  message: Pick<ChangesMessage, 'seq' | 'at' | 'actor' | 'command'>
  applied: AppliedChange[]
}

const EVENTS_KEPT = 500

export class FeedStore {
  readonly clock = worldClock()
  /** Newest first. */
  events: readonly FeedEvent[] = []
  /** The seq of the first picture of this tab; everything after it is in `events`. */
  firstSeq: number | null = null
  /** Changes counted since this tab opened. */
  eventsTotal = 0
  private readonly connection: FeedConnection
  private readonly listeners = new Map<Topic, Set<(ids?: string[]) => void>>()
  private readonly versions: Record<Topic, number> = { entities: 0, fixes: 0, status: 0, events: 0 }

  constructor(
    readonly world: string,
    url: string,
    ports: Ports,
  ) {
    this.connection = new FeedConnection(
      url,
      ports,
      (outcome) => this.take(outcome),
      () => this.emit('status'),
    )
  }

  start(): void {
    this.connection.start()
  }

  stop(): void {
    this.connection.stop()
  }

  /** The server's seq as the list of worlds tells it. */
  expect(seq: number): void {
    this.connection.expect(seq)
  }

  get picture(): Picture {
    return this.connection.state.picture
  }

  get status(): FeedStatus {
    return this.connection.status
  }

  /** When the server was last heard, epoch ms of this computer; 0 before the first word. What the picture says is as of then. */
  get heardAt(): number {
    return this.connection.lastMessageAt
  }

  /** When a checkpoint last agreed, epoch ms of this computer. */
  get checkedAt(): number {
    return this.connection.checkedAt
  }

  /** Parts received of a snapshot that is not complete yet. */
  get loading(): boolean {
    return this.picture.epoch === ''
  }

  version(topic: Topic): number {
    return this.versions[topic]
  }

  on(topic: Topic, listener: (ids?: string[]) => void): () => void {
    const set = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  private take(outcome: Outcome): void {
    if (outcome.kind === 'snapshot' && outcome.complete) {
      this.firstSeq ??= this.picture.seq
      this.emit('entities')
      this.emit('fixes')
    }
    if (outcome.kind === 'fixes') this.emit('fixes', outcome.ids)
    if (outcome.kind === 'changes') this.record(outcome.message, outcome.applied)
  }

  private record(message: ChangesMessage, applied: AppliedChange[]): void {
    if (applied.length > 0) {
      this.eventsTotal += 1
      const { seq, at, actor, command } = message
      const event = { key: this.eventsTotal, message: { seq, at, actor, command }, applied }
      this.events = [event, ...this.events].slice(0, EVENTS_KEPT)
      this.emit('events')
    }
    this.emit('entities')
  }

  private emit(topic: Topic, ids?: string[]): void {
    this.versions[topic] += 1
    for (const listener of this.listeners.get(topic) ?? []) listener(ids)
  }
}
