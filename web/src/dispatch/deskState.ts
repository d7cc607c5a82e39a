/** What one dispatcher has in hand: the case in focus, the armed candidates, the open panel. */
import type { Incident, Call } from '../api/cases'
import type { EntityChange } from '../api/types'
import type { Step } from '../actions/undoLast'
import type { Armed } from '../domain/arming'
import type { Picture } from '../feed/picture'
import { store, type Store } from '../ui/store'

export type Focus = { type: 'call' | 'incident'; id: string } | null

export interface Notice {
  alarm: boolean
  text: string
}

export type Panel = 'handover' | 'shifts' | 'keys' | 'beds'

/** The question that an open menu asks: why, or which incident. */
export type Asking = 'cancel' | 'breakdown' | 'divert' | 'stand_down' | 'merge'

export interface DispatchState {
  focus: Focus
  armed: Armed | null
  /** What became of the last order, beside the candidates. */
  notice: Notice | null
  /** The need recommended for; null: the first that is open. */
  needId: string | null
  panel: Panel | null
  leftOutOpen: boolean
  /** The line that asks for the reason of a hold is open. */
  holding: boolean
  /** The next click on the map is the place. */
  picking: boolean
  /** The row of the strip whose actions are open. */
  row: string | null
  /** The incident of the queue whose actions are open. */
  menu: string | null
  asking: Asking | null
  /** What failed, by where it was tried: a region or the thing itself. */
  failures: Readonly<Record<string, string>>
  /** The last step of this desk that another command takes back. */
  step: Step | null
  /** On a narrow screen: the recommendation lies over the map. */
  drawer: boolean
  /** On a low screen: the strip of progress is open. */
  strip: boolean
  /** Keys of alarms that somebody here has acknowledged. */
  silenced: ReadonlySet<string>
}

export type DispatchStore = Store<DispatchState>

export function dispatchStore(): DispatchStore {
  return store<DispatchState>({
    focus: null,
    armed: null,
    notice: null,
    needId: null,
    panel: null,
    leftOutOpen: true,
    holding: false,
    picking: false,
    row: null,
    menu: null,
    asking: null,
    failures: {},
    step: null,
    drawer: true,
    strip: false,
    silenced: new Set(),
  })
}

/** Another case comes to the front; nothing of the last one stays armed. */
export function focusOn(desk: DispatchStore, focus: Focus): void {
  const { focus: old } = desk.get()
  if (old?.id === focus?.id && old?.type === focus?.type) return
  desk.set({ focus, armed: null, notice: null, needId: null, holding: false, picking: false, menu: null, asking: null })
}

/** Opens the actions of an incident in the queue, or closes them. */
export function toggleMenu(desk: DispatchStore, id: string): void {
  desk.set({ menu: desk.get().menu === id ? null : id, row: null, asking: null })
}

/** Opens the actions of an assignment in the strip, or closes them. */
export function toggleRow(desk: DispatchStore, id: string): void {
  desk.set({ row: desk.get().row === id ? null : id, menu: null, asking: null, strip: true })
}

export interface InHand {
  call: Call | null
  incident: Incident | null
  /** Under which the draft is kept. */
  key: string
}

/** The call and the incident in focus: a call leads to its incident once it has one. */
export function inHand(picture: Picture, focus: Focus): InHand | null {
  if (!focus) return null
  const entity = picture.get(focus.id)
  if (entity?.kind === 'call') {
    const linked = entity.incident_id ? picture.get(entity.incident_id) : undefined
    const incident = linked?.kind === 'incident' ? linked : null
    return { call: entity, incident, key: incident?.id ?? entity.id }
  }
  if (entity?.kind !== 'incident') return null
  const calls = entity.call_ids.map((id) => picture.get(id)).filter((call) => call?.kind === 'call')
  const taking = calls.find((call) => call.status === 'call_taking' || call.status === 'answered')
  return { call: taking ?? calls[0] ?? null, incident: entity, key: entity.id }
}

/** One step back: what was opened last closes first; a draft is never thrown away. */
export function stepBack(desk: DispatchStore): void {
  const { armed, holding, picking, panel, notice, row, menu, asking, failures } = desk.get()
  if (picking) desk.set({ picking: false })
  else if (armed) desk.set({ armed: null, notice: null })
  else if (asking) desk.set({ asking: null })
  else if (menu) desk.set({ menu: null })
  else if (holding) desk.set({ holding: false })
  else if (panel) desk.set({ panel: null })
  else if (row) desk.set({ row: null })
  else if (notice) desk.set({ notice: null })
  else if (Object.keys(failures).length > 0) desk.set({ failures: {} })
}

/** Versions that this desk's own commands made: they disarm nothing. */
export class OwnVersions {
  private readonly versions = new Map<string, number>()

  note(changes: readonly EntityChange[]): void {
    for (const { id, entity } of changes) if (entity) this.versions.set(id, Math.max(entity.version, this.versions.get(id) ?? 0))
  }

  readonly has = (id: string, version: number): boolean => (this.versions.get(id) ?? 0) >= version

  latest(id: string): number {
    return this.versions.get(id) ?? 0
  }
}
