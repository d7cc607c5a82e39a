// 底图: a configured base map lies where it belongs under the packaged boundaries; without an answer they stand alone.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { pmtiles, TileServer } from '../harness/tiles.mjs'
import { until } from '../harness/until.mjs'

/** A village street without any symbol near it, as WGS-84 and, worked out elsewhere, as GCJ-02. */
const PLACE = { lon: 113.7031, lat: 37.8317 }
const PLACE_GCJ = { lon: 113.709612, lat: 37.832349 }
const APPROVAL = '测试底图 GS(2025)0001号'
const PACKAGED = '行政区划 © 天地图 GS(2024)0650号'
const ZOOM = 15
/** The darkest a colour of the test tiles is by day, and the brightest by night. */
const BRIGHT = 120

/** Looks at the place close by. */
async function look(desk, zoom = ZOOM, { lon, lat } = PLACE) {
  await desk.ask((view) => window.chiyuan.map.current.jump(view), { lon, lat, zoom })
}

/** Colours of the base map alone round a place: where they change, in pixels of the screen from it, and what they are. */
function read(desk, { lon, lat } = PLACE) {
  return desk.ask(async (place) => {
    const view = window.chiyuan.map.current
    const sheet = await new Promise((resolve) => {
      view.map.once('render', () => {
        const from = view.map.getCanvas()
        const copy = Object.assign(document.createElement('canvas'), { width: from.width, height: from.height })
        copy.getContext('2d').drawImage(from, 0, 0)
        resolve(copy)
      })
      view.map.triggerRepaint()
    })
    const ctx = sheet.getContext('2d')
    const ratio = view.map.getPixelRatio()
    const { x, y } = view.map.project(place)
    const colour = (dx, dy) => [...ctx.getImageData(Math.round((x + dx) * ratio), Math.round((y + dy) * ratio), 1, 1).data].slice(0, 3)
    const strongest = ([r, g, b]) => (r > b + 25 && g > b + 25 ? 'yellow' : r > g + 25 && r > b + 25 ? 'red' : g > r + 25 && g > b + 25 ? 'green' : b > r + 25 && b > g + 25 ? 'blue' : 'none')
    // Labels and boundaries lie over it here and there: the middle of many lines counts.
    const edge = (at) => {
      const found = []
      for (let line = 20; line <= 80; line += 5) {
        let step = -40
        const first = strongest(at(step, line))
        while (step < 40 && strongest(at(step, line)) === first) step += 1
        if (first !== 'none' && step < 40) found.push(step)
      }
      return found.sort((a, b) => a - b)[found.length >> 1] ?? null
    }
    const corners = [[-60, -60], [60, -60], [-60, 60], [60, 60]].map(([dx, dy]) => colour(dx, dy))
    return {
      colours: corners.map(strongest).join(),
      brightest: Math.max(...corners.flat()),
      dx: edge((step, line) => colour(step, -line)),
      dy: edge((step, line) => colour(-line, step)),
      settled: view.map.areTilesLoaded(),
    }
  }, [lon, lat])
}

async function lies(desk, what, within = 1) {
  const drawn = ({ settled, colours, dx, dy }) => settled && colours === 'red,green,blue,yellow' && dx !== null && dy !== null
  await until(async () => drawn(await read(desk)), `${what} is drawn`, { timeout: 30_000, explain: async () => JSON.stringify(await read(desk)) })
  // Until its own tiles are there a place is shown by coarser ones, which lie less exactly.
  const seen = await read(desk)
  assert.ok(Math.abs(seen.dx) <= within && Math.abs(seen.dy) <= within, `${what} lies at its place: ${JSON.stringify(seen)}`)
  return seen
}

