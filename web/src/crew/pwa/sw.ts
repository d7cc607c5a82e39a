/**
 * The service worker: keeps the shell of the crew's screen on the phone, never an answer of the interface.
 * The build writes the list of files and their common version into the placeholders.
 */
import { routeOf } from './routes'

const SHELL = JSON.parse('__SHELL__') as string[]
const CACHE = 'chiyuan-shell-__VERSION__'
const PAGE = '/'
/** A server that is slower is treated as away, for pages. */
const PATIENCE_MS = 3_000

interface Waiting extends globalThis.Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Waiting {
  request: Request
  respondWith(response: Promise<Response>): void
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: Location
}

const worker = self as unknown as Worker
const files = new Set(SHELL)

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })))))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => worker.clients.claim()))
})

worker.addEventListener('message', (event) => {
  if (event.data === 'skip_waiting') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  switch (routeOf(event.request, worker.location.origin, files)) {
    case 'page_kept':
      return event.respondWith(kept(PAGE, event.request))
    case 'page':
      return event.respondWith(fresh(event.request))
    case 'shell':
      return event.respondWith(kept(new URL(event.request.url).pathname, event.request))
    case 'network':
  }
})

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}

async function fresh(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const page = await cache.match(PAGE)
  if (!page) return fetch(request)
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(page), PATIENCE_MS))
  return Promise.race([fetch(request).catch(() => page), late])
}

/** Shells of earlier versions go. */
async function tidy(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('chiyuan-shell-') && name !== CACHE).map((name) => caches.delete(name)))
}
