// 改状态: one person changes a unit's status with a reason, everybody sees it.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const UNIT = 'amb-140302-001'

test('a changed status reaches card, event strip and a second screen', async (t) => {
  const program = await Program.start(t)
  const one = await (await openDesk(t, program)).logIn('commander-140300')
  const two = await (await openDesk(t, program)).logIn('dispatcher')
  const seen = await two.openCard(UNIT)
  const card = await one.openCard(UNIT)
  assert.match(await card.innerText(), /可派/)
  assert.match(await card.innerText(), /晋C·J5988/)

  await card.getByRole('button', { name: '改状态' }).click()
  const submit = card.locator('.action.primary')
  assert.equal(await submit.isDisabled(), true, 'a reason is required')
  await one.page.locator('#new-status').click()
  await one.choose('暂停调用')
  await one.page.fill('#status-reason', '轮胎更换')
  assert.equal((await submit.innerText()).trim(), '改为暂停调用')
  await submit.click()

  await card.locator('.state', { hasText: '暂停调用' }).waitFor()
  assert.match(await card.innerText(), /原因\s+轮胎更换/)
  const line = one.page.locator('.event', { hasText: '可派 → 暂停调用 · 轮胎更换' })
  await line.waitFor()
  assert.match(await line.innerText(), /城区01号/)

  await seen.locator('.state', { hasText: '暂停调用' }).waitFor({ timeout: 2_000 })
  assert.match(await seen.innerText(), /原因\s+轮胎更换/)
  await two.page.locator('.event', { hasText: '轮胎更换' }).waitFor()
  one.clean()
  two.clean()
})

test('who may not change a status is told why', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('observer')
  const button = (await desk.openCard(UNIT)).getByRole('button', { name: '改状态' })
  assert.equal(await button.isDisabled(), true)
  assert.equal(await button.getAttribute('title'), '需要管理员、指挥长或调度员权限')
  desk.clean()
})
