// What axe finds that is serious.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export async function audit(desk, where) {
  await desk.page.evaluate(AXE)
  const violations = await desk.ask(async (tags) => {
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } })
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary}`).slice(0, 4).join(' | ')}`)
  }, RULES)
  assert.deepEqual(violations, [], where)
}
