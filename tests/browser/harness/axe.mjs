// What axe finds wrong on the page as it stands.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Nothing serious or critical. */
export async function audit(desk, where) {
  await desk.page.evaluate(AXE)
  const violations = await desk.ask(async (tags) => {
    // A candidate is one sentence for the ear, not its row read out.
    const rules = { 'label-content-name-mismatch': { enabled: false } }
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, rules })
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary}`).slice(0, 4).join(' | ')}`)
  }, RULES)
  assert.deepEqual(violations, [], where)
}
