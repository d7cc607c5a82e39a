import { describe, expect, it } from 'vitest'
import { EMPTY, MAX_DEFECT_TRIES, MAX_ITEMS, type Event, type Item, type NewItem, type Outbox, type Outcome } from '../src/crew/outbox/model'
import { OutboxKeeper } from '../src/crew/outbox/outbox'
import { outcomeOf } from '../src/crew/outbox/outcome'
import { isBlocked, nextItem, reduce, wait } from '../src/crew/outbox/reducer'
import { runSender } from '../src/crew/outbox/sender'
import { memoryStorage } from '../src/crew/outbox/storage'
import { STAGES, type Stage } from '../src/crew/types'

const LADDER = STAGES.slice(1, 9)

function stage(id: string, lane: string, name: Stage, at = 0): NewItem {
  return { id, at, world: 'live', lane, soft: false, what: { kind: 'stage', stage: name }, command: { type: 'report_stage', stage: name } }
}

function soft(id: string, lane = 'unit'): NewItem {
  return { id, at: 0, world: 'live', lane, soft: true, what: { kind: 'care' }, command: { type: 'write_care_record' } }
}

function run(events: Event[], from: Outbox = EMPTY): Outbox {
  return events.reduce(reduce, from)
}

const add = (item: NewItem): Event => ({ type: 'add', item })
const ended = (id: string, outcome: Outcome, now = 0): Event => ({ type: 'ended', id, outcome, now })
const refusal = { status: 409, code: 'stage_not_next' }

describe('outbox', () => {
  it('sends in the order of the buttons', () => {
    const box = run([add(stage('a', 'x', 'departed')), add(stage('b', 'x', 'arrived'))])
    expect(nextItem(box)?.id).toBe('a')
    expect(nextItem(run([{ type: 'began', id: 'a' }, ended('a', { kind: 'done' })], box))?.id).toBe('b')
  })

  it('keeps a refused step with its reason; later ones of its assignment wait, others pass', () => {
    let box = run([add(stage('a', 'x', 'departed')), add(stage('b', 'x', 'arrived')), add(stage('c', 'y', 'acknowledged'))])
    box = run([{ type: 'began', id: 'a' }, ended('a', { kind: 'refused', refusal })], box)
    expect(box.items[0]).toMatchObject({ id: 'a', state: 'refused', refusal })
    expect(isBlocked(box, box.items[1]!)).toBe(true)
    expect(nextItem(box)?.id).toBe('c')
    expect(nextItem(run([{ type: 'discard', id: 'a' }], box))?.id).toBe('b')
    expect(nextItem(run([{ type: 'retry', id: 'a' }], box))).toMatchObject({ id: 'a', state: 'waiting' })
  })

  it('lets a refused record stop nothing', () => {
    const box = run([add(soft('r', 'x')), add(stage('a', 'x', 'departed')), { type: 'began', id: 'r' }, ended('r', { kind: 'refused', refusal })])
    expect(nextItem(box)?.id).toBe('a')
  })

  it('waits longer with each failure and at least as long as the server asks', () => {
    expect([1, 2, 3, 9].map(wait)).toEqual([1_000, 2_000, 4_000, 30_000])
    let box = run([add(stage('a', 'x', 'departed')), { type: 'began', id: 'a' }, ended('a', { kind: 'failed' }, 100)])
    expect(box.notBefore).toBe(1_100)
    box = run([{ type: 'began', id: 'a' }, ended('a', { kind: 'failed', retryAfterMs: 7_000 }, 100)], box)
    expect(box).toMatchObject({ notBefore: 7_100, failures: 2 })
    expect(run([{ type: 'hurry' }], box).notBefore).toBe(0)
  })

  it('takes back only what was never sent', () => {
    const box = run([add(stage('a', 'x', 'departed')), add(stage('b', 'x', 'arrived')), { type: 'began', id: 'a' }, ended('a', { kind: 'failed' })])
    expect(run([{ type: 'withdraw', id: 'a' }], box).items).toHaveLength(2)
    expect(run([{ type: 'withdraw', id: 'b' }], box).items).toHaveLength(1)
  })

  it('takes the same step only once in a row', () => {
    expect(run([add(stage('a', 'x', 'departed')), add(stage('b', 'x', 'departed'))]).items).toHaveLength(1)
  })

  it('gives a defect of the server up after some tries, so that others pass', () => {
    let box = run([add(stage('a', 'x', 'departed')), add(stage('b', 'y', 'departed'))])
    for (let i = 0; i < MAX_DEFECT_TRIES; i++) box = run([{ type: 'began', id: 'a' }, ended('a', outcomeOf({ status: 500, code: 'internal' }))], box)
    expect(box.items[0]?.state).toBe('refused')
    expect(nextItem(box)?.id).toBe('b')
  })

  it('waits for the log-in when the session is over', () => {
    const box = run([add(stage('a', 'x', 'departed')), { type: 'began', id: 'a' }, ended('a', outcomeOf({ status: 401, code: 'unauthenticated' }))])
    expect(nextItem(box)).toBeNull()
    expect(nextItem(run([{ type: 'signed_in' }], box))?.id).toBe('a')
  })

  it('is bounded', () => {
    const box = run(Array.from({ length: MAX_ITEMS + 5 }, (_, i) => add(soft(`s${i}`))))
    expect(box.items).toHaveLength(MAX_ITEMS)
  })

  it.each([
    [0, 'failed'], [200, 'failed'], [302, 'failed'], [400, 'refused'], [401, 'signed_out'], [403, 'refused'], [404, 'refused'],
    [408, 'failed'], [409, 'refused'], [413, 'refused'], [422, 'refused'], [429, 'failed'], [500, 'failed'], [502, 'failed'], [503, 'failed'], [504, 'failed'],
  ])('reads a problem with status %i as %s', (status, kind) => {
    expect(outcomeOf({ status, code: 'x' }).kind).toBe(kind)
  })
})

