/** Tries something; what failed is said where it was tried, what can be taken back is kept for `u`. */
import { useCallback } from 'react'
import type { AnyCommand } from '../api/commands'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'
import { useDispatch } from './useDispatch'

/** `where` is a region of the desk or the id of the thing. True when it was done. */
export type Attempt = (where: string, work: () => Promise<unknown>) => Promise<boolean>

export function useAttempt(): Attempt {
  const t = useT()
  const { dispatch } = useDispatch()
  return useCallback(
    async (where, work) => {
      let failure = ''
      try {
        await work()
      } catch (error) {
        failure = t('desk.failed', { reason: reasonOf(t, error) })
      }
      const others = Object.entries(dispatch.get().failures).filter(([place]) => place !== where)
      dispatch.set({ failures: Object.fromEntries(failure ? [...others, [where, failure]] : others) })
      return failure === ''
    },
    [t, dispatch],
  )
}

/** Remembers a step with the commands that take it back. */
export function useRemember(): (about: string, inverse: readonly AnyCommand[]) => void {
  const { dispatch, feed } = useDispatch()
  return useCallback((about, inverse) => dispatch.set({ step: inverse.length > 0 ? { at: feed.clock.now(), about, inverse } : null }), [dispatch, feed])
}
