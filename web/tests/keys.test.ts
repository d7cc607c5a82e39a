import { describe, expect, it } from 'vitest'
import { routeOf } from '../src/app/sections'
import { Drafts, forgetDrafts, type Keep } from '../src/dispatch/drafts'
import { intentOf, type KeyPress } from '../src/dispatch/keymap'
import { marksOf, ofDesk } from '../src/domain/progress'
import { undoable } from '../src/actions/undoLast'
import { usualAcceptance } from '../src/actions/endCallTaking'
import { change, emptyDraft } from '../src/domain/draft'
import { daysOf } from '../src/kpi/period'
import { due } from '../src/ui/sounds'
import { assignment, at, call, incident, NOON, pictureOf } from './cases'

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrl: false, alt: false, shift: false, ...over })

describe('keys', () => {
  it('arm by digits outside of text only', () => {
    expect(intentOf(press('1', { code: 'Digit1' }), false, true)).toEqual({ type: 'arm', n: 1, add: false })
    expect(intentOf(press('!', { code: 'Digit1', shift: true }), false, true)).toEqual({ type: 'arm', n: 1, add: true })
    expect(intentOf(press('1', { code: 'Digit1' }), true, true)).toBeNull()
  })

  it('lead to fields and the recommendation from anywhere', () => {
    expect(intentOf(press('3', { code: 'Digit3', alt: true }), true, true)).toEqual({ type: 'field', n: 3 })
    expect(intentOf(press('8', { code: 'Digit8', alt: true }), true, true)).toBeNull()
    expect(intentOf(press('r', { code: 'KeyR', alt: true }), true, true)).toEqual({ type: 'recommend' })
    expect(intentOf(press('F2'), true, true)).toEqual({ type: 'answer' })
    expect(intentOf(press('Enter', { ctrl: true }), true, true)).toEqual({ type: 'end' })
  })

  it('leave single letters to those who switched them off', () => {
    expect(intentOf(press('h'), false, true)).toEqual({ type: 'hold' })
    expect(intentOf(press('h'), false, false)).toBeNull()
    expect(intentOf(press('h'), true, true)).toBeNull()
  })
})

describe('sections', () => {
  it('are named by the hash; anything else is the map', () => {
    expect(routeOf('#/dispatch')).toBe('dispatch')
    expect(routeOf('')).toBe('map')
    expect(routeOf('#/nonsense')).toBe('map')
  })
})

function memory(): Keep & { map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (i) => [...map.keys()][i] ?? null,
    get length() {
      return map.size
    },
  }
}

describe('drafts', () => {
  const typed = change(emptyDraft(call('c1')), { description: 'half a sen' }, NOON)

  it('survive a crash of the page, each account and world for itself', () => {
    const keep = memory()
    new Drafts('live', 'zhang', keep, () => NOON).set('c1', typed)
    expect(new Drafts('live', 'zhang', keep, () => NOON).get('c1')?.description).toBe('half a sen')
    expect(new Drafts('live', 'li', keep, () => NOON).get('c1')).toBeUndefined()
    expect(new Drafts('drill-1', 'zhang', keep, () => NOON).get('c1')).toBeUndefined()
  })

  it('are not kept unless something was typed, nor for ever, nor after a log-out', () => {
    const keep = memory()
    new Drafts('live', 'zhang', keep, () => NOON).set('c1', emptyDraft(null))
    expect(keep.map.size).toBe(0)
    new Drafts('live', 'zhang', keep, () => NOON).set('c1', typed)
    expect(new Drafts('live', 'zhang', keep, () => NOON + 25 * 3_600_000).get('c1')).toBeUndefined()
    expect(keep.map.size).toBe(0)
    new Drafts('live', 'zhang', keep, () => NOON).set('c1', typed)
    keep.setItem('chiyuan.language', 'en')
    forgetDrafts(keep)
    expect([...keep.map.keys()]).toEqual(['chiyuan.language'])
  })

  it('are not broken by what somebody else wrote there', () => {
    const keep = memory()
    keep.setItem('chiyuan.draft.live.zhang.c1', '{')
    expect(new Drafts('live', 'zhang', keep, () => NOON).get('c1')).toBeUndefined()
  })
})

