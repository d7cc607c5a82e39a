// One case from ring to closed: two dispatchers at their desks, a crew with a phone that loses its signal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { Signal } from '../harness/signal.mjs'
import { until } from '../harness/until.mjs'

const UNIT = 'amb-140602-001'
/** Beside the station where that unit stands. */
const PLACE = { lon: 112.4245, lat: 39.3295 }

async function deskOf(t, program, username, options) {
  const desk = await (await openDesk(t, program, options)).logIn(username)
  await desk.page.keyboard.press('g')
  await desk.page.keyboard.press('d')
  await desk.page.locator('.queue').waitFor()
  return desk
}

async function phoneOf(t, program, base) {
  const context = await (await openBrowser()).newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    permissions: ['geolocation'],
    geolocation: { longitude: PLACE.lon, latitude: PLACE.lat, accuracy: 8 },
  })
  program.visits.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(base)
  await page.fill('#username', 'crew')
  await page.fill('#password', program.account('crew').password)
  await page.locator('button[type=submit]').click()
  await page.locator('.crew-header').waitFor()
  return { context, page, errors }
}

/** The big button records this step; after that it rests for two seconds. */
async function step(page, words) {
  await page.locator('.crew-big', { hasText: words }).click()
  await until(async () => !(await page.locator('.crew-big').allTextContents()).some((text) => text.includes(words)), `${words} is recorded`, { timeout: 15_000 })
}

/** Goes to a field of the form; it may still be opening. */
async function field(desk, keys) {
  await until(async () => {
    await desk.page.keyboard.press(keys)
    return desk.ask(() => document.activeElement?.closest('.intake') !== null)
  }, `${keys} leads into the form`)
}

/** Takes a choice of a row by the keyboard. */
async function choose(desk, keys, label) {
  await until(async () => {
    await field(desk, keys)
    const focused = desk.page.locator('.intake [role=radio]:focus')
    for (let step = 0; step < 4 && !label.test((await focused.innerText()).trim()); step += 1) await desk.page.keyboard.press('ArrowRight')
    await desk.page.keyboard.press('Space')
    return (await focused.getAttribute('aria-checked')) === 'true' && label.test((await focused.innerText()).trim())
  }, `${keys} takes ${label}`)
}

