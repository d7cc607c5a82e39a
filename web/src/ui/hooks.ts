/** Hooks between the plain stores and the components. */
import { useCallback, useSyncExternalStore } from 'react'
import type { FeedStore, Topic } from '../feed/store'

/** Re-renders when the topic changed, at most every `everyMs`. */
export function useFeed(feed: FeedStore, topic: Topic, everyMs = 250): number {
  const subscribe = useCallback(
    (notify: () => void) => {
      let timer = 0
      const off = feed.on(topic, () => {
        if (timer === 0)
          timer = window.setTimeout(() => {
            timer = 0
            notify()
          }, everyMs)
      })
      return () => {
        window.clearTimeout(timer)
        off()
      }
    },
    [feed, topic, everyMs],
  )
  return useSyncExternalStore(subscribe, () => feed.version(topic))
}

const beats = new Set<() => void>()
let second = Math.floor(Date.now() / 1000)
if (typeof window !== 'undefined')
  window.setInterval(() => {
    const now = Math.floor(Date.now() / 1000)
    if (now === second) return
    second = now
    for (const beat of beats) beat()
  }, 200)

/** The wall clock in whole seconds; all components tick together. */
export function useSecond(): number {
  return useSyncExternalStore(
    (notify) => {
      beats.add(notify)
      return () => beats.delete(notify)
    },
    () => second,
  )
}
