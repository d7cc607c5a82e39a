/** Asks whom to send while the case is in hand: at once, when the picture changed (at most each second), and every five. */
import { useEffect, useState } from 'react'
import { getRecommendations, type Recommendations } from '../api/dispatch'
import { useDispatch } from './useDispatch'

const LIMIT = 9
const AGAIN_MS = 5_000
const LEAST_MS = 1_000
const TICK_MS = 250

export interface Asked {
  value: Recommendations | null
  error: unknown
}

const NONE: Asked = { value: null, error: null }

export function useRecommendations(incidentId: string | null, need: string | null): Asked {
  const { world, feed } = useDispatch()
  const [state, setState] = useState<Asked & { key: string }>({ ...NONE, key: '' })
  const key = incidentId ? `${incidentId}/${need ?? ''}` : ''
  useEffect(() => {
    if (!incidentId) return
    const stop = new AbortController()
    let askedAt = 0
    let dirty = true
    let busy = false
    const off = feed.on('entities', () => {
      dirty = true
    })
    const ask = async () => {
      busy = true
      dirty = false
      askedAt = Date.now()
      try {
        const value = await getRecommendations(world.id, incidentId, { ...(need ? { need } : {}), limit: LIMIT }, stop.signal)
        if (!stop.signal.aborted) setState({ key, value, error: null })
      } catch (error) {
        // The last list stays, with the reason why it is no newer.
        if (!stop.signal.aborted) setState((old) => ({ key, value: old.key === key ? old.value : null, error }))
      }
      busy = false
    }
    const tick = () => {
      const age = Date.now() - askedAt
      if (!busy && (age >= AGAIN_MS || (dirty && age >= LEAST_MS))) void ask()
    }
    tick()
    const timer = window.setInterval(tick, TICK_MS)
    return () => {
      stop.abort()
      window.clearInterval(timer)
      off()
    }
  }, [incidentId, need, key, world.id, feed])
  return state.key === key && key ? state : NONE
}
