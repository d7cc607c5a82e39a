// The tools of the map: shared marks at two desks, measuring, nearest and rings by the keyboard, views in links.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { until } from '../harness/until.mjs'

/** A city's desk; the other sits beside it. */
const CITY = '140300'
/** Metres from [112, 39] to [113, 40], and what a triangle with [113, 39] holds, as GeographicLib says. */
const LINE = '140.44 km'
const AREA = '4,809 km²'

async function type(desk, part, text, datum) {
  const field = desk.page.locator(`${part} .coordinates`)
  await field.locator('input').first().fill(text)
  if (datum) await desk.choose(datum, field.locator('.ant-select'))
  await field.getByRole('button').click()
}

/** Clicks on bare ground at these offsets from the middle of the map, px. */
async function clicks(desk, offsets) {
  const box = await desk.page.locator('.map-box').boundingBox()
  for (const [x, y] of offsets) await desk.page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2 + y)
}

const vertices = (desk) => desk.ask(() => window.chiyuan.ops.get().sketch?.vertices.length)

test('a mark that one desk draws is there at the other, is changed and removed', async (t) => {
  const program = await Program.start(t)
  const an = await (await openDesk(t, program)).logIn(`dispatcher-${CITY}`)
  const bo = await (await openDesk(t, program)).logIn(`commander-${CITY}`)

  await an.page.keyboard.press('p')
  await an.page.locator('.draw').waitFor()
  await until(async () => {
    await an.choose('警戒区', an.page.locator('.mark-fields .ant-select'))
    return (await an.ask(() => window.chiyuan.ops.get().sketch.shape)) === 'Polygon'
  }, 'a cordon is an area')
  await clicks(an, [[-80, -60], [80, -60], [80, 60], [-80, 60]])
  await until(async () => (await vertices(an)) === 4, 'four corners', { explain: () => an.ask(() => JSON.stringify(window.chiyuan.ops.get().sketch)) })
  // One step back and on again; the outline closes on its first corner.
  await an.page.keyboard.press('Escape')
  await until(async () => (await vertices(an)) === 3, 'one step back')
  await clicks(an, [[-80, 60]])
  await until(async () => (await vertices(an)) === 4, 'four corners again', { explain: () => an.ask(() => JSON.stringify(window.chiyuan.ops.get().sketch)) })
  await clicks(an, [[-80, -60]])
  await an.until(() => window.chiyuan.ops.get().sketch?.done, 'the outline is closed')
  await an.page.getByLabel('名称').fill('锅炉厂南门')
  await an.page.getByLabel('说明').fill('车辆绕行东路')
  await an.page.getByRole('button', { name: '保存标注' }).click()
  await an.page.locator('.mark-card').getByRole('heading', { name: /锅炉厂南门/ }).waitFor()

  // The other desk has it at once, with author and end.
  const row = bo.page.locator('.marks .candidate', { hasText: '锅炉厂南门' })
  await row.waitFor()
  assert.match(await row.innerText(), new RegExp(`警戒区 · 调度员 · [\\d:]+ · 至 `))
  await bo.until(() => window.chiyuan.map.current.nodes.some((node) => node.look.type === 'mark'), 'its board stands on the map')
  await row.click()
  const card = bo.page.locator('.mark-card')
  await card.getByText('车辆绕行东路').waitFor()
  await card.getByRole('button', { name: '修改' }).click()
  await card.getByLabel('名称').fill('锅炉厂北门')
  await card.getByRole('button', { name: '无期限' }).click()
  await card.getByRole('button', { name: '保存修改' }).click()
  const mine = an.page.locator('.mark-card')
  await mine.getByRole('heading', { name: /锅炉厂北门/ }).waitFor()
  await mine.getByText('无期限').waitFor()
  await mine.getByText('指挥长 · ').waitFor()

  // It lies on the dispatcher's map too.
  await an.page.keyboard.press('g')
  await an.page.keyboard.press('d')
  await an.page.locator('.desk-map').waitFor()
  const spot = await until(
    () =>
      an.ask(() => {
        const view = window.chiyuan.map?.current
        const node = view?.nodes.find(({ look }) => look.type === 'mark')
        if (!node) return null
        const { lon, lat } = view.whereIs(node)
        view.jump({ lon, lat, zoom: 12 })
        const { x, y } = view.map.project([lon, lat])
        const again = view.pick({ x, y: y - 17 })
        return again?.look.type === 'mark' ? { x, y: y - 17 } : null
      }),
    'the board is drawn on the desk map',
  )
  const box = await an.page.locator('.desk-map .map-box').boundingBox()
  await an.page.mouse.click(box.x + spot.x, box.y + spot.y)
  await an.page.locator('.mark-peek', { hasText: '锅炉厂北门' }).waitFor()

  // Removal is asked once more, and reaches everybody.
  await card.getByRole('button', { name: '移除' }).click()
  await bo.page.getByRole('button', { name: '确认移除' }).click()
  await card.getByText('已由 指挥长 移除').waitFor()
  await row.waitFor({ state: 'detached' })
  await an.page.locator('.mark-peek').waitFor({ state: 'detached' })
  await an.inStep()
  an.clean()
  bo.clean()
})

