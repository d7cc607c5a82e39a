/** The feed's ports in a real browser. */
import { getSession } from '../api/client'
import type { Ports, Socket } from './connection'

export const browserPorts: Ports = {
  open: (url) => new WebSocket(url) as unknown as Socket,
  now: () => Date.now(),
  random: () => Math.random(),
  later(run, ms) {
    const timer = window.setTimeout(run, ms)
    return () => window.clearTimeout(timer)
  },
  async signedIn() {
    try {
      return (await getSession()) !== null
    } catch {
      return true // the server is away, which says nothing about the session
    }
  },
}

export function feedUrl(world: string): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}/api/v1/worlds/${encodeURIComponent(world)}/feed`
}
