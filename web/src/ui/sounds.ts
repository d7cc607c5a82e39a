/** Sounds of the desk, made by the browser itself: no files, no pitch that stands for two things. */
import type { Sound } from '../domain/alarms'
import { store, type Store } from './store'

type Tone = { hz: number; at: number; ms: number }
export type Cue = Sound | 'lost' | 'back'

const CUES: Record<Cue, readonly Tone[]> = {
  ring: [{ hz: 660, at: 0, ms: 200 }, { hz: 880, at: 200, ms: 200 }],
  ring_loud: [{ hz: 660, at: 0, ms: 200 }, { hz: 880, at: 200, ms: 200 }],
  unreceived: [0, 180, 360].map((at) => ({ hz: 990, at, ms: 110 })),
  low: [{ hz: 440, at: 0, ms: 420 }],
  lost: [{ hz: 660, at: 0, ms: 220 }, { hz: 440, at: 220, ms: 320 }],
  back: [{ hz: 440, at: 0, ms: 220 }, { hz: 660, at: 220, ms: 320 }],
}

/** Every so often, ms; and at most so many times. */
export const REPEATS: Record<Sound, { everyMs: number; most: number }> = {
  ring: { everyMs: 2_000, most: Number.POSITIVE_INFINITY },
  ring_loud: { everyMs: 2_000, most: Number.POSITIVE_INFINITY },
  unreceived: { everyMs: 10_000, most: Number.POSITIVE_INFINITY },
  low: { everyMs: 60_000, most: 3 },
}

/** A ring is never quieter than this, whatever the seat's volume. */
const RING_FLOOR = 0.3
const VOLUME_KEY = 'chiyuan.volume'

export interface SoundState {
  /** 0 to 1. */
  volume: number
  /** The browser waits for a click before it lets anything sound. */
  blocked: boolean
}

export class Sounds {
  readonly state: Store<SoundState> = store<SoundState>({ volume: storedVolume(), blocked: true })
  private context: AudioContext | null = null

  constructor(private readonly drill: boolean) {}

  /** Asks the browser whether sound is allowed; call it from a click to allow it. */
  enable(): void {
    try {
      this.context ??= new AudioContext()
    } catch {
      return // no sound card: the visible twin stays
    }
    const { context } = this
    const tell = () => this.state.set({ blocked: context.state !== 'running' })
    context.onstatechange = tell
    void context.resume().then(tell, tell)
    tell()
  }

  setVolume(volume: number): void {
    localStorage.setItem(VOLUME_KEY, String(volume))
    this.state.set({ volume })
  }

  play(cue: Cue): void {
    const { context } = this
    if (!context || context.state !== 'running') return
    const { volume } = this.state.get()
    const floor = cue === 'ring' || cue === 'ring_loud' ? RING_FLOOR : 0
    const gain = Math.max(floor, volume) * (cue === 'ring' ? 0.5 : 0.9)
    if (gain > 0) for (const tone of CUES[cue]) this.tone(context, tone, gain)
  }

  close(): void {
    void this.context?.close()
    this.context = null
  }

  /** A drill has the same pitches in the timbre of a wood block: short, without a held tone. */
  private tone(context: AudioContext, { hz, at, ms }: Tone, gain: number): void {
    const from = context.currentTime + at / 1000
    const to = from + (this.drill ? Math.min(ms, 90) : ms) / 1000
    const source = context.createOscillator()
    const envelope = context.createGain()
    source.type = this.drill ? 'triangle' : 'sine'
    source.frequency.value = hz
    envelope.gain.setValueAtTime(0.0001, from)
    envelope.gain.exponentialRampToValueAtTime(gain * 0.5, from + 0.012)
    if (!this.drill) envelope.gain.setValueAtTime(gain * 0.5, Math.max(from + 0.013, to - 0.03))
    envelope.gain.exponentialRampToValueAtTime(0.0001, to)
    source.connect(envelope).connect(context.destination)
    source.start(from)
    source.stop(to + 0.02)
  }
}

function storedVolume(): number {
  const text = localStorage.getItem(VOLUME_KEY)
  const value = text === null ? Number.NaN : Number(text)
  return value >= 0 && value <= 1 ? value : 0.7
}

export interface Played {
  sound: Sound | null
  at: number
  times: number
}

/** Whether it is time to sound (again). Pure. */
export function due(wanted: Sound | null, last: Played, now: number): boolean {
  if (!wanted) return false
  if (wanted !== last.sound) return true
  const { everyMs, most } = REPEATS[wanted]
  return last.times < most && now - last.at >= everyMs
}
