// What a running case may still need: reserve, stand down, break down, merge, unlink, beds; and the desk on a narrow screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { steadily, until } from '../harness/until.mjs'

const PLACE = { lon: 112.4245, lat: 39.3295 }
/** Far enough to be another event, near enough to be the first to merge into. */
const BESIDE = { lon: 112.47, lat: 39.35 }

async function deskOf(t, program, options) {
  const desk = await (await openDesk(t, program, options)).logIn('dispatcher-140600')
  await desk.page.keyboard.press('g')
  await desk.page.keyboard.press('d')
  await desk.page.locator('.queue').waitFor()
  return desk
}

async function openCase(api, over = {}) {
  const { changes } = await api.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P2', ...PLACE, ...over })
  return changes.find((change) => change.kind === 'incident').id
}

/** The case comes to the front by a click on its row. */
async function take(desk, incident) {
  await desk.page.locator(`.queue-row[data-id="${incident}"] .queue-main`).click()
  await desk.until((id) => window.chiyuan.desk.get().focus?.id === id, 'the case is in hand', { argument: incident })
}

/** Single keys count outside of text fields only. */
async function press(desk, ...keys) {
  await desk.ask(() => document.activeElement?.blur())
  for (const key of keys) await desk.page.keyboard.press(key)
}

/** Arms the first candidate; returns its id. */
async function armFirst(desk) {
  await desk.page.locator('.cand').first().waitFor({ timeout: 20_000 })
  return until(async () => {
    await press(desk, '1')
    await desk.page.locator('.armed-bar').waitFor({ timeout: 1_000 })
    return desk.ask(() => window.chiyuan.desk.get().armed?.units[0]?.id)
  }, 'the first candidate is armed', { timeout: 20_000 })
}

async function sendFirst(desk, api, incident) {
  const unit = await armFirst(desk)
  await desk.page.keyboard.press('Enter')
  const assignment = await until(async () => (await api.get(`/worlds/live/incidents/${incident}`)).assignments.find((a) => a.unit_id === unit && a.status === 'assigned')?.id, 'the unit is sent')
  await desk.page.locator(`.progress-row[data-id="${assignment}"]`).waitFor({ state: 'attached' })
  return { unit, assignment }
}

const unitOf = async (api, unit) => (await api.get(`/worlds/live/resources/${unit}`)).properties
const kept = (desk, unit) => desk.ask((id) => window.chiyuan.feed.picture.get(id).reserved_for, unit)

test('a unit is reserved, released and reserved again by the keyboard', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  const desk = await deskOf(t, program)
  const incident = await openCase(api)
  await take(desk, incident)
  const unit = await armFirst(desk)
  await desk.page.keyboard.press('r')
  await until(async () => (await kept(desk, unit)) === incident, 'the unit is reserved')
  await desk.page.locator(`.cand[data-unit="${unit}"] .flag`, { hasText: '预留至' }).waitFor()

  // u takes it back, and so does r on what is reserved.
  await press(desk, 'u')
  await until(async () => (await kept(desk, unit)) === null, 'the reservation is undone')
  await armFirst(desk)
  await desk.page.keyboard.press('r')
  await until(async () => (await kept(desk, unit)) === incident, 'reserved again')
  await until(async () => {
    await press(desk, '1')
    return desk.page.locator('.armed-bar', { hasText: '释放' }).isVisible()
  }, 'what is reserved can be let go')
  await desk.page.keyboard.press('r')
  await until(async () => (await kept(desk, unit)) === null, 'released')
  desk.clean()
})

