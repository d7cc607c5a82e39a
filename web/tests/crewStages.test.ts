import { describe, expect, it } from 'vitest'
import { narrowed, phoneClock } from '../src/crew/desk/clock'
import { scene, undoable } from '../src/crew/derive'
import { EMPTY, type Item } from '../src/crew/outbox/model'
import { reduce } from '../src/crew/outbox/reducer'
import { isNews, kept, MAX_FIXES, sent, wire, type Fix } from '../src/crew/positions/buffer'
import { endsOf, lastAt, needsDestination, nextStage, projected, standingOf } from '../src/crew/stages'
import { careItem, destinationItem, plain, stageItem, undoItem } from '../src/crew/steps'
import type { Assignment, CrewView, Stage } from '../src/crew/types'

const T0 = Date.parse('2026-11-22T06:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

function assignment(patch: Partial<Assignment> = {}): Assignment {
  return { id: 'a1', version: 1, incident_id: 'i1', unit_id: 'u1', status: 'assigned', carries_patients: true, assigned_at: iso(T0), stamps: [], ...patch }
}

function view(patch: Partial<CrewView> = {}): CrewView {
  const unit = { kind: 'ambulance', id: 'u1', version: 1, centre: '140600', name: 'x', jurisdiction: '140602', lon: 0, lat: 0, status: 'available', class: 'C', shift_id: 's1' } as CrewView['unit']
  return { unit, shift: null, assignment: null, incident: null, destination: null, patient: null, hospitals: [], server_time: iso(T0), ...patch }
}

function items(...list: Parameters<typeof stageItem>[1][] | ReturnType<typeof stageItem>[]): readonly Item[] {
  return (list as ReturnType<typeof stageItem>[]).reduce((box, item) => reduce(box, { type: 'add', item }), EMPTY).items
}

const base = (at: number) => ({ world: 'live', at })

describe('ladder', () => {
  it('leads an ambulance through every stage to the end', () => {
    const walked: Stage[] = []
    const steps: ReturnType<typeof stageItem>[] = []
    for (let next = nextStage(standingOf(assignment())); next; next = nextStage(projected(assignment(), items(...steps)))) {
      walked.push(next)
      steps.push(stageItem(base(T0 + steps.length * 1000), 'a1', next))
    }
    expect(walked).toEqual(['acknowledged', 'departed', 'arrived', 'patient_aboard', 'left_scene', 'at_hospital', 'handed_over', 'closed'])
  })

  it('leads a team from the scene to the end', () => {
    const team = assignment({ carries_patients: false, status: 'arrived' })
    expect(nextStage(standingOf(team))).toBe('left_scene')
    expect(nextStage(standingOf({ ...team, status: 'left_scene' }))).toBe('closed')
  })

  it('asks for a destination before it leaves with a patient', () => {
    const aboard = assignment({ status: 'patient_aboard', patient_aboard_at: iso(T0) })
    expect(needsDestination(standingOf(aboard))).toBe(true)
    expect(needsDestination(projected(aboard, items(destinationItem(base(T0), 'a1', { id: 'f', name: 'F' }))))).toBe(false)
  })

  it('takes an undone step off, sent or not', () => {
    const arrived = assignment({ status: 'arrived', departed_at: iso(T0), arrived_at: iso(T0 + 1) })
    const undo = undoItem(base(T0 + 2), 'a1', 'arrived', 'r')
    expect(projected(arrived, items(undo)).status).toBe('departed')
    const departed = assignment({ status: 'departed', departed_at: iso(T0) })
    expect(projected(departed, items(stageItem(base(T0 + 1), 'a1', 'arrived'), undo)).status).toBe('departed')
    // The centre took it back, the item is not yet gone.
    expect(projected(departed, items(undo)).status).toBe('departed')
  })

  it('counts no step twice that the centre already has', () => {
    const later = assignment({ status: 'patient_aboard', arrived_at: iso(T0), patient_aboard_at: iso(T0 + 1) })
    expect(projected(later, items(stageItem(base(T0), 'a1', 'arrived'))).status).toBe('patient_aboard')
  })

  it('stops at a refused step', () => {
    const list = items(stageItem(base(T0), 'a1', 'acknowledged'), stageItem(base(T0), 'a1', 'departed')).map((item, i): Item => (i === 1 ? { ...item, state: 'refused' } : item))
    expect(projected(assignment(), list).status).toBe('acknowledged')
    expect(scene(view({ assignment: assignment() }), list).stuck?.what).toMatchObject({ stage: 'departed' })
  })

  it('offers only the ends that the rules allow', () => {
    expect(endsOf(standingOf(assignment()))).toEqual([])
    expect(endsOf(standingOf(assignment({ status: 'departed' })))).toEqual(['empty_run', 'aborted'])
    expect(endsOf(standingOf(assignment({ status: 'arrived' })))).toContain('refused')
  })

  it('knows the latest time', () => {
    expect(lastAt(standingOf(assignment({ departed_at: iso(T0 + 5) })))).toBe(T0 + 5)
  })
})

describe('undo', () => {
  it('lets an unsent step vanish, tells the centre of a sent one, and ends after a minute', () => {
    const list = items(stageItem(base(T0), 'a1', 'acknowledged'))
    expect(undoable(assignment(), list, T0 + 1000)).toEqual({ stage: 'acknowledged', itemId: list[0]!.id })
    expect(undoable(assignment(), [{ ...list[0]!, tries: 1 }], T0 + 1000)).toEqual({ stage: 'acknowledged', itemId: null })
    expect(undoable(assignment(), list, T0 + 61_000)).toBeNull()
    const stamped = assignment({ status: 'departed', stamps: [{ stage: 'departed', at: iso(T0), recorded_at: iso(T0) }] })
    expect(undoable(stamped, [], T0 + 59_000)?.stage).toBe('departed')
    expect(undoable(stamped, [], T0 + 61_000)).toBeNull()
  })
})

describe('unit after unsent steps', () => {
  it('is to be decontaminated after an infectious patient', () => {
    const handed = assignment({ status: 'handed_over', patient_aboard_at: iso(T0), infectious: true })
    const s = scene(view({ assignment: handed }), items(stageItem(base(T0), 'a1', 'closed')))
    expect(s).toMatchObject({ assignment: null, status: 'decontaminating' })
  })
})

describe('steps', () => {
  it('carry the time of the button and only known fields', () => {
    expect(stageItem(base(T0), 'a1', 'acknowledged').command).toEqual({ type: 'acknowledge_assignment', assignment_id: 'a1', at: iso(T0) })
    expect(stageItem(base(T0), 'a1', 'closed', 'refused').command).toEqual({ type: 'report_stage', assignment_id: 'a1', stage: 'closed', at: iso(T0), result: 'refused' })
    const care = careItem(base(T0), 'a1', { severity: 'mild', measures: ['oxygen'], outcome: null, name: '', age: '46', sex: '', findings: 'a\nb' })
    expect(care.command).toEqual({ type: 'write_care_record', assignment_id: 'a1', severity: 'mild', measures: ['oxygen'], at: iso(T0), age: '46', findings: 'a b' })
  })

  it('send text without what the rules refuse', () => {
    expect(plain(' a\tb\u200b\u202ec ', 80)).toBe('a bc')
    expect(plain('x'.repeat(99), 80)).toHaveLength(80)
  })
})

describe('phone clock', () => {
  it('never runs ahead of the server and follows the best answers', () => {
    let phone = 1_000_000
    const clock = phoneClock(() => phone)
    // The phone is 5 s ahead; the answer took 2 s.
    clock.sample(phone, phone + 2_000, phone + 1_000 - 5_000)
    phone += 2_000
    expect(clock.now()).toBe(phone - 6_000)
    clock.sample(phone, phone + 100, phone + 50 - 5_000)
    expect(clock.at(phone)).toBe(phone - 5_050)
    expect(narrowed({ least: 0, most: 10 }, { least: 3_600_000, most: 3_600_100 }).least).toBe(3_600_000)
  })

  it('runs at the rate of a drill', () => {
    let phone = 0
    const clock = phoneClock(() => phone)
    clock.sample(0, 0, 5_000, 10)
    phone = 100
    expect(clock.now()).toBe(6_000)
  })
})

describe('fixes', () => {
  const fix = (at: number, lon = 112): Fix => ({ at, lon, lat: 39 })
  it('are thinned: few of a standing unit, more of a moving one', () => {
    expect(isNews(fix(0), fix(5_000))).toBe(false)
    expect(isNews(fix(0), fix(31_000))).toBe(true)
    expect(isNews(fix(0), fix(5_000, 112.01))).toBe(true)
    expect(isNews(fix(0), fix(1_000, 112.01))).toBe(false)
  })

  it('are bounded and keep their shape', () => {
    let fixes: readonly Fix[] = []
    for (let i = 0; i < 5_000; i++) fixes = kept(fixes, fix(i))
    expect(fixes.length).toBeLessThanOrEqual(MAX_FIXES)
    expect(fixes.at(-1)?.at).toBe(4_999)
    expect(sent(fixes, fixes.slice(0, 100))).toHaveLength(fixes.length - 100)
  })

  it('leave out what was not measured', () => {
    expect(wire('u', { at: T0, lon: 1, lat: 2, speed: -1, heading: undefined, accuracy: 8 })).toMatchObject({ unit_id: 'u', at: iso(T0), speed_mps: undefined, accuracy_m: 8 })
  })
})
