/** Keeps one feed socket alive: resume, back-off with jitter, silence watch, close codes. */
import { parseMessage } from './messages'
import { emptyState, reduce, type FeedState, type Outcome } from './reducer'

/** Without a checkpoint for this long the picture counts as frozen. */
export const SILENCE_MS = 10_000
/** A reconnect shorter than this is shown as catching up, not as offline. */
export const GRACE_MS = 2_500
/** So long without further changes after a resume means that the backlog is through. */
const QUIET_MS = 800
const BACKOFF_MIN_MS = 300
const BACKOFF_MAX_MS = 8_000
const RESUME_CODES = new Set([1012, 4008])
const SIGNED_OUT_CODES = new Set([4401, 4403])

export type Phase = 'connecting' | 'catching_up' | 'live' | 'offline' | 'signed_out'

export interface FeedStatus {
  phase: Phase
  /** Epoch ms of the last message before the phase began (offline), or of its begin. */
  since: number
  /** Changes still to come, when known. */
  behind: number | null
  /** The last checkpoint agreed. */
  inStep: boolean
  /** Out of step: a fresh snapshot is being loaded. */
  resyncing: boolean
}

export interface Socket {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  send(data: string): void
  close(): void
}

export interface Ports {
  open(url: string): Socket
  now(): number
  random(): number
  later(run: () => void, ms: number): () => void
  /** Asked after failed attempts: is the session still good? */
  signedIn(): Promise<boolean>
}

export class FeedConnection {
  readonly state: FeedState = emptyState()
  status: FeedStatus
  private socket: Socket | null = null
  private attempts = 0
  /** When the server was last heard, epoch ms; 0 before the first word. */
  lastMessageAt = 0
  /** When a checkpoint last agreed, epoch ms. */
  checkedAt = 0
  private lastBeaconAt: number
  private cancelRetry: (() => void) | null = null
  private cancelWatch: (() => void) | null = null
  /** The next connect asks for a whole snapshot. */
  private fresh = true
  private resumedAt = 0
  private serverSeq = 0
  private stopped = false

  constructor(
    private readonly url: string,
    private readonly ports: Ports,
    private readonly onOutcome: (outcome: Outcome) => void,
    private readonly onStatus: (status: FeedStatus) => void,
  ) {
    this.lastBeaconAt = ports.now()
    this.status = { phase: 'connecting', since: ports.now(), behind: null, inStep: false, resyncing: false }
  }

  start(): void {
    this.stopped = false
    this.connect()
    this.watch()
  }

  stop(): void {
    this.stopped = true
    this.cancelRetry?.()
    this.cancelWatch?.()
    this.drop()
  }

  /** What another source says of the server's seq; tells how far behind this picture is. */
  expect(seq: number): void {
    this.serverSeq = Math.max(this.serverSeq, seq)
    if (this.status.phase === 'catching_up') this.set({ behind: this.behind() })
  }

  send(message: unknown): void {
    this.socket?.send(JSON.stringify(message))
  }

  private connect(): void {
    const { picture } = this.state
    const resume = !this.fresh && picture.epoch !== ''
    const query = resume ? `?after=${picture.seq}&epoch=${encodeURIComponent(picture.epoch)}` : ''
    this.state.pending = null
    const socket = this.ports.open(this.url + query)
    this.socket = socket
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.lastBeaconAt = this.ports.now()
      this.resumedAt = resume ? this.ports.now() : 0
      if (this.status.phase !== 'live') this.set({ phase: 'catching_up', since: this.ports.now() })
    }
    socket.onmessage = (event) => {
      if (this.socket === socket) this.receive(String(event.data))
    }
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code)
    }
  }

  private receive(text: string): void {
    const message = parseMessage(text)
    if (!message) return
    this.lastMessageAt = this.ports.now()
    const outcome = reduce(this.state, message)
    if (outcome.kind === 'resync') return this.resync()
    this.attempts = 0
    this.fresh = false
    if (outcome.kind === 'snapshot') {
      this.lastBeaconAt = this.lastMessageAt
      this.set(
        outcome.complete
          ? { phase: 'live', behind: null, resyncing: false, since: this.lastMessageAt }
          : { phase: 'catching_up', behind: null },
      )
    }
    if (outcome.kind === 'changes') {
      if (this.resumedAt > 0) this.resumedAt = this.lastMessageAt
      if (this.status.phase === 'catching_up') this.set({ behind: this.behind() })
    }
    if (outcome.kind === 'in_step') {
      this.lastBeaconAt = this.checkedAt = this.lastMessageAt
      if (this.status.phase !== 'live' || !this.status.inStep)
        this.set({ phase: 'live', inStep: true, behind: null, resyncing: false, since: this.lastMessageAt })
    }
    this.onOutcome(outcome)
  }

  /** The picture cannot be trusted: keep showing it, load a new one. */
  private resync(): void {
    this.fresh = true
    this.set({ phase: 'catching_up', inStep: false, resyncing: true, since: this.ports.now() })
    this.drop()
    this.retry(BACKOFF_MIN_MS)
  }

  private closed(code: number): void {
    this.socket = null
    if (this.stopped) return
    if (SIGNED_OUT_CODES.has(code)) return this.set({ phase: 'signed_out', since: this.ports.now() })
    if (this.status.phase === 'live') this.set({ phase: 'catching_up', inStep: false, since: this.ports.now() })
    const quick = RESUME_CODES.has(code) && this.attempts === 0
    const ceiling = quick ? BACKOFF_MIN_MS : Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** this.attempts)
    this.attempts += 1
    this.retry(ceiling)
  }

  private retry(ceiling: number): void {
    this.cancelRetry?.()
    const wait = ceiling * (0.5 + this.ports.random() * 0.5)
    this.cancelRetry = this.ports.later(() => void this.attempt(), wait)
  }

  private async attempt(): Promise<void> {
    if (this.stopped) return
    // A refused upgrade looks like any other failure to a browser, so ask.
    if (this.attempts >= 2 && !(await this.ports.signedIn())) {
      this.set({ phase: 'signed_out', since: this.ports.now() })
      return
    }
    if (!this.stopped) this.connect()
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private behind(): number | null {
    const n = this.serverSeq - this.state.picture.seq
    return n > 0 && this.state.picture.epoch !== '' ? n : null
  }

  private watch(): void {
    const now = this.ports.now()
    const { phase, since } = this.status
    // Resumed and nothing more to catch up: live again, in step as soon as the next checkpoint says so.
    if (this.socket && phase === 'catching_up' && this.resumedAt > 0 && now - this.resumedAt > QUIET_MS && !this.state.pending) {
      this.resumedAt = 0
      this.set({ phase: 'live', behind: null, since: now })
    }
    if (this.socket && now - this.lastBeaconAt > SILENCE_MS && phase !== 'signed_out') {
      this.set({ phase: 'offline', inStep: false, since: this.lastMessageAt || now })
      this.drop()
      this.lastBeaconAt = now
      this.retry(BACKOFF_MIN_MS)
    } else if (!this.socket && (phase === 'catching_up' || phase === 'connecting') && now - since > GRACE_MS) {
      this.set({ phase: 'offline', inStep: false, since: this.lastMessageAt || since })
    }
    this.cancelWatch = this.ports.later(() => this.watch(), 500)
  }

  private set(patch: Partial<FeedStatus>): void {
    this.status = { ...this.status, ...patch }
    this.onStatus(this.status)
  }
}
