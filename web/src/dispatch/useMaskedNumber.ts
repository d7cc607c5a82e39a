/** `135••••0926`: asked once for each call; the number itself only comes by a recorded look. */
import { useEffect, useState } from 'react'
import { getMasked } from '../api/dispatch'
import { useDispatch } from './useDispatch'

const known = new Map<string, string | null>()

export function useMaskedNumber(privateId: string | null): string | null {
  const { world, barred } = useDispatch()
  const [, setSeen] = useState(0)
  const wanted = privateId !== null && barred === null && !known.has(privateId)
  useEffect(() => {
    if (!wanted) return
    let gone = false
    getMasked(world.id, privateId).then(
      ({ caller_number }) => {
        known.set(privateId, caller_number)
        if (!gone) setSeen((n) => n + 1)
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [wanted, privateId, world.id])
  return privateId === null ? null : (known.get(privateId) ?? null)
}
