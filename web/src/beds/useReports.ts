/** Bed reports on their way: which pool is being edited, what was refused and why. */
import { useState } from 'react'
import { reportBeds, type BedReport } from '../actions/reportBeds'
import type { BedPool } from '../api/types'
import { useDesk } from '../app/desk'
import { useT } from '../i18n/context'
import { reasonOf } from '../i18n/problem'

export interface Reports {
  editing: string | null
  edit(pool: string | null): void
  busy: ReadonlySet<string>
  said(pool: string): { text: string; bad: boolean } | undefined
  send(pool: BedPool, report: BedReport): Promise<boolean>
  /** The same counts again: a report of now. */
  same(pools: readonly BedPool[]): Promise<void>
}

export function useReports(): Reports {
  const t = useT()
  const { world } = useDesk()
  const [editing, edit] = useState<string | null>(null)
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<ReadonlyMap<string, { text: string; bad: boolean }>>(new Map())
  const send = async (pool: BedPool, report: BedReport) => {
    const note = (text: string, bad: boolean) => setSaid((old) => new Map(old).set(pool.id, { text, bad }))
    setBusy((old) => new Set(old).add(pool.id))
    try {
      await reportBeds(world.id, pool.id, report)
      note(t('beds.sent'), false)
      return true
    } catch (error) {
      note(t('beds.not_sent', { reason: reasonOf(t, error) }), true)
      return false
    } finally {
      setBusy((old) => new Set([...old].filter((id) => id !== pool.id)))
    }
  }
  const same = async (pools: readonly BedPool[]) => {
    await Promise.all(pools.map((pool) => send(pool, { physical: pool.physical, staffed: pool.staffed, occupied: pool.occupied })))
  }
  return { editing, edit, busy, said: (pool) => said.get(pool), send, same }
}
