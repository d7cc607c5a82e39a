/** The HTTP client: one place that knows paths, headers and problem documents. */
import type { AnyCommand } from './commands'
import type { CommandReply, FeatureCollection, JournalEntry, Problem, Ranking, Session, World } from './types'

const BASE = '/api/v1'
const TIMEOUT_MS = 10_000
const UPLOAD_TIMEOUT_MS = 120_000

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code)
  }
}

export async function getSession(): Promise<Session | null> {
  try {
    return await request<Session>('GET', '/session')
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return null
    throw error
  }
}

export function postSession(username: string, password: string): Promise<Session> {
  return request('POST', '/session', { username, password })
}

export function deleteSession(): Promise<void> {
  return request('DELETE', '/session')
}

export async function getWorlds(): Promise<World[]> {
  return request<World[]>('GET', '/worlds')
}

export type Query = Record<string, string | number | boolean | undefined>

/** Ids and distances: their properties are in the picture. */
export function getNearest(world: string, query: Query, signal?: AbortSignal): Promise<Ranking> {
  return request('GET', `/worlds/${world}/nearest?${search({ ...query, detail: 'ranking' })}`, undefined, { signal })
}

export function getJournal(world: string, after: number, limit: number): Promise<JournalEntry[]> {
  return request('GET', `/worlds/${world}/journal?${search({ after, limit })}`)
}

/** One page of resources by filter. */
export function getResources(world: string, query: Query, signal?: AbortSignal): Promise<FeatureCollection> {
  return request('GET', `/worlds/${world}/resources?${search(query)}`, undefined, { signal })
}

export function getWithin(world: string, query: Query, signal?: AbortSignal): Promise<Ranking> {
  return request('GET', `/worlds/${world}/within?${search({ ...query, detail: 'ranking' })}`, undefined, { signal })
}

/** `key` makes a retry of the same command harmless. */
export function postCommand(world: string, key: string, command: AnyCommand): Promise<CommandReply> {
  return request('POST', `/worlds/${world}/commands`, command, { headers: { 'Idempotency-Key': key } })
}

export interface NewDrill {
  name: string
  from: { world: string }
  clock: { start: string; speed: number }
}

export function postDrill(drill: NewDrill): Promise<{ id: string }> {
  return request('POST', '/drills', drill)
}

export type ClockAction = { action: 'start' | 'pause' } | { action: 'step' | 'speed'; value: number }

export function postDrillClock(drill: string, action: ClockAction): Promise<unknown> {
  return request('POST', `/drills/${drill}/clock`, action)
}

export function postDrillFinish(drill: string): Promise<unknown> {
  return request('POST', `/drills/${drill}/finish`, {})
}

export interface Readiness {
  status?: string
  version?: string
  demo_feed?: boolean
  dependencies?: Record<string, { state: string; age_s?: number | null }>
}

export async function getReadiness(): Promise<Readiness | null> {
  const response = await fetch('/health/ready').catch(() => null)
  return response ? ((await response.json().catch(() => null)) as Readiness | null) : null
}

export function search(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  return params.toString()
}

interface Extra {
  headers?: Record<string, string>
  signal?: AbortSignal
}

export function request<T>(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<T> {
  const headers: Record<string, string> = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...extra.headers }
  return send(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }, TIMEOUT_MS, extra.signal)
}

/** A file as the body of a POST. */
export function upload<T>(path: string, file: Blob, media: string): Promise<T> {
  return send(path, { method: 'POST', headers: { 'Content-Type': media }, body: file }, UPLOAD_TIMEOUT_MS)
}

async function send<T>(path: string, init: RequestInit, within: number, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(within)
  const response = await fetch(BASE + path, { ...init, credentials: 'same-origin', signal: signal ? AbortSignal.any([timeout, signal]) : timeout }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiError({ status: 0, code: 'unreachable' })
  })
  if (!response.ok) throw new ApiError(await problem(response))
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

async function problem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>
  return { ...body, status: response.status, code: body.code ?? `http_${response.status}` }
}
