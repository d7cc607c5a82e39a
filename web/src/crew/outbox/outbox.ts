/** The outbox of this window: a copy of what is stored, changed only through the storage. */
import { EMPTY, type Event, type NewItem, type Outbox } from './model'
import { reduce } from './reducer'
import type { OutboxStorage } from './storage'

export class OutboxKeeper {
  private listeners = new Set<() => void>()
  private sleepers = new Set<() => void>()
  private box: Outbox = EMPTY
  private release: () => void = () => undefined

  private constructor(private readonly storage: OutboxStorage) {}

  static async open(storage: OutboxStorage): Promise<OutboxKeeper> {
    const keeper = new OutboxKeeper(storage)
    keeper.box = await storage.read()
    keeper.release = storage.onForeignChange(() => void storage.read().then((box) => keeper.show(box)))
    return keeper
  }

  readonly state = () => this.box
  readonly on = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Resolves when it is stored. */
  async dispatch(event: Event): Promise<void> {
    this.show(await this.storage.update((box) => reduce(box, event)))
  }

  /** Whether the step is stored; false if there is no room or it is there already. */
  async add(item: NewItem): Promise<boolean> {
    await this.dispatch({ type: 'add', item })
    return this.box.items.some((other) => other.id === item.id)
  }

  /** Whether it could be taken back before anybody heard of it. */
  async withdraw(id: string): Promise<boolean> {
    await this.dispatch({ type: 'withdraw', id })
    return !this.box.items.some((other) => other.id === id)
  }

  /** Sleeps; any change of the outbox wakes it. */
  pause(ms: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? 0 : setTimeout(() => wake(), ms)
      const wake = () => {
        clearTimeout(timer)
        this.sleepers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.sleepers.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted) wake()
    })
  }

  close(): void {
    this.release()
    this.storage.close()
  }

  private show(box: Outbox): void {
    this.box = box
    for (const wake of [...this.sleepers]) wake()
    for (const listener of this.listeners) listener()
  }
}
