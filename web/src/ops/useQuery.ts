/** Asks the server while the question stands: at once, again every few seconds, never two at a time. */
import { useEffect, useState } from 'react'

const AGAIN_MS = 10_000

export interface Answer<T> {
  value: T | null
  error: unknown
  /** Epoch ms of the answer. */
  at: number
  busy: boolean
}

/** `key` names the question; a new key drops the old answer. */
export function useQuery<T>(key: string, ask: (signal: AbortSignal) => Promise<T>, everyMs = AGAIN_MS): Answer<T> {
  const [state, setState] = useState<Answer<T> & { key: string }>({ key, value: null, error: null, at: 0, busy: true })
  useEffect(() => {
    const stop = new AbortController()
    let timer = 0
    const run = async () => {
      let wait = everyMs
      try {
        const value = await ask(stop.signal)
        if (!stop.signal.aborted) setState({ key, value, error: null, at: Date.now(), busy: false })
      } catch (error) {
        wait = Math.min(everyMs, AGAIN_MS)
        if (!stop.signal.aborted) setState((old) => ({ ...old, key, error, busy: false }))
      }
      if (!stop.signal.aborted) timer = window.setTimeout(() => void run(), wait)
    }
    void run()
    return () => {
      stop.abort()
      window.clearTimeout(timer)
    }
    // `ask` is new on every render; the key says when the question changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, everyMs])
  return state.key === key ? state : { value: null, error: null, at: 0, busy: true }
}
