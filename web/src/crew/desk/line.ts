/** The line to the centre: asks for the crew's picture, keeps the last one, knows since when it is cut. */
import type { EntityChange } from '../../api/types'
import type { Assignment, CrewUnit, CrewView } from '../types'
import { getCrew } from './api'
import { keptView, write } from './cache'
import type { PhoneClock } from './clock'

const EVERY_MS = 5_000
const LONGEST_MS = 30_000

export interface LineState {
  view: CrewView | null
  phase: 'loading' | 'online' | 'offline' | 'signed_out' | 'no_unit'
  /** Since when offline, phone time. */
  since: number
  /** Phone time of the picture. */
  receivedAt: number
  /** The assignment that ended without this phone's doing. */
  taken: { number: string } | null
  /** The last one with patient contact; its record may still be written. */
  previous: Previous | null
}

export interface Previous {
  assignmentId: string
  number: string
  recorded: boolean
}

export class Line {
  private listeners = new Set<() => void>()
  private current: LineState
  private timer = 0
  private failures = 0
  private asking = false
  private again = false
  private closed = false

  constructor(
    private readonly world: string,
    private readonly owner: string,
    private readonly clock: PhoneClock,
    private readonly rate: () => number,
    /** Whether this phone itself ended the assignment. */
    private readonly endedHere: (assignmentId: string) => boolean,
  ) {
    const kept = keptView(owner)
    if (kept) clock.restore(kept.offset)
    this.current = { view: kept?.view ?? null, phase: 'loading', since: kept?.receivedAt ?? Date.now(), receivedAt: kept?.receivedAt ?? 0, taken: null, previous: kept?.previous ?? null }
  }

  readonly state = () => this.current
  readonly on = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  start(): void {
    void this.ask()
  }

  close(): void {
    this.closed = true
    window.clearTimeout(this.timer)
  }

  /** Asks now: the signal came back, the screen was opened, a step was taken. */
  readonly hurry = () => {
    if (this.closed) return
    if (this.asking) {
      this.again = true
      return
    }
    window.clearTimeout(this.timer)
    void this.ask()
  }

  /** What an accepted command changed is shown at once, not at the next answer. */
  merge(changes: readonly EntityChange[]): void {
    const { view } = this.current
    if (!view) return
    let next = view
    for (const { kind, id, entity } of changes) {
      if (kind === 'assignment' && id === next.assignment?.id && entity) next = { ...next, assignment: newer(next.assignment, entity as unknown as Assignment) }
      if (id === next.unit.id && entity) next = { ...next, unit: newer(next.unit, entity as CrewUnit) }
    }
    const record = changes.find((change) => change.kind === 'care_record')?.entity as unknown as { assignment_id?: string } | null | undefined
    if (record && record.assignment_id === this.current.previous?.assignmentId) this.tell({ previous: { ...this.current.previous, recorded: true } as Previous })
    if (next !== view) this.show(next)
  }

  readonly seen = () => this.tell({ taken: null })

  private async ask(): Promise<void> {
    this.asking = true
    const answer = await getCrew(this.world, this.current.view?.patient?.id)
    this.asking = false
    if (this.closed) return
    if (answer.ok) {
      this.failures = 0
      this.clock.sample(answer.asked, answer.received, Date.parse(answer.body.server_time), this.rate())
      this.arrived(answer.body, answer.received)
    } else {
      this.failures += 1
      this.failed(answer.problem.status)
    }
    const wait = this.again ? 0 : Math.min(LONGEST_MS, EVERY_MS * 1.5 ** Math.max(0, this.failures - 1))
    this.again = false
    this.timer = window.setTimeout(() => void this.ask(), wait)
  }

  private arrived(view: CrewView, receivedAt: number): void {
    const before = this.current.view
    // An answer that was asked before a step may be older than what the step's own reply told.
    const assignment = view.assignment && before?.assignment?.id === view.assignment.id ? newer(before.assignment, view.assignment) : view.assignment
    const gone = before?.assignment && before.assignment.id !== view.assignment?.id ? before.assignment : null
    const taken = gone && !this.endedHere(gone.id) ? { number: before?.incident?.number ?? '' } : this.current.taken
    this.tell({ phase: 'online', receivedAt, taken })
    const known = before?.patient?.id !== undefined && before.patient.id === view.incident?.private?.id
    this.show({ ...view, assignment, patient: view.patient ?? (known ? before.patient : null) })
  }

  private failed(status: number): void {
    if (status === 401) return this.tell({ phase: 'signed_out' })
    if (status === 403 || status === 404) return this.tell({ phase: 'no_unit' })
    if (this.current.phase !== 'offline') this.tell({ phase: 'offline', since: this.current.receivedAt || Date.now() })
  }

  private show(told: CrewView): void {
    const view = settled(told)
    const before = this.current.view
    const left = before?.assignment && before.assignment.id !== view.assignment?.id ? { ...before, assignment: newest(before.assignment, told.assignment) } : null
    const ended = left ? { assignment: left.assignment, number: left.incident?.number ?? null } : told.last_order
    const previous = ended?.assignment.arrived_at ? this.afterwards(ended) : this.current.previous
    this.tell({ view, previous })
    write(`view.${this.owner}`, { view, receivedAt: this.current.receivedAt, offset: this.clock.offset() ?? 0, previous })
  }

  /** An order with patient contact that is over; a record that was just written counts although the answer is older. */
  private afterwards({ assignment, number }: { assignment: Assignment; number: string | null }): Previous {
    const known = this.current.previous?.assignmentId === assignment.id && this.current.previous.recorded
    return { assignmentId: assignment.id, number: number ?? '', recorded: known || Boolean(assignment.care_record_id) }
  }

  private tell(patch: Partial<LineState>): void {
    this.current = { ...this.current, ...patch }
    for (const listener of this.listeners) listener()
  }
}

const FINAL = ['closed', 'cancelled', 'diverted']

/** An ended assignment is no assignment. */
function settled(view: CrewView): CrewView {
  return view.assignment && FINAL.includes(view.assignment.status) ? { ...view, assignment: null, incident: null, destination: null, patient: null } : view
}

function newest(known: Assignment, other: Assignment | null): Assignment {
  return other?.id === known.id ? newer(known, other) : known
}

function newer<T extends { version: number }>(known: T, other: T): T {
  return other.version >= known.version ? other : known
}
