/** What a key of the desk does now, by the case in hand. */
import type { Acceptance, Assignment, Incident } from '../api/cases'
import type { Alarm } from '../domain/alarms'
import { isOpen } from '../domain/cases'
import type { Similar } from '../domain/duplicates'
import { flat, nextWaiting, type Queue } from '../domain/queue'
import type { Candidate } from '../api/dispatch'
import { focusOn, stepBack, toggleMenu, toggleRow, type DispatchStore, type InHand } from './deskState'
import type { Intent } from './keymap'
import type { Reserve } from './useReserve'

export interface Situation {
  dispatch: DispatchStore
  me: string
  barred: boolean
  queue: Queue
  hand: InHand | null
  locked: boolean
  assignments: readonly Assignment[]
  /** The strip of progress, as shown. */
  rows: readonly Assignment[]
  similar: readonly Similar[]
  candidates: readonly Candidate[]
  alarms: readonly Alarm[]
  usual: Acceptance
  reserve: Reserve | null
  actions: {
    answer(call: Queue['ringing'][number]): void
    attend(id: string): void
    end(type: Acceptance): void
    resume(): void
    link(id: string): void
    undo(): unknown
    arm(candidate: Candidate, add: boolean): void
    zoom(step: 1 | -1 | 0): unknown
  }
}

export function actOn(intent: Intent, now: Situation): void {
  const { dispatch, barred, queue, hand, assignments, actions } = now
  const incident = hand?.incident ?? null
  const state = dispatch.get()
  switch (intent.type) {
    case 'answer':
      if (queue.ringing[0] && !barred) actions.answer(queue.ringing[0])
      return
    case 'next':
      return next(now, incident)
    case 'move': {
      const list = flat(queue)
      const at = list.findIndex(({ id }) => id === state.focus?.id || id === incident?.id)
      const row = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + intent.step))]
      return row && focusOn(dispatch, row)
    }
    case 'arm': {
      const candidate = now.candidates[intent.n - 1]
      if (!candidate) return
      dispatch.set({ drawer: true })
      return actions.arm(candidate, intent.add)
    }
    case 'recommend':
      return recommend(dispatch)
    case 'end':
      if (hand?.call && ['answered', 'call_taking'].includes(hand.call.status) && !now.locked) actions.end(now.usual)
      return
    case 'hold':
      if (!incident || now.locked) return
      if (incident.status === 'held') actions.resume()
      else if (!assignments.some(isOpen)) dispatch.set({ holding: true })
      return
    case 'link':
      if (now.similar[0] && !barred) actions.link(now.similar[0].incident.id)
      return
    case 'silence': {
      const first = now.alarms.find((alarm) => !state.silenced.has(alarm.key))
      return first && dispatch.set({ silenced: new Set([...state.silenced, first.key]), row: first.assignmentId, asking: null, strip: true })
    }
    case 'left_out':
      return dispatch.set({ leftOutOpen: !state.leftOutOpen, drawer: true })
    case 'beds':
      return dispatch.set({ panel: state.panel === 'beds' ? null : 'beds' })
    case 'reserve':
      return now.reserve?.toggle()
    case 'menu':
      return incident && incident.status !== 'closed' ? toggleMenu(dispatch, incident.id) : undefined
    case 'task':
      return task(now, state.row)
    case 'zoom':
      actions.zoom(intent.step)
      return
    case 'undo':
      actions.undo()
      return
    case 'back':
      return stepBack(dispatch)
    case 'keys':
      return dispatch.set({ panel: state.panel === 'keys' ? null : 'keys' })
  }
}

/** The next one that waits; nobody's becomes mine. */
function next({ dispatch, me, barred, queue, actions }: Situation, incident: Incident | null): void {
  const waiting = nextWaiting(queue, me, incident?.id ?? null)
  if (!waiting) return
  focusOn(dispatch, { type: 'incident', id: waiting.incident.id })
  if (waiting.incident.attended_by === null && !barred) actions.attend(waiting.incident.id)
}

/** Opens the row of the case in hand first, then one after the other; after the last one it closes. */
function task({ dispatch, rows, assignments }: Situation, open: string | null): void {
  const running = rows.filter(isOpen)
  const own = running.findIndex((row) => assignments.some(({ id }) => id === row.id))
  const at = open === null ? Math.max(0, own) : running.findIndex(({ id }) => id === open) + 1
  const row = running[at]
  if (row) toggleRow(dispatch, row.id)
  else if (open) toggleRow(dispatch, open)
}

/** The drawer may still have to open before its rows can take the focus. */
function recommend(dispatch: DispatchStore): void {
  dispatch.set({ drawer: true })
  requestAnimationFrame(() => (document.querySelector<HTMLElement>('.armed-bar .send') ?? document.querySelector<HTMLElement>('.cands button:enabled'))?.focus())
}
