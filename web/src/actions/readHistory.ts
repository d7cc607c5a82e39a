/** The last entries of the journal before a seq, for those who may read it. */
import { getJournal } from '../api/client'
import type { JournalEntry, Role } from '../api/types'

const ROLES: ReadonlySet<Role> = new Set(['commander', 'auditor', 'exercise_director'])
const BACK = 100

export async function readHistory(world: string, role: Role, seq: number): Promise<JournalEntry[]> {
  if (!ROLES.has(role) || seq === 0) return []
  const entries = await getJournal(world, Math.max(0, seq - BACK), BACK)
  return entries.filter((entry) => entry.seq <= seq)
}
