// src/api/schema.d.ts from the OpenAPI document: chiyuan openapi > FILE; npm run api -- FILE
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const missing = new Set()

/** A reference to nothing would stop the generator; it becomes `unknown` and is named. */
function mend(node) {
  if (Array.isArray(node)) return node.map(mend)
  if (node === null || typeof node !== 'object') return node
  const { $ref } = node
  if (typeof $ref === 'string' && !resolves($ref)) {
    missing.add($ref)
    return {}
  }
  // Operation names are not used here and need not be unique.
  const kept = Object.entries(node).filter(([key, value]) => key !== 'operationId' || typeof value !== 'string')
  return Object.fromEntries(kept.map(([key, value]) => [key, mend(value)]))
}

function resolves(ref) {
  return ref.slice(2).split('/').reduce((at, key) => at?.[key.replaceAll('~1', '/')], document) !== undefined
}

const types = astToString(await openapiTS(mend(document)))
writeFileSync(new URL('../src/api/schema.d.ts', import.meta.url), `// Generated from the OpenAPI document by npm run api; not edited by hand.\n${types}`)
for (const ref of missing) console.warn(`unresolved: ${ref}`)
