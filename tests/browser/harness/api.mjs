// The HTTP contract, spoken without a browser.
import { randomUUID } from 'node:crypto'

export class Api {
  constructor(base, { token } = {}) {
    this.base = base
    this.headers = token ? { authorization: `Bearer ${token}` } : { origin: base }
  }

  async logIn({ username, password }) {
    const response = await this.send('POST', '/session', { username, password })
    this.headers.cookie = response.headers.get('set-cookie').split(';')[0]
  }

  async get(path, query = {}) {
    return (await this.send('GET', `${path}?${new URLSearchParams(query)}`)).json()
  }

  async post(path, body) {
    return (await this.send('POST', path, body)).json()
  }

  command(world, body) {
    return this.post(`/worlds/${world}/commands`, body)
  }

  async refusal(path) {
    return (await fetch(`${this.base}/api/v1${path}`, { headers: this.headers })).status
  }

  /** All features of some kinds, page by page. */
  async resources(world, query) {
    const features = []
    for (let cursor; cursor !== null; ) {
      const page = await this.get(`/worlds/${world}/resources`, { limit: 1_000, ...query, ...(cursor && { cursor }) })
      features.push(...page.features)
      cursor = page.next_cursor
    }
    return features
  }

  async send(method, path, body) {
    const headers = { ...this.headers, ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) }
    const response = await fetch(`${this.base}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}