test('tiles cut by GCJ-02 lie under WGS-84, by day and night, and give way to the packaged base', async (t) => {
  const tiles = await TileServer.start(t, PLACE_GCJ)
  const program = await Program.start(t, undefined, {
    CHIYUAN_BASEMAP: `${tiles.origin}/{z}/{x}/{y}.png`,
    CHIYUAN_BASEMAP_DATUM: 'gcj02',
    CHIYUAN_BASEMAP_ATTRIBUTION: APPROVAL,
  })
  const desk = await (await openDesk(t, program, { beside: [tiles.origin] })).logIn('commander-140300')
  const { page } = desk
  const source = page.locator('.map-source').filter({ visible: true })
  await look(desk)
  const night = await lies(desk, 'the shifted map')
  assert.ok(night.brightest < BRIGHT, `dark by night: ${night.brightest}`)
  // Both maps are named; the boundaries of the packaged one lie above.
  assert.equal(await source.innerText(), `${APPROVAL} · ${PACKAGED}`)
  const order = await desk.ask(() => window.chiyuan.map.current.map.getStyle().layers.map(({ id }) => id))
  assert.ok(order.indexOf('pilot') < order.indexOf('base-0') && order.indexOf('base-0') < order.indexOf('county'), order.join())
  await look(desk, 11)
  await lies(desk, 'the shifted map from afar')
  await look(desk)

  await page.locator('.theme-switch').click()
  await desk.until(() => document.documentElement.dataset.theme === 'light', 'the theme is light')
  const day = await until(async () => {
    const now = await read(desk)
    return now.brightest > BRIGHT ? now : null
  }, 'bright by day')
  assert.equal(day.colours, 'red,green,blue,yellow')
  await page.locator('.theme-switch').click()
  assert.ok(tiles.asked.every(({ cookie }) => cookie === undefined), 'no cookie goes to the tile server')

  // The other maps have it as well.
  for (const [key, part] of [['d', '.desk-map'], ['w', '.wall']]) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.locator(part).waitFor()
    await desk.live()
    await desk.until(() => window.chiyuan.map.current.map.getLayer('base-0') !== undefined, `the map of ${part} has it`)
    await page.getByText(APPROVAL).filter({ visible: true }).waitFor()
  }
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.locator('.wall').waitFor({ state: 'detached' })
  await page.locator('.tree').waitFor()
  await desk.live()

  // The tile server goes: elsewhere the packaged base is seen, and it is said why.
  desk.faults.outage = true
  await tiles.end()
  // Too far for a coarser tile that was seen before.
  const elsewhere = { lon: 106.6, lat: 38.9 }
  await look(desk, ZOOM, elsewhere)
  const hint = page.getByRole('status').filter({ hasText: '底图服务没有给出图块' }).filter({ visible: true })
  await hint.waitFor({ timeout: 30_000 })
  const ground = await read(desk, elsewhere)
  assert.equal(ground.colours, 'none,none,none,none')
  assert.ok(ground.brightest > 0, 'the packaged ground is drawn')
  assert.match(await source.innerText(), new RegExp(PACKAGED.replace(/[()]/g, '\\$&')))

  // It comes back, and so does what was missed, by itself.
  await tiles.listen()
  await hint.waitFor({ state: 'detached', timeout: 60_000 })
  await until(async () => (await read(desk, elsewhere)).colours === 'red,red,red,red', 'what was missed is there', { timeout: 30_000, explain: async () => JSON.stringify(await read(desk, elsewhere)) })
  desk.faults.outage = false
  desk.clean()
})

/** A server whose base map is this file. */
async function withFile(t, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'chiyuan-basemap-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'tiles.pmtiles')
  writeFileSync(path, bytes)
  const program = await Program.start(t, undefined, { CHIYUAN_BASEMAP: path, CHIYUAN_BASEMAP_DATUM: 'wgs84' })
  return (await openDesk(t, program)).logIn('commander-140300')
}

test('pictures in a file of our own server', async (t) => {
  const desk = await withFile(t, pmtiles(PLACE, 13))
  await look(desk, 12.5)
  await lies(desk, 'the picture in the file')
  // Closer than the file goes, its deepest tiles are magnified, and so is what half of their pixels is.
  await look(desk, 15)
  await lies(desk, 'the magnified picture', 4)
  assert.equal(await desk.page.locator('.map-source').filter({ visible: true }).innerText(), PACKAGED)
  desk.clean()
})

test('vector tiles in a file of our own server', async (t) => {
  const desk = await withFile(t, pmtiles(PLACE, 13, { vector: true }))
  await look(desk, 14)
  const seen = await until(async () => {
    const found = await desk.ask(() => window.chiyuan.map.current.map.queryRenderedFeatures(undefined, { layers: ['base-water', 'base-main'] }).map(({ layer }) => layer.id))
    return found.includes('base-water') && found.includes('base-main') ? found : null
  }, 'water and street are drawn', { timeout: 30_000 })
  assert.ok(seen.length > 0)
  const under = (dx) =>
    desk.ask(([place, step]) => {
      const { map } = window.chiyuan.map.current
      const { x, y } = map.project(place)
      return map.queryRenderedFeatures([x + step, y - 40], { layers: ['base-water'] }).length > 0
    }, [[PLACE.lon, PLACE.lat], dx])
  assert.deepEqual([await under(-3), await under(3)], [true, false], 'the shore is where it belongs')
  const paint = () => desk.ask(() => window.chiyuan.map.current.map.getPaintProperty('base-water', 'fill-color'))
  const night = await paint()
  await desk.page.locator('.theme-switch').click()
  await until(async () => (await paint()) !== night, 'water has another colour by day')
  desk.clean()
})