test('who may only look draws nothing, and another centre sees nothing', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('observer')
  await desk.page.keyboard.press('p')
  await desk.page.getByText('需要指挥长或调度员权限').waitFor()
  assert.ok(await desk.page.getByRole('button', { name: '保存标注' }).isDisabled())
  const stranger = await (await openDesk(t, program)).logIn('dispatcher-140600')
  const api = await program.as(`dispatcher-${CITY}`)
  await api.command('live', { type: 'draw_mark', mark_type: 'note', title: '别处', geometry: { type: 'Point', coordinates: [113.58, 37.86] } })
  await desk.page.locator('.marks .candidate', { hasText: '别处' }).waitFor()
  await stranger.inStep()
  assert.equal(await stranger.page.locator('.marks .candidate').count(), 0)
  desk.clean()
  stranger.clean()
})

test('lines and areas are measured by typed coordinates and by clicks', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  const { page } = desk
  await page.keyboard.press('m')
  const figures = page.locator('.measure .figures dd')
  // The datum is said, never guessed.
  await type(desk, '.measure', '112, 39', null)
  await page.locator('.measure').getByText('选坐标系').waitFor()
  await type(desk, '.measure', '112, 39', /^WGS-84/)
  await type(desk, '.measure', '113, 40', null)
  await until(async () => (await figures.allInnerTexts()).join() === LINE, `the line is ${LINE}`, { explain: async () => (await figures.allInnerTexts()).join() })
  await page.locator('.measure').getByRole('button', { name: '面积' }).click()
  for (const corner of ['112, 39', '113, 39', '113, 40']) await type(desk, '.measure', corner, null)
  await until(async () => (await figures.first().innerText()) === AREA, `the area is ${AREA}`)
  // Coordinates of another datum lie some hundred metres aside.
  await page.locator('.measure').getByRole('button', { name: '距离' }).click()
  await type(desk, '.measure', '113.58, 37.86', /^WGS-84/)
  await type(desk, '.measure', '113.58, 37.86', /^GCJ-02/)
  assert.match(await figures.innerText(), /^[4-7]\d\d m$/)

  // By clicks, with running figures; Esc steps back one by one, Enter ends.
  await page.locator('.measure').getByRole('button', { name: '面积' }).click()
  await page.locator('.measure').getByRole('button', { name: '距离' }).click()
  await desk.ask(() => document.activeElement.blur())
  await clicks(desk, [[0, 0], [120, 0], [120, 90]])
  await until(async () => (await vertices(desk)) === 3, 'three vertices')
  assert.equal(await page.locator('.measure .legs li').count(), 2)
  await page.keyboard.press('Escape')
  await until(async () => (await vertices(desk)) === 2, 'one taken back')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '重新量测' }).waitFor()
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Escape')
  await page.locator('.measure').waitFor({ state: 'detached' })
  desk.clean()
})

test('nearest from typed coordinates, several kinds, by the keyboard', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  const api = await program.as(`commander-${CITY}`)
  const { page } = desk
  await page.keyboard.press('n')
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  await page.locator('.near .candidate').first().waitFor()
  const field = page.locator('.near .point-field input')
  await field.fill('113.58, 37.86')
  // Nothing is taken before its datum is.
  await page.keyboard.press('Enter')
  await page.locator('.near .datum-hint').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const point = await until(async () => {
    const at = await desk.ask(() => window.chiyuan.ops.get().point)
    return Math.abs(at.lon - 113.58) < 0.02 && Math.abs(at.lat - 37.86) < 0.02 ? at : null
  }, 'the point is there')
  assert.ok(Math.abs(point.lon - 113.58) > 0.001, 'GCJ-02 was converted')

  await page.locator('.near .segments').getByText('队伍').click({ modifiers: ['Control'] })
  const wanted = { lon: point.lon.toFixed(6), lat: point.lat.toFixed(6), kind: 'ambulance,team', available: true, by: 'time', limit: 10 }
  const { features } = await api.get('/worlds/live/nearest', wanted)
  const listed = () => page.locator('.near .candidate .who > b').allInnerTexts()
  await until(async () => (await listed()).join() === features.map((f) => f.properties.name).join(), 'both kinds are ranked together')
  assert.match(await page.locator('.near .candidate').first().innerText(), /约 .*秒/)

  await page.locator('.near .candidate').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await desk.until((id) => window.chiyuan.ops.get().selected === id, 'the second is chosen', { argument: features[1].id })
  desk.clean()
})

test('nearest from an incident', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  const api = await program.as(`dispatcher-${CITY}`)
  const { changes } = await api.command('live', { type: 'open_incident', incident_type: 'medical', priority: 'P1', lon: 113.6, lat: 37.9 })
  const { number } = changes[0].entity
  const { page } = desk
  await desk.until((id) => window.chiyuan.feed.picture.get(id), 'the incident is there', { argument: changes[0].id })
  await page.keyboard.press('n')
  await desk.find(number)
  await page.locator('.near', { hasText: `从 事件 ${number.split('-').at(-1)}` }).waitFor()
  assert.deepEqual(await desk.ask(() => [window.chiyuan.ops.get().point.lon, window.chiyuan.ops.get().point.lat]), [113.6, 37.9])
  desk.clean()
})

