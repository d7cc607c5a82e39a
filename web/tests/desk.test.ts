import { describe, expect, it } from 'vitest'
import { alarmsOf, soundOf } from '../src/domain/alarms'
import { arm, disarmed } from '../src/domain/arming'
import { nextSteps, needFill, shortNumber, stepsOf } from '../src/domain/cases'
import { similarTo } from '../src/domain/duplicates'
import { nextWaiting, queueOf } from '../src/domain/queue'
import { timerState } from '../src/domain/timers'
import { ambulance } from './build'
import { assignment, at, call, incident, NOON, pictureOf } from './cases'

const ids = (rows: { incident: { id: string } }[]) => rows.map((row) => row.incident.id)

describe('queue', () => {
  it('puts ringing calls first, oldest first, and answered ones without an incident after them', () => {
    const picture = pictureOf(
      call('c2', { received_at: at(5) }),
      call('c1', { received_at: at(1) }),
      call('c3', { status: 'call_taking' }),
      call('c4', { status: 'call_taking', incident_id: 'i1' }),
      call('c5', { status: 'abandoned' }),
    )
    const queue = queueOf(picture, NOON)
    expect(queue.ringing.map((c) => c.id)).toEqual(['c1', 'c2'])
    expect(queue.taking.map((c) => c.id)).toEqual(['c3'])
  })

  it('orders what waits by priority, then by how long it waits since the ring', () => {
    const picture = pictureOf(
      incident('a', { priority: 'P3', opened_at: at(0) }),
      incident('b', { priority: 'P1', opened_at: at(60) }),
      incident('c', { priority: 'P1', opened_at: at(70), call_ids: ['c1'] }),
      call('c1', { status: 'ended', incident_id: 'c', received_at: at(10) }),
      incident('d', { status: 'closed' }),
      incident('e', { status: 'held', held_at: at(0) }),
    )
    const queue = queueOf(picture, NOON)
    expect(ids(queue.waiting)).toEqual(['c', 'b', 'a'])
    expect(ids(queue.held)).toEqual(['e'])
  })

  it('moves an incident on when units work, and to the end when all are done', () => {
    const done = assignment('a2', { incident_id: 'y', status: 'closed', result: 'completed' })
    const aborted = assignment('a3', { incident_id: 'z', status: 'closed', result: 'aborted' })
    const picture = pictureOf(
      incident('x', { assignment_ids: ['a1'] }),
      assignment('a1', { incident_id: 'x' }),
      incident('y', { assignment_ids: ['a2'] }),
      done,
      incident('z', { assignment_ids: ['a3'] }),
      aborted,
    )
    const queue = queueOf(picture, NOON + 61_000)
    expect(ids(queue.running)).toEqual(['x'])
    expect(queue.running[0]?.unreceived.map((a) => a.id)).toEqual(['a1'])
    expect(ids(queue.done)).toEqual(['y'])
    expect(ids(queue.waiting)).toEqual(['z'])
  })

  it('gives the next waiting one that nobody else attends', () => {
    const picture = pictureOf(
      incident('a', { priority: 'P1', attended_by: 'user:li' }),
      incident('b', { attended_by: null }),
      incident('c', { priority: 'P3' }),
    )
    const queue = queueOf(picture, NOON)
    expect(nextWaiting(queue, 'user:zhang', null)?.incident.id).toBe('b')
    expect(nextWaiting(queue, 'user:zhang', 'b')?.incident.id).toBe('c')
    expect(nextWaiting(queue, 'user:zhang', 'c')?.incident.id).toBe('b')
  })
})

describe('needs and stages', () => {
  it('count open and completed assignments, not those that came to nothing', () => {
    const rows = [assignment('1'), assignment('2', { status: 'cancelled' }), assignment('3', { status: 'closed', result: 'empty_run' })]
    expect(needFill(incident('i'), rows)[0]?.filled).toBe(2)
  })

  it('follow the table of the server', () => {
    expect(nextSteps(assignment('1'))).toEqual(['acknowledged', 'departed'])
    expect(nextSteps(assignment('1', { status: 'arrived', carries_patients: false }))).toEqual(['left_scene'])
    expect(nextSteps(assignment('1', { status: 'left_scene' }))).toEqual(['closed'])
    expect(nextSteps(assignment('1', { status: 'left_scene', patient_aboard_at: at(9) }))).toEqual(['at_hospital'])
    expect(stepsOf(assignment('1', { carries_patients: false }))).not.toContain('patient_aboard')
    expect(shortNumber('1122-0149')).toBe('0149')
  })
})

describe('timers', () => {
  it('warn at 80 % and are over past the limit', () => {
    expect([7, 8, 10, 11].map((s) => timerState(s, 10))).toEqual(['ok', 'near', 'near', 'over'])
  })
})

