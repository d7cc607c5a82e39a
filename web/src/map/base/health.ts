/**
 * Whether what serves a base map answers. A source that went silent is asked again now and then by itself and by nobody
 * else, so that a dead network costs no request and no waiting; once it answers, what was missed is asked for again.
 */
const MISSES = 3
/** So many tiles that do not exist, and none that does: the address is wrong, or nothing is there. */
const EMPTY = 8
const PATIENCE_MS = 10_000
const AGAIN_MS = 15_000
/** Questions without an answer that are kept to be tried again. */
const KEPT = 4

type Get<T> = (signal: AbortSignal) => Promise<T | null>

export class Health {
  /** In a row. */
  private misses = 0
  private empty = 0
  private found = false
  private missed: Get<unknown>[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private said = false
  private readonly listeners = new Set<() => void>()
  private readonly backs = new Set<() => void>()

  /** Nothing comes from the source, as far as anybody can see. */
  get absent(): boolean {
    return this.silent || (!this.found && this.empty >= EMPTY)
  }

  private get silent(): boolean {
    return this.misses >= MISSES
  }

  /** The answer, null if the source has nothing there; rejects when there is none in time, and at once while the source is silent. */
  async ask<T>(get: Get<T>): Promise<T | null> {
    if (this.silent) throw new Error('the base map does not answer')
    try {
      const answer = await inTime(get)
      this.answered(answer)
      return answer
    } catch (error) {
      this.misses += 1
      this.missed = [...this.missed.slice(1 - KEPT), get]
      this.plan()
      this.tell()
      throw error
    }
  }

  /** Told when `absent` changes. */
  readonly on = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Told when what was missed can be asked for again. */
  onBack(listener: () => void): () => void {
    this.backs.add(listener)
    return () => this.backs.delete(listener)
  }

  private answered(answer: unknown): void {
    this.misses = 0
    if (answer === null) this.empty += 1
    else this.found = true
    this.tell()
  }

  private plan(): void {
    this.timer ??= setTimeout(() => void this.again(), AGAIN_MS)
  }

  private async again(): Promise<void> {
    const tries = this.missed
    this.missed = []
    const answers = await Promise.allSettled(tries.map(inTime))
    this.timer = undefined
    const answer = answers.find((one) => one.status === 'fulfilled')
    if (answer) {
      this.answered(answer.value)
      for (const listener of this.backs) listener()
    } else if (this.silent) {
      this.missed = tries
    }
    if (this.missed.length > 0) this.plan()
  }

  private tell(): void {
    if (this.said === this.absent) return
    this.said = this.absent
    for (const listener of this.listeners) listener()
  }
}

function inTime<T>(get: Get<T>): Promise<T | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  return Promise.race([get(signal), late])
}
