/** Position sharing from the phone: receiver, buffer, batches; its state is always known. */
import { BATCH, isNews, kept, sent, type Fix } from './buffer'

export type SharePhase =
  /** Switched off by the crew, or the crew is off duty. */
  | 'off'
  /** Waits for the permission or the first fix. */
  | 'asking'
  | 'on'
  /** The person or the system forbids it. */
  | 'denied'
  /** No fix: tunnel, garage, receiver off. */
  | 'lost'
  /** No receiver, or no https. */
  | 'unsupported'
  /** Another window of this phone does it. */
  | 'elsewhere'

export interface ShareState {
  phase: SharePhase
  accuracy: number | null
  /** The last fix, and its phone time. */
  fix: Fix | null
  seenAt: number
  waiting: number
}

export interface SharePorts {
  clock(phone: number): number
  /** Sends a batch: true if it is done with, false to keep it. */
  send(fixes: readonly Fix[]): Promise<boolean>
  load(): readonly Fix[]
  save(fixes: readonly Fix[]): void
}

const FLUSH_MS = 5_000
const IDLE: ShareState = { phase: 'off', accuracy: null, fix: null, seenAt: 0, waiting: 0 }

export class PositionShare {
  private listeners = new Set<() => void>()
  private current: ShareState = IDLE
  private fixes: readonly Fix[]
  private last: Fix | undefined
  private watch: number | null = null
  private timer = 0
  private sending = false
  /** Whether this window is the one that sends. */
  private leads = false

  constructor(private readonly ports: SharePorts) {
    this.fixes = ports.load()
    this.current = { ...IDLE, waiting: this.fixes.length }
  }

  readonly state = () => this.current
  readonly on = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Must be on: duty and the crew's own switch; may send: this window leads. */
  set(wanted: boolean, leads: boolean): void {
    this.leads = leads
    if (wanted) this.start()
    else this.stop()
    if (leads && this.timer === 0) this.timer = window.setInterval(() => void this.flush(), FLUSH_MS)
  }

  stop(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch)
    this.watch = null
    if (this.current.phase !== 'off') this.tell({ phase: 'off', accuracy: null })
  }

  close(): void {
    this.stop()
    window.clearInterval(this.timer)
    this.timer = 0
  }

  async flush(): Promise<void> {
    if (!this.leads || this.sending || this.fixes.length === 0) return
    this.sending = true
    const batch = this.fixes.slice(0, BATCH)
    if (await this.ports.send(batch)) this.fixes = sent(this.fixes, batch)
    this.sending = false
    this.ports.save(this.fixes)
    this.tell({ waiting: this.fixes.length })
  }

  private start(): void {
    if (this.watch !== null) return
    if (!('geolocation' in navigator) || !window.isSecureContext) return this.tell({ phase: 'unsupported' })
    this.tell({ phase: 'asking' })
    const options = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 }
    this.watch = navigator.geolocation.watchPosition((p) => this.seen(p), (e) => this.failed(e), options)
  }

  private seen(position: GeolocationPosition): void {
    const { longitude, latitude, speed, heading, accuracy } = position.coords
    const at = this.ports.clock(Math.min(position.timestamp, Date.now()))
    const fix: Fix = { at, lon: longitude, lat: latitude, speed: speed ?? undefined, heading: real(heading), accuracy }
    if (this.leads && isNews(this.last, fix)) {
      this.last = fix
      this.fixes = kept(this.fixes, fix)
    }
    this.tell({ phase: this.leads ? 'on' : 'elsewhere', accuracy, fix, seenAt: Date.now(), waiting: this.fixes.length })
  }

  private failed(error: GeolocationPositionError): void {
    if (error.code !== error.PERMISSION_DENIED) return this.tell({ phase: 'lost' })
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch)
    this.watch = null
    this.tell({ phase: 'denied', accuracy: null })
  }

  private tell(patch: Partial<ShareState>): void {
    this.current = { ...this.current, ...patch }
    for (const listener of this.listeners) listener()
  }
}

function real(heading: number | null): number | undefined {
  return heading === null || Number.isNaN(heading) ? undefined : heading
}
