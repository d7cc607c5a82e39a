// The pictures of docs/screenshots: npm run screenshots; needs what the tests need.
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import test, { after } from 'node:test'
import { closeBrowser, openDesk } from './harness/browser.mjs'
import { Program } from './harness/program.mjs'
import { until } from './harness/until.mjs'

const OUT = join(import.meta.dirname, '../../docs/screenshots')
/** So many units have reported by then, for so long that they have left their stations. */
const DRIVE_MS = 30_000

test('screenshots', async (t) => {
  mkdirSync(OUT, { recursive: true })
  const program = await Program.start(t)
  const shoot = (desk, name) => desk.page.screenshot({ path: join(OUT, name) })
  await shoot(await openDesk(t, program), 'login.png')
  t.after(program.beside('demo-feed'))
  const begun = Date.now()
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  await until(() => Date.now() - begun > DRIVE_MS, 'the fleet is under way', { timeout: DRIVE_MS + 5_000 })
  await desk.page.locator('.pill .chip').waitFor({ timeout: 30_000 })
  await desk.inStep()
  await shoot(desk, 'map.png')
  const ground = await desk.bareGround()
  await desk.page.mouse.click(ground.x, ground.y)
  await desk.page.locator('.rings tbody td').first().waitFor()
  await desk.page.locator('.near .candidate').first().click()
  await desk.page.locator('.card').waitFor()
  await desk.inStep()
  await shoot(desk, 'nearest.png')
  for (const [route, drawn] of [['wall', '.wall'], ['beds', 'main.beds tr.pool'], ['registry', 'main.registry tbody tr th']]) {
    await desk.page.evaluate((hash) => (location.hash = hash), `#/${route}`)
    await desk.page.locator(drawn).first().waitFor()
    await desk.inStep()
    await shoot(desk, `${route}.png`)
  }
  const english = await (await openDesk(t, program, { language: 'en' })).logIn('commander-140300')
  await english.inStep('In step')
  await shoot(english, 'map.en.png')
  const director = await (await openDesk(t, program)).logIn('exercise_director')
  await director.page.getByLabel('演练名称').fill('聚集性发热处置')
  await director.page.getByRole('button', { name: '从实战画面创建' }).click()
  await director.page.waitForURL(/\?world=/)
  await director.live()
  await shoot(director, 'drill.png')
})

after(closeBrowser)
