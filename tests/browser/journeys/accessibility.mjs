// 无障碍: axe finds nothing serious on the main screens, and the keyboard reaches the work.
import test from 'node:test'
import { audit } from '../harness/axe.mjs'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

test('axe finds nothing serious', async (t) => {
  const program = await Program.start(t)
  await program.fix('amb-140302-001', 113.66, 37.9, { ago: 600, speed_mps: 9 })
  const desk = await openDesk(t, program)
  const { page } = desk
  await audit(desk, 'log-in')
  await desk.tryLogIn('commander', 'not the password')
  await page.locator('.login-note.bad').waitFor()
  await audit(desk, 'log-in refused')
  await desk.logIn('commander')
  await audit(desk, 'map')
  await desk.openCard('amb-140302-001')
  await page.getByRole('button', { name: '改状态' }).click()
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  await page.locator('.near .candidate').first().waitFor()
  await audit(desk, 'card, form, nearest and rings')
  await page.keyboard.press('i')
  await page.locator('.list tbody tr').first().waitFor()
  await audit(desk, 'list')
  await page.keyboard.press('i')
  for (const [key, part] of [['r', '.rings'], ['m', '.measure'], ['p', '.draw']]) {
    await page.keyboard.press(key)
    await page.locator(part).waitFor()
    await audit(desk, part)
  }
  desk.clean()
})

test('axe finds nothing serious on a desk at work', async (t) => {
  const program = await Program.start(t)
  const api = await program.as('dispatcher-140600')
  const open = async (lon) => (await api.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P2', lon, lat: 39.33 })).changes.find((change) => change.kind === 'incident').id
  const [incident] = [await open(112.42), await open(112.5)]
  await api.command('live', { type: 'assign_units', incident_id: incident, unit_ids: ['amb-140602-001'] })
  const desk = await (await openDesk(t, program)).logIn('dispatcher-140600')
  const { page } = desk
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.locator(`.queue-row[data-id="${incident}"] .queue-main`).click()
  await page.locator('.cand').first().waitFor()
  await page.keyboard.press('t')
  await page.locator('.row-actions').waitFor()
  await page.keyboard.press('f')
  await page.locator('.reason-line').waitFor()
  await desk.ask(() => window.chiyuan.desk.set({ panel: 'beds' }))
  await page.locator('.bed-rows li').first().waitFor()
  await audit(desk, 'row, reasons and beds')
  await desk.ask(() => window.chiyuan.desk.set({ panel: 'keys' }))
  await page.locator('.queue-row', { hasText: '0002' }).locator('.more').click()
  await page.locator('.row-menu').waitFor()
  await page.keyboard.press('m')
  await page.locator('.targets').waitFor()
  await audit(desk, 'menu, targets and keys')
  desk.clean()
})
