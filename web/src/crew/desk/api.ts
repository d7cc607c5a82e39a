/** The requests of the crew's screen. Never throws: a bad signal is the normal case here. */
import type { EntityChange, Problem } from '../../api/types'
import type { CrewView } from '../types'

const TIMEOUT_MS = 12_000

export interface Refused extends Problem {
  retryAfterMs?: number
}

export type Answer<T> = { ok: true; body: T; asked: number; received: number } | { ok: false; problem: Refused }

export interface Reply {
  seq: number
  changes: EntityChange[]
}

/** `known` is the personal part that the phone has: it is read, and its reading recorded, only once. */
export function getCrew(world: string, known: string | undefined): Promise<Answer<CrewView>> {
  const query = known ? `?known=${encodeURIComponent(known)}` : ''
  return ask<CrewView>(`/api/v1/worlds/${encodeURIComponent(world)}/crew${query}`, { method: 'GET' }, (body) => 'unit' in body)
}

export function postCommand(world: string, key: string, command: unknown, signal?: AbortSignal): Promise<Answer<Reply>> {
  const path = `/api/v1/worlds/${encodeURIComponent(world)}/commands`
  return ask<Reply>(path, post(command, { 'Idempotency-Key': key }, signal), (body) => 'seq' in body)
}

export function postFixes(world: string, fixes: unknown[]): Promise<Answer<{ accepted: number }>> {
  return ask(`/api/v1/worlds/${encodeURIComponent(world)}/positions`, post({ fixes }), (body) => 'accepted' in body)
}

function post(body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body), signal }
}

/** `isAnswer` tells the centre's answer from the page of a hotel's network. */
async function ask<T>(path: string, init: RequestInit, isAnswer: (body: object) => boolean): Promise<Answer<T>> {
  const asked = Date.now()
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout
  try {
    const response = await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal })
    const body = (await response.json().catch(() => null)) as unknown
    const received = Date.now()
    if (!response.ok) return { ok: false, problem: problem(response, body) }
    if (!body || typeof body !== 'object' || !isAnswer(body)) return { ok: false, problem: { status: 0, code: 'unreachable' } }
    return { ok: true, body: body as T, asked, received }
  } catch {
    return { ok: false, problem: { status: 0, code: 'unreachable' } }
  }
}

function problem(response: Response, body: unknown): Refused {
  const told = (body && typeof body === 'object' ? body : {}) as Partial<Problem>
  const seconds = Number(response.headers.get('Retry-After'))
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
  return { ...told, status: response.status, code: told.code ?? `http_${response.status}`, retryAfterMs }
}