test('a breakdown opens the need again, a stand-down calls back who has not arrived', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  const desk = await deskOf(t, program)
  const incident = await openCase(api)
  await take(desk, incident)
  const first = await sendFirst(desk, api, incident)

  // t opens the row, f asks why, 1 is the first reason.
  await press(desk, 't')
  await desk.page.locator('.progress-row.open').waitFor()
  await desk.page.keyboard.press('f')
  await desk.page.locator('.reason-line').waitFor()
  await desk.page.keyboard.press('1')
  await until(async () => (await unitOf(api, first.unit)).status === 'out_of_service', 'the vehicle is out of service')
  const file = await api.get(`/worlds/live/incidents/${incident}`)
  assert.equal(file.needs[0].filled, 0, 'its need is open again')
  assert.equal(file.assignments[0].reason, '抛锚')
  await desk.page.locator('.notice.bad', { hasText: '重新待派' }).waitFor()

  const second = await sendFirst(desk, api, incident)
  assert.notEqual(second.unit, first.unit)
  await press(desk, 'e')
  await desk.page.locator('.row-menu').waitFor()
  await desk.page.keyboard.press('s')
  const reason = desk.page.locator('.reason-line input')
  await reason.fill('家属已自行送医')
  await reason.press('Enter')
  const recalled = await until(async () => (await api.get(`/worlds/live/incidents/${incident}`)).assignments.find((a) => a.id === second.assignment && a.status === 'cancelled'), 'called back')
  assert.equal(recalled.reason, '家属已自行送医')

  // A refusal stands beside the row on which it was tried.
  const third = await sendFirst(desk, api, incident)
  desk.faults.list.length = 0
  await press(desk, 't')
  await desk.page.locator('.progress-row.open').waitFor()
  await desk.page.route('**/commands', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, code: 'patient_aboard' }) }))
  await desk.page.keyboard.press('c')
  await desk.page.locator('.reason-line').waitFor()
  await desk.page.keyboard.press('1')
  await desk.page.locator(`.progress-row[data-id="${third.assignment}"] [role=alert]`, { hasText: '病人已上车' }).waitFor()
  await desk.page.unroute('**/commands')
  assert.deepEqual(desk.faults.list, ['409 /api/v1/worlds/live/commands'])
})

test('two incidents become one, and a call is taken off again', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  const desk = await deskOf(t, program)
  await program.device.send('POST', '/worlds/live/calls/events', { event: 'ring', reference: 'test-1', number: '13512340926', jurisdiction: '140600', ...PLACE })

  // The number is masked in the queue; nobody has looked at it.
  const ring = desk.page.locator('.queue-row', { hasText: '135••••0926' })
  await ring.waitFor()
  assert.ok(!(await desk.page.locator('body').innerText()).includes('13512340926'))

  await press(desk, 'F2')
  await ring.locator('.mine, .line3', { hasText: '本席' }).waitFor()
  const call = await desk.ask(() => window.chiyuan.desk.get().focus.id)
  const [from, into] = [await openCase(api, { call_id: call }), await openCase(api, BESIDE)]
  await api.command('live', { type: 'end_call_taking', call_id: call, acceptance: 'normal' })
  await take(desk, from)
  await press(desk, 'e')
  await desk.page.locator('.row-menu').waitFor()
  await desk.page.keyboard.press('m')
  await desk.page.locator('.reason-line.targets').waitFor()
  await desk.page.keyboard.press('1')
  await desk.until(([gone, standing]) => {
    const { picture } = window.chiyuan.feed
    return picture.get(gone)?.merged_into === standing && window.chiyuan.desk.get().focus.id === standing
  }, 'merged, and the other one is in hand', { argument: [from, into] })
  assert.deepEqual(await desk.ask((id) => window.chiyuan.feed.picture.get(id).call_ids, into), [call])

  await press(desk, 'e')
  await desk.page.locator('.row-menu').waitFor()
  await desk.page.keyboard.press('l')
  await desk.until((id) => window.chiyuan.feed.picture.get(id).incident_id === null, 'the call is free', { argument: call })
  await desk.page.locator('.queue-row', { hasText: '已解除关联' }).waitFor()
  await press(desk, 'u')
  await desk.until(([id, standing]) => window.chiyuan.feed.picture.get(id).incident_id === standing, 'and linked again', { argument: [call, into] })
  desk.clean()
})

test('b leads to a hospital with a free bed, and the patient goes there', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  const desk = await deskOf(t, program)
  const incident = await openCase(api, { infectious: true })
  await take(desk, incident)
  await press(desk, 'b')
  await desk.page.locator('.beds .ask').waitFor()
  assert.equal(await desk.page.locator('.bed-rows button:enabled').count(), 0, 'without a vehicle there is nobody to send')
  await press(desk, 'b')
  const { assignment } = await sendFirst(desk, api, incident)
  await press(desk, 'b')
  const rows = desk.page.locator('.bed-rows li')
  await rows.first().waitFor()
  assert.match(await rows.first().innerText(), /空 \d+/)
  assert.match(await rows.first().innerText(), /上报|未报/)
  await desk.until(() => document.activeElement?.closest('.bed-rows') !== null, 'the list has the keys')
  await desk.page.keyboard.press('1')
  const chosen = await until(async () => (await api.get(`/worlds/live/incidents/${incident}`)).assignments.find((a) => a.id === assignment)?.destination_id, 'the destination is set')
  const { free } = await desk.ask(([id]) => {
    const { picture } = window.chiyuan.feed
    const pools = [...picture.all('bed_pool')].filter((pool) => pool.facility_id === id && pool.properties.includes('negative_pressure'))
    return { free: pools.reduce((sum, pool) => sum + pool.staffed - pool.occupied - pool.held, 0) }
  }, [chosen])
  assert.ok(free > 0, 'a free bed of negative pressure')
  await desk.page.locator('.desk-panel').waitFor({ state: 'detached' })
  desk.clean()
})

