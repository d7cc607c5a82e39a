/** All that stands behind the crew's screen, without React: line, outbox, sender, positions, clock. */
import type { User } from '../../api/types'
import { leadership } from '../outbox/leader'
import type { Event, Item, NewItem, Outcome } from '../outbox/model'
import { OutboxKeeper } from '../outbox/outbox'
import { outcomeOf } from '../outbox/outcome'
import { runSender } from '../outbox/sender'
import { openStorage } from '../outbox/storage'
import type { Fix } from '../positions/buffer'
import { wire } from '../positions/buffer'
import { PositionShare } from '../positions/share'
import { postCommand, postFixes } from './api'
import { read, write } from './cache'
import { phoneClock } from './clock'
import { Line } from './line'

export interface CrewDesk {
  readonly world: string
  readonly clock: ReturnType<typeof phoneClock>
  readonly line: Line
  readonly outbox: OutboxKeeper
  readonly share: PositionShare
  /** Stores a step; false if it could not be stored. */
  add(item: NewItem): Promise<boolean>
  /** The crew's own switch of position sharing. */
  wantsPosition(): boolean
  setWantsPosition(on: boolean): void
  /** Drills run at their own rate. */
  setRate(rate: number): void
  close(): void
}

/** Opens what is stored; the screen waits for it, so that no step is ever shown that is not kept. */
export async function openDesk(user: User, world: string): Promise<CrewDesk> {
  const owner = `${user.username}.${world}`
  const outbox = await OutboxKeeper.open(await openStorage(owner))
  const stop = new AbortController()
  const clock = phoneClock()
  let rate = 1
  let leads = false
  const ended = new Set<string>(outbox.state().items.filter(ends).map((item) => String(item.command.assignment_id)))
  const line = new Line(world, owner, clock, () => rate, (id) => ended.has(id))
  const unitId = () => line.state().view?.unit.id ?? user.unit_id ?? ''
  const share = new PositionShare({
    clock: clock.at,
    load: () => read<Fix[]>(`fixes.${owner}`) ?? [],
    save: (fixes) => write(`fixes.${owner}`, fixes),
    send: async (fixes) => {
      const answer = await postFixes(world, fixes.map((fix) => wire(unitId(), fix)))
      // A batch that the server can read no better next time is of no use.
      return answer.ok || answer.problem.status === 400 || answer.problem.status === 403
    },
  })

  const settle = () => {
    const onDuty = line.state().view ? line.state().view?.unit.status !== 'off_duty' : false
    share.set(onDuty && wantsPosition(), leads)
  }
  const wantsPosition = () => read<boolean>('position') !== false

  const send = async (item: Item, signal: AbortSignal): Promise<Outcome> => {
    const answer = await postCommand(item.world, item.id, item.command, signal)
    if (answer.ok) line.merge(answer.body.changes)
    line.hurry()
    return outcomeOf(answer.ok ? null : answer.problem)
  }
  const lead = async (signal: AbortSignal) => {
    leads = true
    settle()
    const ports = { box: outbox.state, dispatch: (event: Event) => outbox.dispatch(event), send, now: Date.now, pause: (ms: number | null, s: AbortSignal) => outbox.pause(ms, s) }
    await runSender(ports, signal).finally(() => {
      leads = false
      if (!stop.signal.aborted) settle()
    })
  }

  const back = () => {
    line.hurry()
    void outbox.dispatch({ type: 'hurry' })
  }
  const visible = () => document.visibilityState === 'visible' && back()
  window.addEventListener('online', back)
  document.addEventListener('visibilitychange', visible)
  const offLine = line.on(settle)
  // The outbox of another window shrank: the picture has moved on.
  let count = outbox.state().items.length
  const offBox = outbox.on(() => {
    if (!leads && outbox.state().items.length < count) line.hurry()
    count = outbox.state().items.length
  })

  // The browser may clear what it was not asked to keep.
  void navigator.storage?.persist?.().catch(() => false)
  await outbox.dispatch({ type: 'signed_in' })
  line.start()
  leadership(`chiyuan-crew:${owner}`, lead, stop.signal)
  return {
    world,
    clock,
    line,
    outbox,
    share,
    add: async (item) => {
      if (ends(item)) ended.add(String(item.command.assignment_id))
      return outbox.add(item).catch((error: unknown) => {
        console.error(error)
        return false
      })
    },
    wantsPosition,
    setWantsPosition(on) {
      write('position', on)
      settle()
    },
    setRate(next) {
      rate = next
    },
    close() {
      stop.abort()
      window.removeEventListener('online', back)
      document.removeEventListener('visibilitychange', visible)
      offLine()
      offBox()
      line.close()
      share.close()
      outbox.close()
    },
  }
}

function ends(item: NewItem): boolean {
  return item.what.kind === 'breakdown' || (item.what.kind === 'stage' && item.what.stage === 'closed')
}
