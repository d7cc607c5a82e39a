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
  desk.clean()
})
