// 床位、物资: a report by keyboard is on the map of another desk at once; a count changes what a store has.
import assert from 'node:assert/strict'
import test from 'node:test'
import { audit } from '../harness/axe.mjs'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const POOL = 'bed-140300-01'

test('a bed report reaches the map of another desk', async (t) => {
  const program = await Program.start(t)
  const map = await (await openDesk(t, program)).logIn('commander-140300')
  const desk = await (await openDesk(t, program)).logInAt('beds', 'bed_desk', 'main.beds tr.pool')
  const { page } = desk
  await audit(desk, 'beds')
  const row = page.locator(`tr[data-id=${POOL}]`)
  assert.match(await row.innerText(), /未报/)
  await row.focus()
  await page.keyboard.press('Enter')
  const occupied = row.getByLabel(/占用$/)
  await occupied.fill('99')
  await row.getByText('占用加预留不超过开放').waitFor()
  assert.equal(await row.getByRole('button', { name: /^上报/ }).isDisabled(), true)
  await occupied.fill('30')
  await page.keyboard.press('Enter')
  await row.getByText('已上报').waitFor()
  await map.until((id) => window.chiyuan.feed.picture.get(id).occupied === 30, 'the other desk has it', { argument: POOL, timeout: 2_000 })
  const card = await map.openCard(POOL)
  assert.match(await card.innerText(), /占用 30/)
  const first = await map.ask((id) => window.chiyuan.feed.picture.get(id).version, POOL)
  await row.getByRole('button', { name: /与上次相同/ }).click()
  await map.until(([id, version]) => window.chiyuan.feed.picture.get(id).version === version + 1, 'the same again', { argument: [POOL, first], timeout: 2_000 })
  await page.getByRole('button', { name: '负压病床', exact: true }).click()
  await row.waitFor({ state: 'detached' })
  desk.clean()
  map.clean()
})

test('a stock count changes what a store has', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logInAt('stock', 'store_keeper', 'main.stock .stock-sites button')
  const { page } = desk
  await audit(desk, 'stock')
  await page.locator('.find input').fill('阳泉市公共卫生应急物资储备库')
  await page.locator('.stock-site h2', { hasText: '阳泉市公共卫生应急物资储备库' }).waitFor()
  await page.getByRole('button', { name: '盘点', exact: true }).click()
  const form = page.locator('.count-form')
  await form.locator('input.quantity').first().waitFor()
  await audit(desk, 'count')
  const api = await program.as('store_keeper')
  const onHand = async () => (await api.get('/worlds/live/resources/stk-140300-01')).properties.items['item-n95']
  const before = await onHand()
  const quantity = form.locator('tr', { hasText: 'lot-140300-01-01' }).locator('input.quantity')
  await quantity.fill('x')
  await form.getByText('数量须为').waitFor()
  await quantity.fill('7')
  await form.getByText('1 批与账面不同').waitFor()
  await page.keyboard.press('Control+Enter')
  await form.waitFor({ state: 'detached' })
  assert.equal(before - (await onHand()), 47_466 - 7)
  desk.clean()
})

test('who may not report reads and is told why', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logInAt('beds', 'observer', 'main.beds tr.pool')
  await desk.page.getByText('需要床位员权限').waitFor()
  assert.equal(await desk.page.getByRole('button', { name: /与上次相同/ }).count(), 0)
  desk.clean()
})
