import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { routeOf } from '../src/crew/pwa/routes'
import { navigationLink, telephoneLink } from '../src/crew/screen/links'
import { itemState, patientsWord, refusalWord, whatWord } from '../src/crew/screen/words'
import { STAGES } from '../src/crew/types'
import { translator } from '../src/i18n/translate'
import { zh } from '../src/i18n/zh'

const ORIGIN = 'https://120.example'
const SHELL = new Set(['/', '/assets/a.js'])
const route = (path: string, mode = 'cors', method = 'GET') => routeOf({ method, mode, url: path.startsWith('http') ? path : ORIGIN + path }, ORIGIN, SHELL)

describe('service worker', () => {
  it('never touches the interface, writes or other hosts', () => {
    for (const path of ['/api/v1/session', '/api/v1/worlds/live/crew', '/health/ready', '/gateway/osmand', '/metrics']) {
      expect(route(path)).toBe('network')
      expect(route(path, 'navigate')).toBe('network')
    }
    expect(route('/assets/a.js', 'cors', 'POST')).toBe('network')
    expect(route('https://elsewhere.example/assets/a.js')).toBe('network')
  })

  it('keeps the shell, and gives the kept page first to the installed app only', () => {
    expect(route('/assets/a.js')).toBe('shell')
    expect(route('/assets/b.js')).toBe('network')
    expect(route('/?app=crew', 'navigate')).toBe('page_kept')
    expect(route('/dispatch', 'navigate')).toBe('page')
  })
})

describe('manifest', () => {
  it('starts the crew where the service worker answers without signal', () => {
    const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as { start_url: string; icons: { src: string }[] }
    expect(route(manifest.start_url, 'navigate')).toBe('page_kept')
    for (const icon of manifest.icons) expect(readFileSync(`public${icon.src}`).length).toBeGreaterThan(500)
  })
})

describe('links', () => {
  it('hand over to the map of the phone', () => {
    expect(navigationLink(112.4512, 39.3411, 'A B', 'Android')).toBe('geo:39.341100,112.451200?q=39.341100,112.451200(A%20B)')
    expect(navigationLink(112.4512, 39.3411, 'A', 'iPhone')).toBe('maps://?daddr=39.341100,112.451200&dirflg=d')
  })

  it('dial numbers and nothing else', () => {
    expect(telephoneLink('135 1234-0926')).toBe('tel:13512340926')
    expect(telephoneLink('javascript:alert(1)')).toBeNull()
    expect(telephoneLink(undefined)).toBeNull()
  })
})

describe('words', () => {
  const t = translator('zh')
  it('know every stage', () => {
    for (const stage of STAGES.slice(1, 9)) expect(`crew.stage.${stage}` in zh, stage).toBe(true)
    expect(whatWord(t, { kind: 'stage', stage: 'closed', result: 'empty_run' })).toBe(zh['crew.end.empty_run'])
  })

  it('say why, by code, else by status', () => {
    expect(refusalWord(t, { status: 409, code: 'too_late_to_undo' })).toBe(zh['crew.code.too_late_to_undo'])
    expect(refusalWord(t, { status: 409, code: 'something_new' })).toBe(zh['error.conflict'])
  })

  it('count patients', () => {
    expect(patientsWord(t, { red: 1, yellow: 2, untriaged: 3 })).toBe('红 1　黄 2　未检伤 3')
    expect(patientsWord(t, { untriaged: 1 })).toBe('1 人')
    expect(patientsWord(t, undefined)).toBe('')
  })

  it('name the state of an item', () => {
    const item = { id: 'a', n: 1, at: 0, world: 'live', lane: 'x', soft: false, what: { kind: 'care' }, command: { type: 'x' }, state: 'waiting', tries: 0 } as const
    expect(itemState(t, item, false)).toBe(zh['crew.state_waiting'])
    expect(itemState(t, item, true)).toBe(zh['crew.state_blocked'])
  })
})
