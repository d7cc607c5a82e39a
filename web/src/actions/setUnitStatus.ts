/** Changes the status of one unit by hand. */
import type { CommandReply, Role, UnitStatus, User } from '../api/types'
import { sendCommand } from './sendCommand'

/** Statuses a person may set; those of an assignment come from the assignment. */
export const SETTABLE: readonly UnitStatus[] = ['available', 'off_duty', 'decontaminating', 'suspended', 'out_of_service']

const ROLES: ReadonlySet<Role> = new Set(['administrator', 'commander', 'dispatcher', 'crew'])

/** A crew speaks for its own unit only. */
export function maySetUnitStatus(user: User, unit: string): boolean {
  return ROLES.has(user.role) && (user.role !== 'crew' || user.unit_id === unit)
}

export function setUnitStatus(world: string, unit: string, status: UnitStatus, reason: string): Promise<CommandReply> {
  return sendCommand(world, { type: 'set_unit_status', unit_id: unit, status, reason })
}
