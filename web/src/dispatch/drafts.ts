/** Drafts of the form, kept on this computer from keystroke to save, so that a crash loses nothing. */
import type { Draft } from '../domain/draft'

/** A draft older than this belongs to no case any more. */
const KEEP_MS = 24 * 3_600_000
const PREFIX = 'chiyuan.draft.'

export interface Keep {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  key(index: number): string | null
  readonly length: number
}

export class Drafts {
  private readonly drafts = new Map<string, Draft>()
  private readonly listeners = new Set<() => void>()
  private readonly prefix: string
  version = 0

  /** Drafts hold personal text: each account sees its own, each world apart. */
  constructor(
    world: string,
    user: string,
    private readonly keep: Keep,
    now: () => number = Date.now,
  ) {
    this.prefix = `${PREFIX}${world}.${user}.`
    for (const key of keysOf(keep)) {
      if (!key.startsWith(this.prefix)) continue
      const draft = parse(keep.getItem(key))
      if (draft && now() - draft.keptAt < KEEP_MS) this.drafts.set(key.slice(this.prefix.length), draft)
      else keep.removeItem(key)
    }
  }

  get(id: string): Draft | undefined {
    return this.drafts.get(id)
  }

  set(id: string, draft: Draft): void {
    this.drafts.set(id, draft)
    // Only what somebody typed is worth keeping.
    if (draft.keptAt > 0) this.write(id, draft)
    this.emit()
  }

  drop(id: string): void {
    if (!this.drafts.delete(id)) return
    this.keep.removeItem(this.prefix + id)
    this.emit()
  }

  /** Whether something typed for this case is not in the record yet. */
  unsaved(id: string): boolean {
    return (this.drafts.get(id)?.dirty.length ?? 0) > 0
  }

  on(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private write(id: string, draft: Draft): void {
    try {
      this.keep.setItem(this.prefix + id, JSON.stringify(draft))
    } catch {
      // A full or forbidden store must not stop the call; the draft stays in memory.
    }
  }

  private emit(): void {
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}

/** Nothing personal stays on a shared computer once somebody logs out. */
export function forgetDrafts(keep: Keep): void {
  for (const key of keysOf(keep)) if (key.startsWith(PREFIX)) keep.removeItem(key)
}

function keysOf(keep: Keep): string[] {
  return Array.from({ length: keep.length }, (_, i) => keep.key(i)).filter((key): key is string => key !== null)
}

function parse(text: string | null): Draft | null {
  try {
    const draft = JSON.parse(text ?? 'null') as Draft | null
    return draft && Array.isArray(draft.dirty) && typeof draft.keptAt === 'number' ? draft : null
  } catch {
    return null
  }
}
