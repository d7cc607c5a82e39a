// 大屏: every panel says what the API says, at both sizes, without a scroll bar and without a person's name.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { audit } from '../harness/axe.mjs'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const UNIT = 'amb-140602-001'
const STORE = 'stk-140300-01'
const SEED = join(import.meta.dirname, '../../../seed')
const DAY_MS = 86_400_000

const dateOf = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
const lotOf = (id, item, quantity, unit, days) => ({ id, item_id: item, quantity, unit, expiry: dateOf(Date.now() + days * DAY_MS), per_day: false })
const COUNTED = () => [lotOf('lot-w1', 'item-n95', 40, '只', -2), lotOf('lot-w2', 'item-surgical-mask', 25, '只', 12)]

/** Items of a store that are gone or of which a lot ends within 60 days, worked out from the seed files and our own count. */
function expectedAlerts() {
  const lots = readdirSync(SEED, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readFileSync(join(SEED, name, 'lots.csv'), 'utf8').trim().split('\n').slice(1))
    .map((line) => line.split(','))
    .filter(([, store, , , , , perDay]) => store !== STORE && perDay !== 'true')
    .map(([, store, item, quantity, , expiry]) => ({ key: `${store}/${item}`, quantity: Number(quantity), expiry }))
  lots.push(...COUNTED().map(({ item_id: item, quantity, expiry }) => ({ key: `${STORE}/${item}`, quantity, expiry })))
  const today = dateOf(Date.now())
  const limit = dateOf(Date.now() + 60 * DAY_MS)
  const usable = ({ quantity, expiry }) => quantity > 0 && (!expiry || expiry >= today)
  const keys = [...new Set(lots.map(({ key }) => key))]
  return keys.filter((key) => {
    const own = lots.filter((lot) => lot.key === key).filter(usable)
    return own.length === 0 || own.some(({ expiry }) => expiry && expiry <= limit)
  }).length
}

async function story(program) {
  const dispatcher = await program.as('dispatcher')
  const opened = await dispatcher.command('live', { type: 'open_incident', incident_type: 'trauma', priority: 'P2', lon: 112.4245, lat: 39.3295, patients: 3 })
  const incident = opened.changes.find(({ kind }) => kind === 'incident').entity
  const sent = await dispatcher.command('live', { type: 'assign_units', incident_id: incident.id, unit_ids: [UNIT] })
  const { id } = sent.changes.find(({ kind }) => kind === 'assignment')
  await dispatcher.command('live', { type: 'report_stage', assignment_id: id, stage: 'departed' })
  await dispatcher.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P1', lon: 113.58, lat: 37.86, patients: 1 })
  const beds = await program.as('bed_desk')
  await beds.command('live', { type: 'report_beds', bed_pool_id: 'bed-140300-04', staffed: 10, occupied: 10 })
  const keeper = await program.as('store_keeper')
  await keeper.command('live', { type: 'count_stock', stockpile_id: STORE, lots: COUNTED() })
  await program.fix(UNIT, 112.45, 39.34, { speed_mps: 12 })
  return incident
}

const numberIn = (text) => Number(text.replaceAll(',', ''))

/** All figures of the wall, as they stand there. */
function readWall() {
  const text = (selector, root = document) => [...root.querySelectorAll(selector)].map((element) => element.innerText.trim())
  const panel = (name) => document.querySelector(`[data-panel=${name}]`)
  return {
    total: text('header .figure', panel('ambulances'))[0],
    groups: text('.big-figures .figure', panel('ambulances')),
    statuses: Object.fromEntries([...panel('ambulances').querySelectorAll('[data-status]')].map((cell) => [cell.dataset.status, cell.querySelector('dd').innerText])),
    areas: [...panel('ambulances').querySelectorAll('li[data-id]')].map((row) => [row.dataset.id, text('.figure', row)[0], text('small', row)[0]]),
    beds: text('.bed-head .figure', panel('beds')),
    hospitals: [...panel('beds').querySelectorAll('li[data-id]')].map((row) => [row.dataset.id, ...text('.cell', row)]),
    bedsRest: text('.fit-rest', panel('beds'))[0],
    alerts: text('header .figure', panel('stock'))[0],
    cases: [...panel('cases').querySelectorAll('li[data-id]')].map((row) => text('.name', row)[0]),
    openCases: text('header .figure', panel('cases'))[0],
    teams: text('.big-figures .figure', panel('readiness')),
    kpis: Object.fromEntries([...panel('kpis').querySelectorAll('li[data-id]')].map((row) => [row.dataset.id, text('.figure', row)[0]])),
    events: text('[data-panel=events] li'),
    ages: text('.wall-panel > header .as-of'),
  }
}

