// The real program: a template database made once, a private copy and a server for each journey.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Api } from './api.mjs'
import { until } from './until.mjs'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')
const BINARY = needed('CHIYUAN_BIN')
const OWNER_URL = needed('CHIYUAN_TEST_DATABASE_URL')

let template
let copies = 0

function needed(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run the browser tests with: make test`)
  return value
}

function named(name) {
  const url = new URL(OWNER_URL)
  url.pathname = `/${name}`
  return url.href
}

async function sql(statement) {
  await run('psql', [OWNER_URL, '--no-psqlrc', '--quiet', '--command', statement])
}

function environment(database, data, port) {
  return { ...process.env, DATABASE_URL: database, CHIYUAN_DATA: data, CHIYUAN_PORT: String(port), RUST_LOG: 'info', REDIS_URL: '' }
}

/** Migrated, with accounts and the five jurisdictions. */
async function makeTemplate() {
  const name = `browser_${process.pid}_template`
  const data = mkdtempSync(join(tmpdir(), 'chiyuan-browser-'))
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  await sql(`CREATE DATABASE ${name}`)
  const env = environment(named(name), data, 0)
  for (const tool of [['migrate'], ['demo-accounts'], ['seed', 'seed']]) await run(BINARY, tool, { env, cwd: ROOT })
  const accounts = JSON.parse(readFileSync(join(data, 'demo-accounts.json'), 'utf8'))
  return { name, data, accounts }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

export class Program {
  /** A server with its own database, ready; it ends with the test. `origins` gives further ones by the server's port, `env` further settings. */
  static async start(test, origins = async () => [], env = {}) {
    template ??= makeTemplate()
    const { name: source, data, accounts } = await template
    const name = `browser_${process.pid}_${(copies += 1)}`
    await sql(`CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY FILE_COPY`)
    const program = new Program(name, data, accounts, await freePort())
    test.after(() => program.end())
    program.env = env
    program.origins = [program.base, ...(await origins(program.port))]
    await program.serve()
    return program
  }

  constructor(name, data, accounts, port) {
    this.name = name
    this.data = data
    this.accounts = accounts
    this.port = port
    this.base = `http://127.0.0.1:${port}`
    this.log = join(data, `${name}.log`)
    /** Browser contexts that are open on this server. */
    this.visits = []
    this.device = new Api(this.base, { token: accounts.find((a) => a.role === 'device').token })
  }

  async serve() {
    const log = openSync(this.log, 'a')
    const env = { ...environment(named(this.name), this.data, this.port), CHIYUAN_ORIGIN: this.origins.join(), ...this.env }
    this.child = spawn(BINARY, ['serve'], { cwd: ROOT, env, stdio: ['ignore', log, log] })
    await until(async () => (await fetch(`${this.base}/health/ready`)).ok, 'the server is ready', {
      timeout: 20_000,
      explain: () => readFileSync(this.log, 'utf8').slice(-2_000),
    })
  }

  /** A tool of the program that runs beside the server until it is ended. */
  beside(...tool) {
    const log = openSync(this.log, 'a')
    const child = spawn(BINARY, tool, { cwd: ROOT, env: environment(named(this.name), this.data, this.port), stdio: ['ignore', log, log] })
    return () => child.kill('SIGTERM')
  }

  /** Ends the server without a warning. */
  async kill() {
    await this.stop('SIGKILL')
  }

  /** Pages go first: a server waits for those who are still there. The database stays: the cluster is thrown away as a whole, and dropping would meet its autovacuum. */
  async end() {
    await Promise.all(this.visits.map((context) => context.close()))
    await this.stop('SIGTERM')
  }

  async stop(signal) {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    // A server that does not end in time fails no journey, but must not stay behind.
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(late)
  }

  account(username) {
    const found = this.accounts.find((account) => account.username === username)
    if (!found) throw new Error(`no demo account ${username}`)
    return found
  }

  /** The API as this person. */
  async as(username) {
    const api = new Api(this.base)
    await api.logIn(this.account(username))
    return api
  }

  /** A fix by the demo device; `ago` in seconds. */
  async fix(unit, lon, lat, { ago = 0, ...more } = {}) {
    const at = new Date(Date.now() - ago * 1_000).toISOString()
    const answer = await this.device.post('/worlds/live/positions', { fixes: [{ unit_id: unit, at, lon, lat, ...more }] })
    if (answer.accepted !== 1) throw new Error(`fix not taken: ${JSON.stringify(answer)}`)
  }
}
