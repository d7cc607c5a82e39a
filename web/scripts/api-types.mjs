// src/api/schema.d.ts from the program's own OpenAPI document: npm run api writes it, npm run api:check compares it.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const program = process.env.CHIYUAN_BIN ?? new URL('../../target/debug/chiyuan', import.meta.url).pathname
const target = new URL('../src/api/schema.d.ts', import.meta.url)

const document = JSON.parse(execFileSync(program, ['openapi'], { encoding: 'utf8', maxBuffer: 1 << 26 }))
const types = astToString(await openapiTS(document))
const text = `// @generated from the OpenAPI document by npm run api; not edited by hand.\n${types}`

if (!process.argv.includes('--check')) {
  writeFileSync(target, text)
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/api/schema.d.ts is behind the OpenAPI document: npm run api')
  process.exit(1)
}
