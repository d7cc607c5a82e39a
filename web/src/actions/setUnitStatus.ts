/** Changes the status of one unit by hand. The key stays the same over retries of one intent. */
import { ApiError, postCommand } from '../api/client'
import type { CommandReply, Role, UnitStatus, User } from '../api/types'

/** Statuses a person may set; those of an assignment come from the assignment. */
export const SETTABLE: readonly UnitStatus[] = ['available', 'off_duty', 'decontaminating', 'suspended', 'out_of_service']

const ROLES: ReadonlySet<Role> = new Set(['administrator', 'commander', 'dispatcher', 'crew'])
const RETRIES = 2

/** A crew speaks for its own unit only. */
export function maySetUnitStatus(user: User, unit: string): boolean {
  return ROLES.has(user.role) && (user.role !== 'crew' || user.unit_id === unit)
}

export async function setUnitStatus(world: string, unit: string, status: UnitStatus, reason: string): Promise<CommandReply> {
  const key = crypto.randomUUID()
  const command = { type: 'set_unit_status' as const, unit_id: unit, status, reason }
  for (let left = RETRIES; ; left--) {
    try {
      return await postCommand(world, key, command)
    } catch (error) {
      // Unknown outcome: the same key makes asking again harmless.
      const unsure = error instanceof ApiError && (error.problem.status === 0 || error.problem.status === 503)
      if (!unsure || left === 0) throw error
      await new Promise((resume) => setTimeout(resume, 400))
    }
  }
}
