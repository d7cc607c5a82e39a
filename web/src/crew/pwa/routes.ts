/** What the service worker does with a request. Pure, so that a test can say that the interface is never kept. */

export type Route =
  /** Not ours: the browser asks the server. */
  | 'network'
  /** The page, from the phone first: a crew starts without signal. */
  | 'page_kept'
  /** The page, from the server first. */
  | 'page'
  /** A file of the shell. */
  | 'shell'

const NEVER = ['/api/', '/health/', '/gateway/', '/metrics']

export interface Asked {
  method: string
  mode: string
  url: string
}

export function routeOf(request: Asked, origin: string, shell: ReadonlySet<string>): Route {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin || NEVER.some((path) => url.pathname.startsWith(path))) return 'network'
  if (request.mode === 'navigate') return url.searchParams.get('app') === 'crew' ? 'page_kept' : 'page'
  return url.search === '' && shell.has(url.pathname) ? 'shell' : 'network'
}
