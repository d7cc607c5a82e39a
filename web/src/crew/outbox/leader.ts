/**
 * One window at a time sends. The browser's locks decide; where there are none, a lease in localStorage.
 * A window that nobody sees hands over to one that somebody looks at: phones put hidden pages to sleep.
 */

const LEASE_MS = 6_000
const RENEW_MS = 2_000

type Lead = (signal: AbortSignal) => Promise<void>

/** Calls `lead` while this window leads; gives up leading when the signal is aborted. */
export function leadership(name: string, lead: Lead, stop: AbortSignal): void {
  if (navigator.locks) void locked(name, lead, stop)
  else void leased(name, lead, stop)
}

async function locked(name: string, lead: Lead, stop: AbortSignal): Promise<void> {
  const channel = new BroadcastChannel(name)
  let handOver = new AbortController()
  channel.onmessage = () => document.visibilityState === 'hidden' && handOver.abort()
  const here = () => document.visibilityState === 'visible' && channel.postMessage('here')
  document.addEventListener('visibilitychange', here)
  here()
  while (!stop.aborted) {
    handOver = new AbortController()
    const mine = AbortSignal.any([stop, handOver.signal])
    await navigator.locks.request(name, { signal: stop }, () => persistently(lead, mine)).catch(() => undefined)
  }
  document.removeEventListener('visibilitychange', here)
  channel.close()
}

/** A disk that failed once is no reason never to send again. */
async function persistently(lead: Lead, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await lead(stop).catch((error: unknown) => console.error(error))
    if (!stop.aborted) await pause()
  }
}

interface Lease {
  owner: string
  until: number
}

async function leased(name: string, lead: Lead, stop: AbortSignal): Promise<void> {
  const owner = `${Date.now()}-${Math.random()}`
  while (!stop.aborted) {
    if (take(name, owner)) {
      const lost = new AbortController()
      const renew = window.setInterval(() => take(name, owner) || lost.abort(), RENEW_MS)
      await lead(AbortSignal.any([stop, lost.signal])).catch(() => undefined)
      window.clearInterval(renew)
    }
    await pause()
  }
  if (held(name)?.owner === owner) localStorage.removeItem(name)
}

function pause(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, RENEW_MS))
}

function take(name: string, owner: string): boolean {
  const lease = held(name)
  if (lease && lease.owner !== owner && lease.until > Date.now()) return false
  localStorage.setItem(name, JSON.stringify({ owner, until: Date.now() + LEASE_MS }))
  return held(name)?.owner === owner
}

function held(name: string): Lease | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Lease | null
  } catch {
    return null
  }
}