/** Small deterministic random numbers. */
function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The centre: idempotent by key, strict about the ladder of each assignment. */
class Centre {
  readonly applied: { lane: string; stage: string; id: string }[] = []
  private answers = new Set<string>()

  take(item: Item): Outcome {
    if (this.answers.has(item.id)) return { kind: 'done' }
    if (item.what.kind === 'stage') {
      const done = this.applied.filter((a) => a.lane === item.lane).length
      if (LADDER[done] !== item.what.stage) return { kind: 'refused', refusal }
      this.applied.push({ lane: item.lane, stage: item.what.stage, id: item.id })
    }
    this.answers.add(item.id)
    return { kind: 'done' }
  }
}

describe('sender, with any interleaving of losses, duplicates, reloads and a second window', () => {
  it.each(Array.from({ length: 150 }, (_, i) => i))('applies each step exactly once and in order (seed %i)', async (seed) => {
    const dice = random(seed)
    const centre = new Centre()
    const disk = { box: EMPTY }
    const lanes = ['assignment:1', 'assignment:2']
    const wanted = LADDER.flatMap((name) => lanes.map((lane) => ({ lane, name })))
    const late: Item[] = []
    let clock = 0

    const send = async (item: Item): Promise<Outcome> => {
      for (let i = Math.floor(dice() * 4); i > 0; i--) await Promise.resolve()
      if (dice() < 0.25) return outcomeOf({ status: dice() < 0.5 ? 0 : 503, code: 'lost' })
      const outcome = centre.take(item)
      // A copy that a proxy kept arrives again, at once or much later.
      if (dice() < 0.2) late.push(item)
      if (late.length > 0 && dice() < 0.5) centre.take(late.shift()!)
      // The answer is lost on its way back.
      return dice() < 0.25 ? outcomeOf({ status: 0, code: 'lost' }) : outcome
    }

    const keeper = await OutboxKeeper.open(memoryStorage(disk))
    const tap = async () => {
      const next = wanted.shift()
      if (next) expect(await keeper.add(stage(`${seed}-${wanted.length}`, next.lane, next.name, clock))).toBe(true)
    }
    for (let life = 0; life < 400 && (wanted.length > 0 || disk.box.items.length > 0); life++) {
      const stop = new AbortController()
      const window_ = await OutboxKeeper.open(memoryStorage(disk))
      // Other windows look at the disk only when told; this one looks again and again.
      let steps = Math.floor(dice() * 12)
      const ports = {
        box: () => disk.box,
        dispatch: (event: Event) => window_.dispatch(event),
        send,
        now: () => clock,
        pause: async (ms: number | null) => {
          clock += ms ?? 0
          if (ms === null || steps-- <= 0) stop.abort()
        },
      }
      const running = runSender(ports, stop.signal)
      for (let i = Math.floor(dice() * 3); i >= 0; i--) await tap()
      // The phone kills the app at any moment.
      for (let i = Math.floor(dice() * 40); i > 0; i--) await Promise.resolve()
      if (dice() < 0.6) stop.abort()
      await running
    }
    for (const item of late) centre.take(item)
    expect(disk.box.items).toEqual([])
    for (const lane of lanes) expect(centre.applied.filter((a) => a.lane === lane).map((a) => a.stage)).toEqual(LADDER)
    expect(new Set(centre.applied.map((a) => a.id)).size).toBe(LADDER.length * 2)
  })

  it('loses nothing when a step is refused: all of its assignment wait, the other assignment ends', async () => {
    const centre = new Centre()
    const disk = { box: EMPTY }
    const keeper = await OutboxKeeper.open(memoryStorage(disk))
    await keeper.add(stage('bad', 'assignment:1', 'at_hospital'))
    await keeper.add(stage('next', 'assignment:1', 'handed_over'))
    for (const name of LADDER) await keeper.add(stage(`2-${name}`, 'assignment:2', name))
    const stop = new AbortController()
    const pause = async () => stop.abort()
    await runSender({ box: keeper.state, dispatch: (e) => keeper.dispatch(e), send: async (i) => centre.take(i), now: () => 0, pause }, stop.signal)
    expect(keeper.state().items.map((i) => [i.id, i.state])).toEqual([['bad', 'refused'], ['next', 'waiting']])
    expect(centre.applied).toHaveLength(LADDER.length)
  })
})