async function expected(api) {
  const ambulances = await api.resources('live', { kind: 'ambulance' })
  const teams = await api.resources('live', { kind: 'team' })
  const pools = await api.resources('live', { kind: 'bed_pool' })
  const BUSY = ['assigned', 'en_route', 'on_scene', 'transporting', 'at_hospital', 'returning', 'decontaminating']
  const statuses = (features) => features.map(({ properties }) => properties.status)
  const groups = (features) => {
    const all = statuses(features)
    const free = all.filter((status) => status === 'available').length
    const busy = all.filter((status) => BUSY.includes(status)).length
    return [free, busy, all.length - free - busy]
  }
  const free = (property) => pools.filter(({ properties }) => properties.properties.includes(property)).reduce((sum, { properties }) => sum + properties.free, 0)
  const byHospital = (id, property) => {
    const own = pools.filter(({ properties }) => properties.facility_id === id && properties.properties.includes(property))
    return own.length === 0 ? null : own.reduce((sum, { properties }) => sum + properties.free, 0)
  }
  return {
    total: ambulances.length,
    groups: groups(ambulances),
    statuses: Object.fromEntries(BUSY.map((status) => [status, statuses(ambulances).filter((s) => s === status).length])),
    area: (code) => groups(ambulances.filter(({ properties }) => properties.centre === code)),
    areas: (code) => ambulances.filter(({ properties }) => properties.centre === code).length,
    beds: [free('negative_pressure'), free('icu')],
    byHospital,
    hospitals: new Set(pools.filter(({ properties: p }) => p.properties.includes('negative_pressure') || p.properties.includes('icu')).map(({ properties }) => properties.facility_id)).size,
    teamsFree: groups(teams)[0],
  }
}

