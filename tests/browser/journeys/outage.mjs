// 离线: the server dies and comes back; the screen says so, and is in step again without a reload.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const UNIT = 'amb-140302-001'

test('the screen survives the death of the server', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const { page, faults } = desk
  const card = await desk.openCard(UNIT)
  await card.getByRole('button', { name: '改状态' }).click()
  await page.fill('#status-reason', '轮胎更换')
  const submit = card.locator('.action.primary')
  assert.equal(await submit.isEnabled(), true)
  await desk.ask(() => Object.assign(window, { sameVisit: true }))

  faults.outage = true
  await program.kill()
  const strip = page.locator('.offline-strip')
  await strip.waitFor({ timeout: 5_000 })
  assert.match(await strip.innerText(), /^离线，自 \d\d:\d\d:\d\d 起\s*画面停在 [\d,]+$/)
  assert.match(await page.locator('.pill').innerText(), /离线，自 \d\d:\d\d:\d\d 起/)
  assert.equal(await submit.isDisabled(), true, 'no commands while offline')
  assert.equal(await submit.getAttribute('title'), '离线，指令不可用')

  await program.serve()
  // What happened before this screen was back is part of its picture.
  const api = await program.as('commander-140300')
  await api.command('live', { type: 'set_unit_status', unit_id: UNIT, status: 'out_of_service', reason: '送修' })
  await desk.until(() => window.chiyuan.feed.status.phase === 'live' && window.chiyuan.feed.status.inStep, 'live and in step again', { timeout: 20_000 })
  assert.equal(await strip.count(), 0)
  await card.locator('.state', { hasText: '停用' }).waitFor()
  faults.outage = false
  await api.command('live', { type: 'set_unit_status', unit_id: UNIT, status: 'available', reason: '修好' })
  await card.locator('.state', { hasText: '可派' }).waitFor({ timeout: 2_000 })
  assert.equal(await desk.ask(() => window.sameVisit), true, 'the page was not loaded again')
  desk.clean()
})
