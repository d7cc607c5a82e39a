import { describe, expect, it } from 'vitest'
import { change, draftOf, emptyDraft, follow, lacking, openCommand, personalClash, saved, updateCommand, withPersonal } from '../src/domain/draft'
import { bdToGcj, gcjToBd, gcjToWgs, toWgs, wgsToGcj } from '../src/domain/datum'
import { call, incident } from './cases'

const PLACE = { lon: 113.5, lat: 37.9, source: 'map' as const }

describe('draft', () => {
  it('opens an incident once place and priority are known', () => {
    let draft = emptyDraft(call('c1'))
    expect(lacking(draft)).toEqual(['place', 'priority'])
    draft = change(draft, { place: PLACE, description: 'line one\nline two' }, 1)
    expect(openCommand(draft, 'c1')).toBeNull()
    draft = change(draft, { priority: 'P1' }, 2)
    expect(openCommand(draft, 'c1')).toMatchObject({ type: 'open_incident', call_id: 'c1', priority: 'P1', lon: 113.5, description: 'line one line two' })
    expect(openCommand(draft, 'c1')).not.toHaveProperty('patients')
  })

  it('takes the place of the caller', () => {
    expect(emptyDraft(call('c', { lon: 113, lat: 37 })).place).toEqual({ lon: 113, lat: 37, source: 'caller' })
  })

  it('asks for class C with the suspicion, unless needs were chosen', () => {
    const usual = change(emptyDraft(null), { infectious: true }, 1)
    expect(usual.needs[0]?.class).toBe('C')
    const chosen = change(emptyDraft(null), { needs: [{ kind: 'team', class: null, capability: null, count: 1 }] }, 1)
    expect(change(chosen, { infectious: true }, 2).needs[0]?.kind).toBe('team')
  })

  it('follows the record except for what is typed', () => {
    const draft = change(draftOf(incident('i')), { priority: 'P1' }, 1)
    const next = follow(draft, incident('i', { priority: 'P3', infectious: true }))
    expect(next.priority).toBe('P1')
    expect(next.infectious).toBe(true)
  })

  it('saves what was typed and nothing else; personal text goes as a whole', () => {
    const known = withPersonal(draftOf(incident('i', { private: { id: 'p1', commitment: '' } })), 'p1', { description: 'old', address: 'here' })
    expect(updateCommand(known, incident('i'))).toBeNull()
    expect(updateCommand(change(known, { priority: 'P1' }, 1), incident('i'))).toEqual({ type: 'update_incident', incident_id: 'i', priority: 'P1' })
    expect(updateCommand(change(known, { description: 'new' }, 1), incident('i'))).toEqual({
      type: 'update_incident',
      incident_id: 'i',
      description: 'new',
      address: 'here',
    })
  })

  it('knows when somebody else wrote the personal part', () => {
    const draft = change(draftOf(incident('i', { private: { id: 'p1', commitment: '' } })), { description: 'x' }, 1)
    expect(personalClash(draft, incident('i', { private: { id: 'p1', commitment: '' } }))).toBe(false)
    expect(personalClash(draft, incident('i', { private: { id: 'p2', commitment: '' } }))).toBe(true)
  })

  it('keeps dirty what was typed on while saving', () => {
    const sent = change(draftOf(incident('i')), { description: 'a', priority: 'P1' }, 1)
    const typed = change(sent, { description: 'ab' }, 2)
    expect(saved(typed, sent, 'p2').dirty).toEqual(['description'])
  })
})

describe('datums', () => {
  it('agree with the published check values', () => {
    const gcj = wgsToGcj({ lon: 116.404, lat: 39.915 })
    expect(gcj.lon).toBeCloseTo(116.41024449916938, 10)
    expect(gcj.lat).toBeCloseTo(39.91640428150164, 10)
    const bd = gcjToBd({ lon: 116.404, lat: 39.915 })
    expect(bd.lon).toBeCloseTo(116.41036949371029, 10)
    expect(bd.lat).toBeCloseTo(39.92133699351021, 10)
  })

  it('come back to where they were', () => {
    const home = { lon: 112.44, lat: 39.33 }
    const back = toWgs(gcjToBd(wgsToGcj(home)), 'bd09')
    expect(back.lon).toBeCloseTo(home.lon, 8)
    expect(back.lat).toBeCloseTo(home.lat, 8)
    expect(gcjToWgs({ lon: 2.35, lat: 48.85 })).toEqual({ lon: 2.35, lat: 48.85 })
    expect(bdToGcj(gcjToBd(home)).lon).toBeCloseTo(home.lon, 9)
    expect(toWgs(home, 'wgs84')).toBe(home)
  })
})
