/** Reports the beds of one pool. */
import type { CommandReply, Role, User } from '../api/types'
import { sendCommand } from './sendCommand'

const ROLES: ReadonlySet<Role> = new Set(['administrator', 'commander', 'bed_desk'])

export function mayReportBeds(user: User): boolean {
  return ROLES.has(user.role)
}

export interface BedReport {
  physical: number
  staffed: number
  occupied: number
}

export function reportBeds(world: string, pool: string, report: BedReport): Promise<CommandReply> {
  return sendCommand(world, { type: 'report_beds', bed_pool_id: pool, ...report })
}
