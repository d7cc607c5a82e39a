/** Sends one command. The key stays the same over retries of one intent, so that an unknown outcome may be asked again. */
import { ApiError, postCommand } from '../api/client'
import type { AnyCommand } from '../api/commands'
import type { CommandReply } from '../api/types'

const RETRIES = 2
const PAUSE_MS = 400

export type Send = (command: AnyCommand) => Promise<CommandReply>

export async function sendCommand(world: string, command: AnyCommand): Promise<CommandReply> {
  const key = crypto.randomUUID()
  for (let left = RETRIES; ; left--) {
    try {
      return await postCommand(world, key, command)
    } catch (error) {
      const unsure = error instanceof ApiError && (error.problem.status === 0 || error.problem.status === 503)
      if (!unsure || left === 0) throw error
      await new Promise((resume) => setTimeout(resume, PAUSE_MS))
    }
  }
}
