/** What the phone keeps between two starts: the last picture, drafts, small habits. Bounded; gone with the log-out. */
import type { Session } from '../../api/types'
import type { CrewView } from '../types'

const PREFIX = 'chiyuan.crew.'
const SESSION = `${PREFIX}session`
const MAX_CHARS = 400_000
/** An older picture says nothing any more. */
const MAX_AGE_MS = 24 * 3600_000

export function read<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as T | null
  } catch {
    return null
  }
}

export function write(name: string, value: unknown): void {
  try {
    const text = JSON.stringify(value)
    if (text.length <= MAX_CHARS) localStorage.setItem(PREFIX + name, text)
  } catch {
    // A full or forbidden storage costs the picture at the next start, nothing else.
  }
}

export function drop(name: string): void {
  localStorage.removeItem(PREFIX + name)
}

/** Forgets everything but unsent steps, which lie elsewhere. */
export function forget(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}

/** The last screen of this user in this world. */
export interface Kept {
  view: CrewView
  receivedAt: number
  offset: number
  previous?: { assignmentId: string; number: string; recorded: boolean } | null
}

export function keptView(owner: string): Kept | null {
  const kept = read<Kept>(`view.${owner}`)
  return kept && Date.now() - kept.receivedAt < MAX_AGE_MS ? kept : null
}

/** Who was last on this phone, so that a start without signal is not a log-in. */
export function keptSession(): Session | null {
  const session = read<Session>(SESSION.slice(PREFIX.length))
  return session?.user?.role === 'crew' ? session : null
}

export function keepSession(session: Session | null): void {
  if (session?.user.role === 'crew') write(SESSION.slice(PREFIX.length), session)
  else drop(SESSION.slice(PREFIX.length))
}
