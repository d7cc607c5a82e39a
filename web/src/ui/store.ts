/** The smallest external store: a value, a way to change it, a way to hear of it. */
import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get(): T
  set(patch: Partial<T>): void
  on(listener: () => void): () => void
}

export function store<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(patch) {
      value = { ...value, ...patch }
      for (const listener of listeners) listener()
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<T>(source: Store<T>): T {
  return useSyncExternalStore(source.on, source.get)
}