for (const [width, height] of [[1920, 1080], [3840, 2160]]) {
  test(`the wall tells the truth at ${width}x${height}`, async (t) => {
    const program = await Program.start(t)
    const incident = await story(program)
    const desk = await openDesk(t, program, { viewport: { width, height } })
    const { page } = desk
    await page.goto(`${program.base}/#/wall`)
    await desk.logIn('observer')
    await desk.inStep()
    await page.locator('[data-panel=kpis] li[data-id]').first().waitFor()
    const seen = await desk.ask(readWall)
    const truth = await expected(await program.as('observer'))

    assert.equal(numberIn(seen.total), truth.total)
    assert.deepEqual(seen.groups.map(numberIn), truth.groups)
    assert.deepEqual(Object.fromEntries(Object.entries(seen.statuses).map(([status, n]) => [status, Number(n)])), truth.statuses)
    assert.equal(seen.statuses.en_route, '1')
    assert.equal(seen.areas.length, 5)
    for (const [code, free, all] of seen.areas) assert.deepEqual([numberIn(free), numberIn(all.replace('/ ', ''))], [truth.area(code)[0], truth.areas(code)], code)
    assert.deepEqual(seen.beds.map(numberIn), truth.beds)
    assert.ok(seen.hospitals.length >= 5)
    for (const [id, negative, icu] of seen.hospitals)
      for (const [cell, property] of [[negative, 'negative_pressure'], [icu, 'icu']]) {
        const free = truth.byHospital(id, property)
        assert.equal(free === null ? cell.startsWith('–') : numberIn(cell) === free, true, `${id} ${property}: ${cell}, ${free}`)
      }
    assert.equal(numberIn(seen.bedsRest.replace(/\D/g, '')), truth.hospitals - seen.hospitals.length, 'what does not fit is counted')
    assert.equal(numberIn(seen.alerts), expectedAlerts())
    assert.equal(seen.openCases, '2')
    assert.match(seen.cases[0], /^城区 急症|^\S+ 急症/)
    assert.match(seen.cases[1], /外伤 3 人\s+\S+ 驶向现场/)
    assert.equal(numberIn(seen.teams[0]), truth.teamsFree)
    const { kpis } = await (await program.as('observer')).get('/worlds/live/kpis', { from: dateOf(Date.now()), to: dateOf(Date.now() + DAY_MS) })
    assert.equal(numberIn(seen.kpis['service.emergency']), kpis.find(({ key }) => key === 'service.emergency').value)
    assert.equal(seen.ages.length, 6)
    for (const age of seen.ages) assert.match(age, /\d|刚刚|未盘点/, 'each panel knows its age')

    // Nothing scrolls, nothing sticks out, nobody is named.
    const room = await desk.ask(() => {
      const scrolls = [...document.querySelectorAll('*')].filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element)
        const bars = [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll')
        return bars && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
      })
      const cut = [...document.querySelectorAll('.wall .figure, .wall h1, .wall h2, .wall .as-of')].filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
      const { scrollWidth, scrollHeight } = document.documentElement
      return { scrolls: scrolls.map((e) => e.className), cut: cut.map((e) => `${e.className} ${e.innerText}`), page: [scrollWidth, scrollHeight], zoom: getComputedStyle(document.querySelector('.shell')).zoom, words: document.body.innerText }
    })
    assert.deepEqual([room.scrolls, room.cut, room.page, Number(room.zoom)], [[], [], [width, height], width / 1920])
    for (const { username } of program.accounts.filter((account) => account.username)) assert.equal(room.words.includes(username), false, `${username} is on the wall`)
    await audit(desk, 'the wall')

    // What happens next is there at once, and the camera has not moved.
    const camera = () => desk.ask(() => window.chiyuan.map.current.centre())
    const before = await camera()
    const dispatcher = await program.as('dispatcher')
    await dispatcher.command('live', { type: 'set_unit_status', unit_id: 'amb-140302-001', status: 'suspended', reason: '王医生请假' })
    await page.locator('[data-panel=events] li', { hasText: '暂停调用' }).waitFor()
    await desk.until((n) => document.querySelector('[data-panel=ambulances] .big-figures .figure').innerText === n, 'one fewer can go', { argument: String(truth.groups[0] - 1) })
    assert.equal((await page.locator('body').innerText()).includes('王医生'), false, 'reasons are free text and stay off the wall')
    assert.deepEqual(await camera(), before)
    assert.ok(await desk.ask((id) => window.chiyuan.map.current.nodes.some((node) => node.id === id), incident.id), 'the incident stands on the map')

    if (width === 1920) await outage(desk, program)
    desk.clean()
  })
}

/** The server goes and comes back: the wall says so, its figures stay with their age, and it proves itself again. */
async function outage(desk, program) {
  const { page, faults } = desk
  faults.outage = true
  await program.kill()
  await page.locator('.offline-strip', { hasText: '离线，自' }).waitFor({ timeout: 8_000 })
  assert.equal(await page.locator('.shell').getAttribute('data-fresh'), 'offline')
  await page.locator('[data-panel=ambulances] .as-of', { hasText: /[5-9] 秒前|\d\d 秒前/ }).waitFor({ timeout: 15_000 })
  assert.equal(await desk.ask(() => getComputedStyle(document.querySelector('.big-figures .figure')).fontWeight), '400')
  await program.serve()
  await desk.inStep()
  assert.equal(await page.locator('.offline-strip').count(), 0)
  faults.outage = false
}

test('in a drill the wall carries band and watermark', async (t) => {
  const program = await Program.start(t)
  const director = await program.as('exercise_director')
  const { id } = await director.post('/drills', { name: '大屏演练', from: { world: 'live' }, clock: { start: '2026-11-22T06:00:00Z', speed: 1 } })
  const desk = await openDesk(t, program)
  await desk.page.goto(`${program.base}/?world=${id}#/wall`)
  await desk.page.waitForSelector('#username')
  await desk.tryLogIn('exercise_director', program.account('exercise_director').password)
  await desk.live()
  const { page } = desk
  assert.deepEqual(await page.locator('.drill-band').boundingBox(), { x: 0, y: 0, width: 1920, height: 40 })
  assert.equal(await page.locator('.wall .watermark').count(), 1)
  assert.match(await page.title(), /^演 · /)
  assert.deepEqual(await desk.ask(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]), [1920, 1080])
  assert.equal(await page.locator('[data-panel=ambulances] li[data-id]').count() > 0, true)
  desk.clean()
})
