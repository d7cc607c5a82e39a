// The pictures of docs/screenshots: npm run screenshots; needs what the tests need.
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import test, { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeBrowser, openDesk } from './harness/browser.mjs'
import { Program } from './harness/program.mjs'
import { until } from './harness/until.mjs'

const OUT = join(import.meta.dirname, '../../docs/screenshots')
/** So many units have reported by then, for so long that they have left their stations. */
const DRIVE_MS = 30_000
/** What stands on a screen once it is there. */
const SCREENS = { map: '.tree', dispatch: '.queue-row', kpi: '.kpi-body', wall: '.wall', registry: 'main.registry tbody tr th', beds: 'main.beds tr.pool', stock: 'main.stock tbody tr' }
/** Screens with a map; the wall draws its own once a second. */
const MAPPED = { map: 0, dispatch: 0, wall: 2_500 }
const LANGUAGES = { zh: { suffix: '', inStep: '校验一致' }, en: { suffix: '.en', inStep: 'In step' } }

/** Two open cases, one with an ambulance under way. */
async function story(program) {
  const dispatcher = await program.as('dispatcher-140300')
  const open = async (incident_type, priority, lon, lat, patients, infectious = false) => {
    const opened = await dispatcher.command('live', { type: 'open_incident', incident_type, priority, lon, lat, patients, infectious })
    return opened.changes.find(({ kind }) => kind === 'incident').id
  }
  const incident = await open('trauma', 'P2', 113.58, 37.86, 1)
  await dispatcher.command('live', { type: 'assign_units', incident_id: incident, unit_ids: ['amb-140302-001'] })
  await open('medical', 'P1', 113.57, 37.87, 2, true)
}

test('screenshots', async (t) => {
  mkdirSync(OUT, { recursive: true })
  const program = await Program.start(t)
  const shoot = (desk, name) => desk.page.screenshot({ path: join(OUT, `${name}.png`) })
  t.after(program.beside('demo-feed'))
  await story(program)
  const begun = Date.now()
  for (const [language, { suffix, inStep }] of Object.entries(LANGUAGES)) {
    const desk = await openDesk(t, program, { language })
    // The map behind the log-in comes after the form.
    await desk.page.waitForLoadState('networkidle')
    if (language === 'zh') await shoot(desk, 'login')
    await desk.logIn('commander-140300')
    await until(() => Date.now() - begun > DRIVE_MS, 'the fleet is under way', { timeout: DRIVE_MS + 5_000 })
    for (const [screen, drawn] of Object.entries(SCREENS)) {
      await desk.page.evaluate((hash) => (location.hash = hash), `#/${screen}`)
      await desk.page.locator(drawn).first().waitFor()
      if (screen === 'dispatch') await desk.page.locator(drawn).first().click()
      if (screen in MAPPED) await desk.live()
      await sleep(MAPPED[screen] ?? 0)
      await desk.inStep(inStep)
      await shoot(desk, screen + suffix)
    }
    await desk.page.evaluate(() => (location.hash = '#/map'))
    await desk.live()
    const ground = await desk.bareGround()
    await desk.page.mouse.click(ground.x, ground.y)
    await desk.page.locator('.rings tbody td').first().waitFor()
    await desk.page.locator('.near .candidate').first().click()
    await desk.page.locator('.card').waitFor()
    await desk.inStep(inStep)
    await shoot(desk, `nearest${suffix}`)
    if (language === 'zh') {
      await desk.page.keyboard.press('?')
      await desk.page.locator('.float').first().waitFor()
      await shoot(desk, 'keys')
      await desk.page.keyboard.press('Escape')
    }
    await desk.page.locator('.theme-switch').click()
    await desk.until(() => document.documentElement.dataset.theme === 'light', 'it is day')
    await desk.inStep(inStep)
    await shoot(desk, `map.light${suffix}`)
    await desk.page.locator('.theme-switch').click()
  }
  const director = await (await openDesk(t, program)).logIn('exercise_director')
  await director.page.getByLabel('演练名称').fill('聚集性发热处置')
  await director.page.getByRole('button', { name: '从实战画面创建' }).click()
  await director.page.waitForURL(/\?world=/)
  await director.live()
  await shoot(director, 'drill')
})

after(closeBrowser)
