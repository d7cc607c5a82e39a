// 日间、夜间: each desk keeps its own colours; page, controls, base map and symbols follow, and axe is content with both.
import assert from 'node:assert/strict'
import test from 'node:test'
import { audit } from '../harness/axe.mjs'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const GROUND = { dark: 'rgb(12, 20, 31)', light: 'rgb(255, 255, 255)', wall: 'rgb(8, 20, 37)' }
const DESKS = [['map', 'dark', 'm', '.tree'], ['dispatch', 'dark', 'd', '.queue'], ['kpi', 'light', 'e', '.kpi-body'], ['wall', 'dark', 'w', '.wall']]

test('day and night on every desk', async (t) => {
  const program = await Program.start(t)
  const dispatcher = await program.as('dispatcher-140300')
  const opened = await dispatcher.command('live', { type: 'open_incident', incident_type: 'trauma', priority: 'P2', lon: 113.58, lat: 37.86, patients: 1 })
  const { id } = opened.changes.find(({ kind }) => kind === 'incident')
  await dispatcher.command('live', { type: 'assign_units', incident_id: id, unit_ids: ['amb-140302-001'] })
  await dispatcher.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P1', lon: 113.57, lat: 37.87, patients: 2, infectious: true })
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const { page } = desk
  const state = () =>
    desk.ask(() => {
      const map = window.chiyuan.map?.current
      return {
        theme: document.documentElement.dataset.theme,
        panel: getComputedStyle(document.querySelector('.topbar, .wall-panel')).backgroundColor,
        base: map?.map.getPaintProperty('out', 'background-color'),
        symbols: map?.palette.mout,
      }
    })
  for (const [name, usual, key, part] of DESKS) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.locator(part).waitFor()
    if (name !== 'kpi') await desk.live()
    const hasMap = name !== 'kpi'
    for (const theme of [usual, usual === 'dark' ? 'light' : 'dark']) {
      if ((await desk.ask(() => document.documentElement.dataset.theme)) !== theme) await page.locator('.theme-switch').click()
      await desk.until((wanted) => document.documentElement.dataset.theme === wanted, `${name} is ${theme}`, { argument: theme })
      const now = await state()
      assert.equal(now.panel, GROUND[theme === 'dark' && name === 'wall' ? 'wall' : theme], `${name}, ${theme}`)
      if (hasMap) assert.equal(now.base, now.symbols, `${name}, ${theme}: base map and symbols agree`)
      if (name === 'dispatch') await page.locator('.queue-row').first().click()
      await audit(desk, `${name}, ${theme}`)
    }
  }
  // Each choice is of one desk and of this browser.
  assert.deepEqual(await desk.ask(() => ['map', 'dispatch', 'kpi', 'wall'].map((name) => localStorage.getItem(`chiyuan.theme.${name}`))), ['light', 'light', 'dark', 'light'])
  await page.reload()
  await desk.live()
  assert.equal((await state()).theme, 'light')
  desk.clean()
})
