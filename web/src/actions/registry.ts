/** Enters, changes and retires resources of the registry. */
import type { AnyCommand } from '../api/commands'
import type { CommandReply, Entity, User } from '../api/types'
import { resourceOf, type Draft, type FormKind } from '../domain/registry'
import { sendCommand } from './sendCommand'

export function mayKeepRegistry(user: User): boolean {
  return user.role === 'administrator'
}

export function registerResource(world: string, kind: FormKind, draft: Draft): Promise<CommandReply> {
  return sendCommand(world, { type: 'register_resource', resource: resourceOf(kind, draft, null) } as AnyCommand)
}

/** `seen` is the version that the editor looked at; another one refuses the change. */
export function updateResource(world: string, kind: FormKind, draft: Draft, seen: Entity): Promise<CommandReply> {
  return sendCommand(world, { type: 'update_resource', resource: resourceOf(kind, draft, seen), based_on_version: seen.version } as AnyCommand)
}

export function retireResource(world: string, id: string, reason: string): Promise<CommandReply> {
  return sendCommand(world, { type: 'retire_resource', id, reason })
}
