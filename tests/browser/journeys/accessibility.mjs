// 无障碍: axe finds nothing serious on the main screens, and the keyboard reaches the work.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function audit(desk, where) {
  await desk.page.evaluate(AXE)
  const violations = await desk.ask(async (tags) => {
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } })
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary}`).slice(0, 4).join(' | ')}`)
  }, RULES)
  assert.deepEqual(violations, [], where)
}

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