test('on a narrow screen the recommendation is a drawer and nothing is out of reach', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  for (const viewport of [{ width: 1280, height: 720 }, { width: 960, height: 540 }]) {
    const desk = await deskOf(t, program, { viewport })
    const incident = await openCase(api)
    await take(desk, incident)
    const drawer = desk.page.locator('.recommend')
    const handle = desk.page.locator('.drawer-handle')
    await drawer.waitFor()
    await handle.click()
    await drawer.waitFor({ state: 'hidden' })
    await press(desk, 'F4')
    await drawer.waitFor()
    const { assignment } = await sendFirst(desk, api, incident)
    assert.ok(await desk.page.locator('.intake').isVisible(), 'the form is never covered by it')
    await press(desk, 't')
    const next = desk.page.locator(`.progress-row[data-id="${assignment}"] .row-buttons .action`).first()
    await next.waitFor()
    const box = await next.boundingBox()
    assert.ok(box.y + box.height <= viewport.height && box.x + box.width <= viewport.width, 'the next step lies on the screen')
    const over = await desk.ask(() => ({ wide: document.documentElement.scrollWidth > innerWidth, high: document.documentElement.scrollHeight > innerHeight }))
    assert.deepEqual(over, { wide: false, high: false })
    const lost = await desk.ask(() => [...document.querySelectorAll('.topbar button, .topbar input, .desk button')].filter((element) => element.checkVisibility() && !element.closest('.queue-scroll, .intake-scroll, .recommend-scroll, .progress-rows, .panel-foot')).filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1
    }).map((element) => element.textContent || element.className))
    assert.deepEqual(lost, [], `out of reach at ${viewport.width} x ${viewport.height}`)
    desk.clean()
  }
})

test('another section hides the map and draws nothing; coming back it is the same one', async (t) => {
  const program = await Program.start(t)
  const desk = await deskOf(t, program)
  await desk.live()
  const go = async (letter) => {
    await press(desk, 'g', letter)
    await desk.page.waitForFunction((hash) => location.hash === hash, { d: '#/dispatch', m: '#/map', e: '#/kpi' }[letter])
  }
  await desk.ask(() => {
    const map = window.chiyuan.map.current
    map.map.jumpTo({ center: [112.9, 39.5], zoom: 9.25 })
    window.probe = { map, draws: 0 }
    const { overlay } = map
    const draw = overlay.draw.bind(overlay)
    overlay.draw = (...rest) => {
      window.probe.draws += 1
      draw(...rest)
    }
  })
  await desk.until(() => window.probe.draws > 0, 'a map in sight is drawn')
  await go('m')
  await desk.until(() => ![undefined, null, window.probe.map].includes(window.chiyuan.map.current), 'each section has its own map')
  await desk.live()
  const before = await desk.ask(() => window.probe.draws)
  await program.fix('amb-140602-001', PLACE.lon, PLACE.lat)
  await steadily(async () => (await desk.ask(() => window.probe.draws)) === before, 'nothing is drawn out of sight', 2_500)
  assert.equal(await desk.ask(() => window.probe.map.container.checkVisibility()), false)
  await go('e')
  await desk.page.locator('.kpi').waitFor()
  await go('d')
  await desk.until(() => window.chiyuan.map.current === window.probe.map, 'the same map again')
  await desk.until(() => window.probe.draws > 0 && window.probe.map.centre().zoom === 9.25, 'with its camera')
  const { lon, lat } = await desk.ask(() => window.probe.map.centre())
  assert.ok(Math.abs(lon - 112.9) < 1e-6 && Math.abs(lat - 39.5) < 1e-6)
  await desk.until((draws) => window.probe.draws > draws, 'and it is drawn again', { argument: before })
  desk.clean()
})