describe('progress', () => {
  const stamp = (stage: 'assigned' | 'acknowledged', seconds: number, by = 'user:zhang') => ({ stage, at: at(seconds), recorded_at: at(seconds), source: 'manual' as const, by, undone: null })

  it('shows what came, what was skipped and whether the turnout was met', () => {
    const marks = marksOf(assignment('a', { status: 'arrived', departed_at: at(200), arrived_at: at(500) }))
    expect(marks.slice(0, 5).map((m) => m.state)).toEqual(['done', 'skipped', 'done', 'now', 'ahead'])
    expect(marks[2]?.met).toBe(false)
    expect(marks[3]?.took).toBe(300_000)
  })

  it('lists the desk that attends, trouble first', () => {
    const picture = pictureOf(
      incident('0147'),
      incident('other', { attended_by: 'user:li' }),
      assignment('old', { assigned_at: at(-100), status: 'departed', departed_at: at(0) }),
      assignment('late', { assigned_at: at(-100) }),
      assignment('theirs', { incident_id: 'other' }),
    )
    expect(ofDesk(picture, 'user:zhang', NOON).map((a) => a.id)).toEqual(['late', 'old'])
  })

  it('undoes the latest own step of the last minute, an order by cancelling it', () => {
    const order = assignment('a', { stamps: [stamp('assigned', 0)] })
    const step = assignment('b', { status: 'acknowledged', stamps: [stamp('assigned', 0), stamp('acknowledged', 10)] })
    const theirs = assignment('c', { stamps: [stamp('assigned', 20, 'user:li')] })
    expect(undoable([order, step, theirs], null, 'user:zhang', NOON + 30_000)).toMatchObject({ type: 'stage', assignment: { id: 'b' } })
    expect(undoable([order], null, 'user:zhang', NOON + 30_000)).toMatchObject({ type: 'order' })
    expect(undoable([order, step], null, 'user:zhang', NOON + 80_000)).toBeNull()
  })

  it('undoes what another command takes back, if it came last', () => {
    const order = assignment('a', { stamps: [stamp('assigned', 20)] })
    const kept = (seconds: number) => ({ at: NOON + seconds * 1000, about: 'C03', inverse: [{ type: 'reserve_unit' as const, unit_id: 'u' }] })
    expect(undoable([order], kept(30), 'user:zhang', NOON + 40_000)).toMatchObject({ type: 'step' })
    expect(undoable([order], kept(10), 'user:zhang', NOON + 40_000)).toMatchObject({ type: 'order' })
    expect(undoable([], kept(0), 'user:zhang', NOON + 61_000)).toBeNull()
  })
})

describe('acceptance', () => {
  it('is what the case looks like', () => {
    expect(usualAcceptance(null, [], 0, false)).toBe('refused')
    expect(usualAcceptance(incident('i'), [assignment('a')], 0, false)).toBe('normal')
    expect(usualAcceptance(incident('i'), [assignment('a')], 1, false)).toBe('reinforcement')
    expect(usualAcceptance(incident('i'), [], 0, true)).toBe('no_vehicle')
    expect(usualAcceptance(incident('i', { status: 'held' }), [], 0, false)).toBe('held')
  })
})

describe('sounds', () => {
  it('begin at once, repeat by the table and stop after their most', () => {
    expect(due('ring', { sound: null, at: 0, times: 0 }, 1)).toBe(true)
    expect(due('ring', { sound: 'ring', at: 0, times: 5 }, 1_999)).toBe(false)
    expect(due('ring', { sound: 'ring', at: 0, times: 5 }, 2_000)).toBe(true)
    expect(due('low', { sound: 'low', at: 0, times: 3 }, 90_000)).toBe(false)
    expect(due(null, { sound: 'low', at: 0, times: 1 }, 90_000)).toBe(false)
  })
})

describe('periods', () => {
  it('are days of Shanghai, weeks from Monday', () => {
    const late = Date.parse('2026-11-21T17:00:00Z') // Sunday 22, one in the morning
    expect(daysOf('today', late)).toEqual({ from: '2026-11-22', to: '2026-11-23' })
    expect(daysOf('week', late).from).toBe('2026-11-16')
    expect(daysOf('month', late)).toEqual({ from: '2026-11-01', to: '2026-11-23' })
  })
})
