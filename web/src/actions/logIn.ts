/** Opens a session with name and password. */
import { ApiError, postSession } from '../api/client'
import type { Session } from '../api/types'

export type LogInResult = { ok: true; session: Session } | { ok: false; wrong: boolean; error: unknown }

export async function logIn(username: string, password: string): Promise<LogInResult> {
  try {
    return { ok: true, session: await postSession(username.trim(), password) }
  } catch (error) {
    return { ok: false, wrong: error instanceof ApiError && error.problem.status === 401, error }
  }
}