test('rings of any radius round a point and round stations', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  const api = await program.as(`commander-${CITY}`)
  const { page } = desk
  await page.keyboard.press('r')
  const rings = page.locator('.rings')
  await rings.getByText('点击地图或搜索取圆心').waitFor()
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  await rings.getByLabel('其他，km').fill('12.5')
  await page.keyboard.press('Enter')
  await rings.getByRole('button', { name: '5 km', exact: true }).click()
  await until(async () => (await rings.locator('thead th').allInnerTexts()).join() === '10 km,12.5 km,20 km', 'the rings that were asked for')
  const at = await desk.ask(() => window.chiyuan.ops.get().point)
  const { summary } = await api.get('/worlds/live/within', { lon: at.lon.toFixed(6), lat: at.lat.toFixed(6), radius_m: 12_500, limit: 1 })
  const column = async (row) => Number((await rings.locator('tbody tr').nth(row).locator('td').nth(1).innerText()).replaceAll(',', ''))
  await until(async () => (await column(0)) === summary.units.available && (await column(4)) === summary.beds.free, 'the counts are the server’s')

  await rings.getByRole('button', { name: '全部站点' }).click()
  const stations = await api.resources('live', { kind: 'station' })
  await rings.getByText(`${stations.length} 处站点合计`).waitFor()
  assert.equal(await column(3), stations.length, 'every station lies in its own circle')
  await rings.locator('tfoot').getByText('无可派车人口').waitFor()
  await rings.getByLabel('其他，km').fill('0')
  await page.keyboard.press('Enter')
  await rings.getByRole('alert').waitFor()
  desk.clean()
})

test('a link opens the same view', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  const { page } = desk
  await desk.openCard('amb-140302-001')
  await page.keyboard.press('r')
  await desk.ask(() => window.chiyuan.map.current.jump({ lon: 113.6, lat: 37.9, zoom: 11.5 }))
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  await until(() => ['at=113.6,37.9,11.5', 'sel=amb-140302-001', 'tool=rings', 'from='].every((part) => page.url().includes(part)), 'the address follows', { explain: () => page.url() })

  const other = await (await openDesk(t, program)).logIn(`dispatcher-${CITY}`)
  await other.page.goto(page.url())
  await other.until(() => window.chiyuan.ops.get().selected === 'amb-140302-001', 'the selection')
  await other.page.locator('.card').waitFor()
  await other.page.locator('.rings tbody td').first().waitFor()
  const [here, there] = await Promise.all([desk, other].map((one) => one.ask(() => window.chiyuan.map.current.centre())))
  assert.ok(Math.abs(here.lon - there.lon) < 1e-4 && Math.abs(here.lat - there.lat) < 1e-4 && Math.abs(here.zoom - there.zoom) < 0.01, JSON.stringify([here, there]))
  // And after a page load.
  await other.page.reload()
  await other.live()
  await other.until(() => window.chiyuan.ops.get().tool === 'rings' && window.chiyuan.map.current.centre().zoom > 11.4, 'the same after a page load')
  desk.clean()
  other.clean()
})

test('the map is kept as a picture with its time and source, and ? lists the keys', async (t) => {
  const program = await Program.start(t)
  await program.fix('amb-140302-001', 113.6, 37.9, { speed_mps: 9 })
  const desk = await (await openDesk(t, program)).logIn(`commander-${CITY}`)
  await desk.page.keyboard.press('?')
  await desk.page.locator('.keys-float', { hasText: '打印或存图' }).waitFor()
  await desk.page.keyboard.press('Escape')
  await desk.page.locator('.keys-float').waitFor({ state: 'detached' })
  await desk.page.keyboard.press('o')
  const picture = desk.page.locator('.sheet img')
  await picture.waitFor()
  // Base, symbols and names are all on it: many colours, the colour of an available ambulance among them.
  const seen = await picture.evaluate(async (img) => {
    await img.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: img.naturalWidth, height: img.naturalHeight })
    const ctx = canvas.getContext('2d')
    ctx.drawImage(img, 0, 0)
    const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height)
    const colours = new Set()
    for (let i = 0; i < data.length; i += 4) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2])
    return { colours: colours.size, ready: colours.has(0x3ddc97), paper: colours.has(0xffffff), width: canvas.width }
  })
  assert.ok(seen.colours > 100 && seen.ready && seen.paper && seen.width > 800, JSON.stringify(seen))
  assert.match(await desk.page.locator('.sheet a').getAttribute('download'), /^chiyuan-\d{4}-\d\d-\d\d.*\.png$/)
  await desk.page.emulateMedia({ media: 'print' })
  assert.equal(await picture.evaluate((img) => getComputedStyle(img).visibility), 'visible')
  assert.equal(await desk.page.locator('.topbar').evaluate((bar) => getComputedStyle(bar).visibility), 'hidden')
  await desk.page.emulateMedia({ media: 'screen' })
  await desk.page.keyboard.press('Escape')
  await picture.waitFor({ state: 'detached' })
  desk.clean()
})