test('one case from ring to closed at two desks and on a phone without signal', async (t) => {
  let signal
  const program = await Program.start(t, async (port) => {
    signal = await Signal.start(t, port)
    return [signal.base]
  })
  const zhang = await deskOf(t, program, 'dispatcher-140600')
  const li = await deskOf(t, program, 'commander-140600')
  const phone = await phoneOf(t, program, signal.base)
  const api = await program.as('dispatcher-140600')

  // It rings at both desks; one answers, the other sees who.
  await program.device.send('POST', '/worlds/live/calls/events', { event: 'ring', reference: 'test-1', number: '13512340926', jurisdiction: '140600', ...PLACE })
  await zhang.page.locator('.queue', { hasText: '120' }).waitFor()
  await li.page.locator('.queue', { hasText: '120' }).waitFor()
  await zhang.page.keyboard.press('F2')
  await li.page.locator('.queue', { hasText: '调度员 正在接听' }).waitFor()

  // Intake without the mouse.
  await field(zhang, 'Alt+1')
  await zhang.page.keyboard.type('朔城区西沟村 3 巷 7 号')
  await field(zhang, 'Alt+2')
  await zhang.page.keyboard.type('发热三天，呼吸困难')
  await choose(zhang, 'Alt+4', /^是/)
  await choose(zhang, 'Alt+3', /^P1/)
  await until(async () => (await api.get('/worlds/live/incidents'))[0]?.infectious, 'what was typed has arrived', { timeout: 20_000 })
  const first = zhang.page.locator('.cand').first()
  await until(async () => (await first.getAttribute('data-unit')) === UNIT, 'the nearest class C comes first', { timeout: 20_000 })

  // Two keystrokes send it.
  await zhang.ask(() => document.activeElement?.blur())
  await zhang.page.keyboard.press('1')
  await zhang.page.locator('.armed-bar').waitFor()
  await zhang.page.keyboard.press('Enter')
  const incident = await until(async () => {
    const [open] = await api.get('/worlds/live/incidents')
    return open?.assignment_ids.length ? open : null
  }, 'the unit is sent')
  assert.equal(incident.infectious, true)
  await zhang.page.keyboard.press('Control+Enter')

  // The crew receives it, loses the signal, works on, and everything arrives once.
  await phone.page.locator('.crew-new').waitFor()
  assert.ok((await phone.page.locator('body').innerText()).includes('西沟村 3 巷 7 号'))
  await step(phone.page, '接收命令')
  await zhang.page.locator('.progress', { hasText: '朔城01号' }).waitFor()
  signal.lose()
  await step(phone.page, '出车')
  await step(phone.page, '到达现场')
  await step(phone.page, '病人上车')
  await phone.page.reload()
  await phone.page.locator('.crew-big').waitFor()
  const before = await api.get(`/worlds/live/incidents/${incident.id}`)
  assert.equal(before.assignments[0].status, 'acknowledged', 'nothing has arrived yet')
  signal.find()
  const there = await until(async () => {
    const file = await api.get(`/worlds/live/incidents/${incident.id}`)
    return file.assignments[0].status === 'patient_aboard' ? file : null
  }, 'what was recorded without signal has arrived', { timeout: 30_000 })
  const stages = there.assignments[0].stamps.map((stamp) => stamp.stage)
  assert.deepEqual(stages, ['assigned', 'acknowledged', 'departed', 'arrived', 'patient_aboard'])
  for (const stamp of there.assignments[0].stamps.slice(2)) assert.ok(stamp.at < stamp.recorded_at, 'the time is that of the phone')

  // Where to, then on to the end.
  const hospital = phone.page.locator('.crew-list button').first()
  await until(async () => {
    if (!(await hospital.isVisible())) await phone.page.locator('.crew-big', { hasText: '选择医院' }).click({ timeout: 2_000 })
    await hospital.click({ timeout: 2_000 })
    return true
  }, 'a hospital is chosen', { timeout: 30_000 })
  await until(async () => (await api.get(`/worlds/live/incidents/${incident.id}`)).assignments[0].destination_id, 'the destination is known', { timeout: 15_000 })
  for (const words of ['离开现场', '到达医院', '移交完成', '完成任务']) await step(phone.page, words)
  await until(async () => (await api.get(`/worlds/live/resources/${UNIT}`)).properties.status === 'decontaminating', 'the vehicle is cleaned')

  await api.command('live', { type: 'close_incident', incident_id: incident.id, outcome: 'completed' })
  await li.until((id) => window.chiyuan.feed.picture.get(id)?.status === 'closed', 'the other desk sees it closed', { argument: incident.id })
  zhang.clean()
  li.clean()
  assert.deepEqual(phone.errors, [])
})

test('of two dispatchers one gets the unit and the other is told who was faster', async (t) => {
  const program = await Program.start(t)
  const zhang = await deskOf(t, program, 'dispatcher-140600')
  const rival = await program.as('commander-140600')
  const mine = await program.as('dispatcher-140600')
  const open = async (api) => {
    const { changes } = await api.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P1', ...PLACE })
    return changes.find((change) => change.kind === 'incident').id
  }
  const [here, there] = [await open(mine), await open(rival)]
  await zhang.until((id) => window.chiyuan.feed.picture.get(id), 'the incident is there', { argument: here })
  await zhang.page.locator('.queue-row').nth(1).waitFor()
  await zhang.page.keyboard.press('F3')
  const first = zhang.page.locator('.cand').first()
  await first.waitFor({ timeout: 20_000 })
  await zhang.ask(() => document.activeElement?.blur())
  await zhang.page.keyboard.press('1')
  await zhang.page.locator('.armed-bar').waitFor()
  const unit = await first.getAttribute('data-unit')
  await rival.command('live', { type: 'assign_units', incident_id: there, unit_ids: [unit] })
  // The armed candidate disarms and says so: a stale screen cannot send.
  await zhang.page.locator('.armed-bar').waitFor({ state: 'detached' })
  await zhang.page.locator('.notice').first().waitFor()
  zhang.clean()
})
