/** Registers the service worker and says when a new version waits. */

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()
/** An installed app may stay open for weeks. */
const LOOK_EVERY_MS = 30 * 60_000

export const updates = {
  ready: () => waiting !== null,
  on(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

/** Only in a build, and only where browsers allow it. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/sw.js').then(
    (registration) => {
      const look = () => {
        // The first worker ever replaces nothing.
        if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting)
      }
      look()
      registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
      window.setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS)
    },
    (error: unknown) => console.warn(error),
  )
}

/** The new version takes over and the page loads again; unsent steps are on the disk. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('skip_waiting')
}

function announce(worker: ServiceWorker): void {
  waiting = worker
  for (const listener of listeners) listener()
}
