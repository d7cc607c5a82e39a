// 中文 and English: what the product itself says is in one language; what the data says is left alone.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

/** Latin letters that belong into Chinese text: units, classes, abbreviations of the field, keys, account names. */
const ALLOWED = /WGS-84|GS\(2024\)\d+|km\/h|km²|\bkm\b|\bm\b|\bICU\b|\bP2\b|\bCT\b|\bDR\b|\bPCR\b|\bECMO\b|\bH\b|[ABCD]\b|\b[NRIVMPi]\b|\bCtrl\b|\bEsc\b|[a-z]{3}-\d{6}-[\d-]+|commander|dispatcher|exercise_director|system|\bCSV\b|\bXLSX\b/g
const CARDS = ['amb-140302-001', 'team-140300-01', 'veh-140300-01', 'fac-140300-04', 'sta-140300-01', 'bed-140300-04', 'stk-140300-01']

/** Opens each part of the screen and gives everything said on it. */
async function everythingSaid(desk) {
  const { page } = desk
  const texts = await desk.chrome()
  for (const id of CARDS) {
    await desk.find(id)
    await page.locator('.card').waitFor()
    await desk.until((wanted) => window.chiyuan.ops.get().selected === wanted, `${id} is chosen`, { argument: id })
    texts.push(...(await desk.chrome()))
  }
  await desk.find('amb-140302-001')
  await page.locator('.card .action.strong').click()
  texts.push(...(await desk.chrome()))
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  await page.locator('.near .candidate').first().waitFor()
  await page.locator('.rings tbody td').first().waitFor()
  texts.push(...(await desk.chrome()))
  await page.keyboard.press('i')
  await page.locator('.list tbody tr').first().waitFor()
  texts.push(...(await desk.chrome()))
  await page.keyboard.press('i')
  for (const [key, part] of [['r', '.rings'], ['m', '.measure'], ['p', '.draw']]) {
    await page.keyboard.press(key)
    await page.locator(part).waitFor()
    texts.push(...(await desk.chrome()))
  }
  for (const [route, drawn] of [
    ['beds', 'main.beds tr.pool'],
    ['stock', 'main.stock .desk-table tbody th'],
    ['registry', 'main.registry tbody tr th'],
  ]) {
    await page.evaluate((hash) => (location.hash = hash), `#/${route}`)
    await page.locator(drawn).first().waitFor()
    texts.push(...(await desk.chrome()))
  }
  await page.evaluate(() => (location.hash = '#/map'))
  await desk.live()
  return texts
}

function offending(texts, pattern, clean = (text) => text) {
  const found = texts.filter(({ text }) => pattern.test(clean(text))).map(({ text, where }) => `${where}: ${text}`)
  return [...new Set(found)]
}

test('English leaves no Chinese in the chrome', async (t) => {
  const program = await Program.start(t)
  const desk = await openDesk(t, program)
  const { page } = desk
  await page.getByRole('button', { name: 'English' }).click()
  const login = await desk.chrome()
  assert.deepEqual(offending(login, /\p{Script=Han}/u), [])
  await desk.logIn('commander-140300')
  await desk.inStep(/Live\s*In step/)
  assert.deepEqual(await page.locator('.tree-row.centre .name').allInnerTexts(), ['Yangquan'])
  assert.deepEqual(offending(await everythingSaid(desk), /\p{Script=Han}/u), [])
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  // The choice outlives a reload.
  await page.reload()
  await desk.live()
  await page.getByRole('button', { name: '中文' }).click()
  await page.locator('.pill', { hasText: '实时' }).waitFor()
  desk.clean()
})

test('Chinese leaves no English in the chrome', async (t) => {
  const program = await Program.start(t)
  const desk = await openDesk(t, program)
  const clean = (text) => text.replace(ALLOWED, '')
  assert.deepEqual(offending(await desk.chrome(), /[A-Za-z]{2,}/, clean), [])
  await desk.logIn('commander-140300')
  assert.deepEqual(offending(await everythingSaid(desk), /[A-Za-z]/, clean), [])
  assert.equal(await desk.page.locator('html').getAttribute('lang'), 'zh-CN')
  desk.clean()
})
