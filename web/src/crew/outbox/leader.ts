/** One window at a time sends. The browser's locks decide; where there are none, a lease in localStorage. */

const LEASE_MS = 6_000
const RENEW_MS = 2_000

/** Calls `lead` while this window leads; gives up leading when the signal is aborted. */
export function leadership(name: string, lead: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): void {
  if (navigator.locks) {
    navigator.locks.request(name, { signal: stop }, () => persistently(lead, stop)).catch(() => undefined)
    return
  }
  void leased(name, lead, stop)
}

/** A disk that failed once is no reason never to send again. */
async function persistently(lead: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await lead(stop).catch((error: unknown) => console.error(error))
    if (!stop.aborted) await new Promise((resolve) => window.setTimeout(resolve, RENEW_MS))
  }
}

interface Lease {
  owner: string
  until: number
}

async function leased(name: string, lead: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void> {
  const owner = `${Date.now()}-${Math.random()}`
  while (!stop.aborted) {
    if (take(name, owner)) {
      const lost = new AbortController()
      const renew = window.setInterval(() => take(name, owner) || lost.abort(), RENEW_MS)
      await lead(AbortSignal.any([stop, lost.signal])).catch(() => undefined)
      window.clearInterval(renew)
    }
    await new Promise((resolve) => window.setTimeout(resolve, RENEW_MS))
  }
  const mine = held(name)?.owner === owner
  if (mine) localStorage.removeItem(name)
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
