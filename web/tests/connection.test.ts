import { beforeEach, describe, expect, it } from 'vitest'
import { FeedConnection, GRACE_MS, SILENCE_MS, type Ports, type Socket } from '../src/feed/connection'
import type { FeedMessage } from '../src/feed/messages'
import { ambulance, changes, snapshots } from './build'

class FakeSocket implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closed = false
  sent: string[] = []
  constructor(readonly url: string) {}
  send(data: string) {
    this.sent.push(data)
  }
  close() {
    this.closed = true
  }
  say(message: FeedMessage) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

let now = 0
let timers: { at: number; run: () => void }[] = []
let sockets: FakeSocket[] = []
let signedIn = true

const ports: Ports = {
  open: (url) => {
    const socket = new FakeSocket(url)
    sockets.push(socket)
    return socket
  },
  now: () => now,
  random: () => 1,
  later: (run, ms) => {
    const timer = { at: now + ms, run }
    timers.push(timer)
    return () => {
      timers = timers.filter((t) => t !== timer)
    }
  },
  signedIn: () => Promise.resolve(signedIn),
}

async function pass(ms: number) {
  const end = now + ms
  for (;;) {
    const next = timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
    if (!next) break
    timers = timers.filter((t) => t !== next)
    now = next.at
    next.run()
    await Promise.resolve()
    await Promise.resolve()
  }
  now = end
}

function open(): { feed: FeedConnection; socket: FakeSocket } {
  const feed = new FeedConnection('ws://x/feed', ports, () => undefined, () => undefined)
  feed.start()
  const socket = sockets.at(-1)!
  socket.onopen?.()
  for (const message of snapshots(10, [[ambulance('a1')]])) socket.say(message)
  return { feed, socket }
}

beforeEach(() => {
  now = 1_000
  timers = []
  sockets = []
  signedIn = true
})

describe('feed connection', () => {
  it('is live after the snapshot and in step after the checkpoint', () => {
    const { feed, socket } = open()
    expect(feed.status.phase).toBe('live')
    expect(feed.status.inStep).toBe(false)
    socket.say({ type: 'checkpoint', seq: 10, hash: feed.state.picture.hash() })
    expect(feed.status).toMatchObject({ phase: 'live', inStep: true })
  })

  it('resumes after its own seq and epoch when the server restarts', async () => {
    const { feed, socket } = open()
    socket.say(changes(11, ambulance('a2')))
    socket.onclose?.({ code: 1012 })
    expect(feed.status.phase).toBe('catching_up')
    await pass(400)
    expect(sockets.at(-1)!.url).toBe('ws://x/feed?after=11&epoch=e1')
  })

  it('is live again when the backlog of a resume is through', async () => {
    const { feed, socket } = open()
    socket.onclose?.({ code: 1012 })
    await pass(400)
    feed.expect(12)
    const next = sockets.at(-1)!
    next.onopen?.()
    expect(feed.status).toMatchObject({ phase: 'catching_up', behind: 2 })
    next.say(changes(11, ambulance('a2')))
    expect(feed.status.behind).toBe(1)
    next.say(changes(12, ambulance('a3')))
    await pass(1_500)
    expect(feed.status).toMatchObject({ phase: 'live', behind: null, inStep: false })
    next.say({ type: 'checkpoint', seq: 12, hash: feed.state.picture.hash() })
    expect(feed.status.inStep).toBe(true)
  })

  it('asks for a fresh snapshot after a gap', async () => {
    const { feed, socket } = open()
    socket.say(changes(12, ambulance('a2')))
    expect(feed.status.resyncing).toBe(true)
    expect(socket.closed).toBe(true)
    await pass(400)
    expect(sockets.at(-1)!.url).toBe('ws://x/feed')
    expect(feed.state.picture.get('a1')).toBeDefined()
  })

  it('asks for a fresh snapshot after a wrong hash', async () => {
    const { socket } = open()
    socket.say({ type: 'checkpoint', seq: 10, hash: 'ffffffffffffffff' })
    await pass(400)
    expect(sockets.at(-1)!.url).toBe('ws://x/feed')
  })

  it('is offline since the last message when no checkpoint comes for 10 s', async () => {
    const { feed, socket } = open()
    await pass(3_000)
    const last = now
    socket.say({ type: 'fixes', at: '', fixes: [] })
    await pass(SILENCE_MS)
    expect(feed.status).toMatchObject({ phase: 'offline', since: last })
    expect(sockets.length).toBeGreaterThan(1)
  })

  it('a short loss is catching up, a longer one offline', async () => {
    const { feed, socket } = open()
    const last = now
    socket.onclose?.({ code: 1006 })
    expect(feed.status.phase).toBe('catching_up')
    await pass(100)
    ports.open = (url) => {
      const dead = new FakeSocket(url)
      sockets.push(dead)
      queueMicrotask(() => dead.onclose?.({ code: 1006 }))
      return dead
    }
    await pass(GRACE_MS + 1_000)
    expect(feed.status).toMatchObject({ phase: 'offline', since: last })
    ports.open = (url) => {
      const socket2 = new FakeSocket(url)
      sockets.push(socket2)
      return socket2
    }
  })

  it.each([4401, 4403])('close code %i leads to the log-in and stops', async (code) => {
    const { feed, socket } = open()
    socket.onclose?.({ code })
    expect(feed.status.phase).toBe('signed_out')
    const before = sockets.length
    await pass(60_000)
    expect(sockets.length).toBe(before)
  })

  it('waits longer after each failure, up to a limit', async () => {
    open().socket.onclose?.({ code: 1006 })
    const gaps: number[] = []
    let last = now
    for (let i = 0; i < 8; i++) {
      const before = sockets.length
      while (sockets.length === before) await pass(50)
      gaps.push(now - last)
      last = now
      sockets.at(-1)!.onclose?.({ code: 1006 })
    }
    expect(gaps.slice(1).every((gap, i) => gap >= gaps[i]!)).toBe(true)
    expect(gaps.at(-1)).toBeLessThanOrEqual(8_100)
  })

  it('notices by asking that the session is over', async () => {
    const { feed, socket } = open()
    signedIn = false
    socket.onclose?.({ code: 1006 })
    await pass(1_000)
    sockets.at(-1)!.onclose?.({ code: 1006 })
    await pass(10_000)
    expect(feed.status.phase).toBe('signed_out')
  })
})
