// 登记: a resource is entered, changed and retired; a file with a wrong row is mended and brought in; an export comes back.
import assert from 'node:assert/strict'
import test from 'node:test'
import { audit } from '../harness/axe.mjs'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const PREVIEW = '/api/v1/worlds/live/registry/station/preview'

test('an administrator enters, changes and retires a resource', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logInAt('registry', 'administrator', 'main.registry tbody tr th')
  const { page } = desk
  await audit(desk, 'table')
  await page.keyboard.press('n')
  const side = page.locator('.desk-side')
  await side.getByRole('heading', { name: '新增救护车' }).waitFor()
  await side.locator('button[type=submit]').click()
  await side.getByText('处需要改正').waitFor()
  assert.match(await side.innerText(), /必填/)
  await audit(desk, 'form with faults')
  await side.locator('#field-id').fill('amb-140302-900')
  await side.locator('#field-name').fill('城区90号')
  await side.locator('#field-plate').fill('晋C·T9000')
  const pick = async (field, typed, label) => {
    await side.locator(`#field-${field}`).click()
    await page.keyboard.type(typed)
    await desk.choose(label)
  }
  await pick('jurisdiction', '城区', /^城区$/)
  await pick('home_id', 'sta-140302-01', '阳泉城区急救分中心')
  await pick('class', '负压', '负压型 C')
  await side.locator('#field-point').fill('113.5805, 37.8571')
  await page.keyboard.press('Enter')
  await side.locator('.point-field', { hasText: '37.8571' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await side.getByText('已登记：城区90号').waitFor()

  await page.locator('.find input').fill('晋CT9000')
  const row = page.locator('tr[data-id=amb-140302-900]')
  await row.waitFor()
  await row.locator('th button').click()
  await side.getByRole('heading', { name: '城区90号' }).waitFor()
  await side.locator('#field-name').fill('城区90号（备用）')
  await page.keyboard.press('Control+Enter')
  await side.getByText('已保存').waitFor()
  await row.getByText('城区90号（备用）').waitFor()
  await side.getByRole('button', { name: '沿革' }).click()
  await side.locator('.field-list', { hasText: '城区90号（备用）' }).waitFor()
  assert.match(await side.innerText(), /administrator/)
  await audit(desk, 'history')

  await side.getByRole('button', { name: '变更' }).click()
  await side.getByRole('button', { name: '注销', exact: true }).click()
  await side.getByLabel('注销原因').fill('试登记')
  await side.getByRole('button', { name: '注销 城区90号（备用）' }).click()
  await row.waitFor({ state: 'detached' })
  desk.clean()
})

test('a file with a wrong row is mended and imported; an export changes nothing', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logInAt('registry', 'administrator', 'main.registry tbody tr th')
  const { page } = desk
  await page.getByRole('button', { name: /^急救站点/ }).click()
  await desk.until(() => document.querySelector('.registry tbody tr')?.dataset.id?.startsWith('sta-'), 'stations are listed')
  const csv = await page.evaluate(() => fetch('/api/v1/worlds/live/registry/station.csv?jurisdiction=640221').then((answer) => answer.text()))
  const row = (radius) => `sta-640221-90,640221,试验站,640221,township,rural,${radius},,sta-640221-01,106.6,38.95,test\r\n`
  const side = page.locator('.desk-side')
  await page.locator('.desk-actions').getByRole('button', { name: '导入' }).click()
  const choose = async (text) => {
    const judged = page.waitForResponse((answer) => answer.url().endsWith(PREVIEW))
    await page.locator('#import-file').setInputFiles({ name: 'station.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    return (await judged).json()
  }
  await choose(csv + row('远'))
  const wrong = side.locator('.preview-rows li.error')
  await wrong.waitFor()
  assert.match(await wrong.innerText(), /服务半径（米）\s*格式不对/)
  assert.equal(await side.getByRole('button', { name: '导入 0 行' }).isDisabled(), true)
  await audit(desk, 'preview with a wrong row')
  await choose(csv.replace(',5000,', ',6000,') + row('9000'))
  await side.getByRole('button', { name: '导入 2 行' }).click()
  await side.getByText('已导入：新增 1，变更 1').waitFor()
  await page.locator('.find input').fill('试验站')
  await page.locator('tr[data-id=sta-640221-90]').waitFor()

  const link = page.getByRole('link', { name: '导出 CSV' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  await page.locator('#import-file').setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: await bytes(download) })
  await side.getByText('与现有登记一致').waitFor()
  desk.clean()
})

test('who may not keep the registry reads it and is told why', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logInAt('registry', 'commander-140300', 'main.registry tbody tr th')
  await desk.page.getByText('需要管理员权限').first().waitFor()
  assert.equal(await desk.page.getByRole('button', { name: /^新增救护车/ }).isDisabled(), true)
  desk.clean()
})

async function bytes(download) {
  const chunks = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  return Buffer.concat(chunks)
}
