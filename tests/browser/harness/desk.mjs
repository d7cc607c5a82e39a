// What a person at the desk does and sees. `window.chiyuan` is the product's handle for checks.
import assert from 'node:assert/strict'
import { PATIENCE, until } from './until.mjs'

export class Desk {
  constructor(page, program, faults) {
    this.page = page
    this.program = program
    this.faults = faults
  }

  async logIn(username) {
    await this.tryLogIn(username, this.program.account(username).password)
    await this.live()
    return this
  }

  async tryLogIn(username, password) {
    await this.page.fill('#username', username)
    await this.page.fill('#password', password)
    await this.page.keyboard.press('Enter')
  }

  /** Connected, and everything drawn. */
  async live() {
    await this.until(() => {
      const { feed, map } = window.chiyuan ?? {}
      return feed?.status.phase === 'live' && map.current?.drawing && map.current.nodes.length > 0
    }, 'live and drawn', { timeout: 20_000 })
  }

  /** The checksum agreed with the server's; it comes every few seconds. */
  async inStep(words = '校验一致') {
    await this.page.locator('.pill', { hasText: words }).waitFor({ timeout: 30_000 * PATIENCE })
  }

  ask(question, argument) {
    return this.page.evaluate(question, argument)
  }

  until(question, what, { argument, ...options } = {}) {
    return until(() => this.page.evaluate(question, argument), what, options)
  }

  /** Signs in at a section that has no map. */
  async logInAt(route, username, selector) {
    await this.page.evaluate((hash) => (location.hash = hash), `#/${route}`)
    await this.tryLogIn(username, this.program.account(username).password)
    await this.page.locator(selector).first().waitFor({ timeout: 20_000 })
    return this
  }

  /** Types into the search box and takes the first hit. */
  async find(text) {
    await this.page.keyboard.press('/')
    await this.page.keyboard.type(text)
    await this.page.locator('#search-hits [role=option]').first().waitFor()
    await this.page.keyboard.press('Enter')
  }

  async openCard(unit) {
    const name = await this.ask((id) => window.chiyuan.feed.picture.get(id).name, unit)
    await this.find(unit)
    const card = this.page.locator('.card')
    await card.getByRole('heading', { name }).waitFor()
    return card
  }

  /** Takes an entry of a list; `opener` opens it again when a late redraw has closed it. */
  async choose(label, opener) {
    const option = this.page.locator('.ant-select-item-option').filter({ hasText: label, visible: true })
    const box = await until(async () => {
      if (opener && !(await option.first().isVisible())) await opener.click({ timeout: 1_000 })
      const found = await option.first().boundingBox({ timeout: 1_500 })
      return found && found.y > 0 && found.y < this.page.viewportSize().height ? found : null
    }, `${label} is offered`)
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }

  /** Where a place lies in the window, px. */
  async at(lon, lat) {
    const box = await this.page.locator('.map-box').filter({ visible: true }).boundingBox()
    const { x, y } = await this.ask(([a, b]) => window.chiyuan.map.current.map.project([a, b]), [lon, lat])
    return { x: box.x + x, y: box.y + y }
  }

  /** A spot of bare ground near the middle of the map, px. */
  async bareGround() {
    const box = await this.page.locator('.map-box').filter({ visible: true }).boundingBox()
    const spot = await this.ask(() => {
      const view = window.chiyuan.map.current
      const { clientWidth: w, clientHeight: h } = view.container
      for (let r = 0; r < 300; r += 15)
        for (let a = 0; a < 12; a += 1) {
          const [x, y] = [w / 2 + r * Math.cos(a), h / 2 + r * Math.sin(a)]
          if (!view.pick({ x, y })) return { x, y }
        }
      return null
    })
    assert.ok(spot, 'there is bare ground')
    return { x: box.x + spot.x, y: box.y + spot.y }
  }

  /** Everything a person can read or hear on the page, with what the data says taken out. */
  async chrome() {
    return this.ask(() => {
      const said = new Set()
      const gather = (value) => {
        if (typeof value === 'string') said.add(value)
        else if (value && typeof value === 'object') Object.values(value).forEach(gather)
      }
      const { feed } = window.chiyuan ?? {}
      for (const kind of ['jurisdiction', 'facility', 'station', 'ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile', 'item'])
        for (const entity of feed?.picture.all(kind) ?? []) gather({ ...entity, name_en: undefined, plate: entity.plate?.replace('·', '\u00b7') })
      const data = [...said].filter((text) => /\p{Script=Han}|[A-Za-z]/u.test(text)).sort((a, b) => b.length - a.length)
      const texts = []
      const take = (text, where) => {
        let left = text
        for (const word of data) if (left.includes(word) && (/\p{Script=Han}/u.test(word) || word === text)) left = left.replaceAll(word, '')
        if (left.trim()) texts.push({ text: left.trim(), where })
      }
      const hidden = (element) => element.closest('.language, kbd, script, style') !== null || element.checkVisibility?.() === false
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (!hidden(node.parentElement)) take(node.data, node.parentElement.className || node.parentElement.tagName)
      for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
        if (!hidden(element)) for (const name of ['aria-label', 'title', 'placeholder']) take(element.getAttribute(name) ?? '', name)
      take(document.title, 'title')
      return texts
    })
  }

  /** At the end of a journey: nothing went wrong that nobody looked at. */
  clean() {
    assert.deepEqual(this.faults.list, [])
  }
}
