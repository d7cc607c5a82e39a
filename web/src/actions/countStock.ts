/** Replaces the lots of a stockpile by what was counted. */
import type { CommandReply, Lot, Role, User } from '../api/types'
import { sendCommand } from './sendCommand'

const ROLES: ReadonlySet<Role> = new Set(['administrator', 'commander', 'store_keeper'])

export function mayCountStock(user: User): boolean {
  return ROLES.has(user.role)
}

export function countStock(world: string, stockpile: string, lots: readonly Lot[]): Promise<CommandReply> {
  return sendCommand(world, { type: 'count_stock', stockpile_id: stockpile, lots: [...lots] })
}