describe('alarms', () => {
  const watcher = { me: 'user:zhang', commander: false }
  const picture = pictureOf(
    incident('0147', { assignment_ids: ['a1'] }),
    assignment('a1'),
    incident('h', { status: 'held', held_until: at(200), held_at: at(0) }),
  )

  it('tell of unreceived orders after a minute, of ending holds three minutes before', () => {
    expect(alarmsOf(picture, NOON + 10_000, watcher).map((a) => a.kind)).toEqual([])
    expect(alarmsOf(picture, NOON + 61_000, watcher).map((a) => a.kind)).toEqual(['unreceived', 'hold'])
  })

  it('reach the commander after two minutes only', () => {
    const commander = { me: 'user:boss', commander: true }
    expect(alarmsOf(picture, NOON + 100_000, commander)).toEqual([])
    expect(alarmsOf(picture, NOON + 121_000, commander).map((a) => a.kind)).toEqual(['unreceived'])
  })

  it('tell of a late departure and of a stage that lasts too long', () => {
    const late = pictureOf(incident('0147'), assignment('a', { status: 'acknowledged', acknowledged_at: at(0) }))
    expect(alarmsOf(late, NOON + 181_000, watcher).map((a) => a.kind)).toEqual(['turnout'])
    const long = pictureOf(incident('0147'), assignment('a', { status: 'departed', departed_at: at(0) }))
    expect(alarmsOf(long, NOON + 1_801_000, watcher).map((a) => a.kind)).toEqual(['overdue'])
  })

  it('sound one at a time: rings, then orders, then the rest, unless acknowledged', () => {
    const alarms = alarmsOf(picture, NOON + 61_000, watcher)
    const ring = [call('c', { received_at: at(55) })]
    expect(soundOf(ring, alarms, new Set(), NOON + 61_000)).toBe('ring')
    expect(soundOf(ring, alarms, new Set(), NOON + 64_000)).toBe('ring_loud')
    expect(soundOf([], alarms, new Set(), NOON + 61_000)).toBe('unreceived')
    expect(soundOf([], alarms, new Set([alarms[0]!.key]), NOON + 61_000)).toBe('low')
    expect(soundOf([], alarms, new Set(alarms.map((a) => a.key)), NOON + 61_000)).toBeNull()
  })
})

describe('similar incidents', () => {
  it('are near in place and in time and not closed', () => {
    const picture = pictureOf(
      incident('near', { lon: 113.59 }),
      incident('far', { lon: 113.7 }),
      incident('old', { opened_at: at(-3600) }),
      incident('closed', { status: 'closed' }),
      incident('self'),
    )
    expect(similarTo(picture, { lon: 113.58, lat: 37.86 }, NOON, 'self').map((s) => s.incident.id)).toEqual(['near'])
  })
})

describe('arming', () => {
  const unit = ambulance('amb-1', { version: 4 })
  const own = () => false
  const armed = arm(null, incident('i'), { id: 'amb-1', name: 'C03', version: 4 }, false)!

  it('adds and lets go', () => {
    const two = arm(armed, incident('i'), { id: 'amb-2', name: 'C01', version: 1 }, true)!
    expect(two.units.map((u) => u.id)).toEqual(['amb-1', 'amb-2'])
    expect(arm(two, incident('i'), two.units[0]!, true)?.units.map((u) => u.id)).toEqual(['amb-2'])
    expect(arm(armed, incident('i'), armed.units[0]!, true)).toBeNull()
  })

  it('stands while nothing changed', () => {
    expect(disarmed(armed, pictureOf(incident('i'), unit), NOON, own)).toBeNull()
  })

  it('falls when somebody took the unit, its state or its version changed, or its fix went stale', () => {
    const check = (over: object) => disarmed(armed, pictureOf(incident('i'), { ...unit, ...over }), NOON, own)?.reason
    expect(check({ assignment_id: 'a9', version: 5 })).toBe('taken')
    expect(check({ status: 'suspended', version: 5 })).toBe('status')
    expect(check({ version: 5 })).toBe('changed')
    const picture = pictureOf(incident('i'), unit)
    picture.fix(['amb-1', 113, 37, 0, 0, NOON - 3_600_000])
    expect(disarmed(armed, picture, NOON, own)?.reason).toBe('stale')
  })

  it('falls when somebody else changed the incident, not when this desk did', () => {
    const picture = pictureOf(incident('i', { version: 2 }), unit)
    expect(disarmed(armed, picture, NOON, own)?.reason).toBe('incident')
    expect(disarmed(armed, picture, NOON, () => true)).toBeNull()
  })
})
