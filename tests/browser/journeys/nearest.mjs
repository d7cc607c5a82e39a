// 最近资源 and 服务半径: a click on the map gives the ranked list and the counts, as the API gives them.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { until } from '../harness/until.mjs'

const RADII_KM = [5, 10, 20]

async function point(desk) {
  const { lon, lat } = await desk.ask(() => window.chiyuan.ops.get().point)
  return { lon: lon.toFixed(6), lat: lat.toFixed(6) }
}

function shown(metres) {
  return metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : metres < 10_000 ? `${(metres / 1_000).toFixed(1)} km` : null
}

/** The list on the screen is the server's answer. */
async function agrees(desk, api, query) {
  const { features } = await api.get('/worlds/live/nearest', { ...(await point(desk)), limit: 10, ...query })
  assert.ok(features.length > 0, 'there is something to rank')
  const names = features.map((feature) => feature.properties.name)
  const listed = () => desk.page.locator('.near .candidate .who > b').allInnerTexts()
  await until(async () => (await listed()).join() === names.join(), `the list shows ${names.join()}`, { explain: async () => (await listed()).join() })
  const far = await desk.page.locator('.near .candidate .far').allInnerTexts()
  features.forEach((feature, i) => {
    const text = shown(feature.properties.distance_m)
    if (text) assert.equal(far[i], text)
    else assert.match(far[i], /^\d+(\.\d)? km$/)
  })
  return features
}

test('the nearest tool ranks ambulances and filters by kind and capability', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const api = await program.as('commander-140300')
  const { page } = desk
  await page.keyboard.press('n')
  const ground = await desk.bareGround()
  await page.mouse.click(ground.x, ground.y)
  const features = await agrees(desk, api, { kind: 'ambulance', available: true })
  const metres = features.map((feature) => feature.properties.distance_m)
  assert.deepEqual(metres, metres.toSorted((a, b) => a - b))
  assert.equal(await page.locator('.rings').count(), 0, 'this tool asks one question')

  const capabilities = page.locator('.near .ant-select')
  await desk.choose(/^负压$/, capabilities)
  const negative = await agrees(desk, api, { kind: 'ambulance', available: true, capability: 'negative_pressure' })
  assert.ok(negative.every((feature) => feature.properties.class === 'C'))
  await page.keyboard.press('Escape')

  await page.locator('.near .segments').getByText('床位').click()
  // The wish for negative pressure goes along; taken back, every free bed counts.
  await agrees(desk, api, { kind: 'bed_pool', available: true, capability: 'negative_pressure' })
  await capabilities.click()
  await desk.choose('负压病床')
  await agrees(desk, api, { kind: 'bed_pool', available: true })
  await page.keyboard.press('Escape')

  // What the list offers is one click away.
  const first = page.locator('.near .candidate').first()
  const name = await first.locator('.who > b').innerText()
  await first.click()
  await page.locator('.card').getByRole('heading', { name }).waitFor()
  desk.clean()
})

test('the rings count what lies within 5, 10 and 20 km', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const api = await program.as('commander-140300')
  const ground = await desk.bareGround()
  await desk.page.mouse.click(ground.x, ground.y)
  const rings = desk.page.locator('.rings')
  await rings.locator('tbody td').first().waitFor()
  assert.deepEqual(await rings.locator('thead th').allInnerTexts(), RADII_KM.map((km) => `${km} km`))
  const at = await point(desk)
  const columns = await Promise.all(
    RADII_KM.map(async (km) => {
      const ask = (query) => api.get('/worlds/live/within', { ...at, radius_m: km * 1_000, limit: 1_000, ...query })
      const [all, ambulances, negative, stations, pools] = await Promise.all([
        ask({}),
        ask({ kind: 'ambulance', available: true }),
        ask({ kind: 'ambulance', available: true, capability: 'negative_pressure' }),
        ask({ kind: 'station' }),
        ask({ kind: 'bed_pool' }),
      ])
      const free = (property) =>
        pools.features.map((f) => f.properties).reduce((sum, pool) => sum + (pool.properties.includes(property) ? pool.free : 0), 0)
      const { units, beds, stock } = all.summary
      const counts = [units.available, ambulances.features.length, negative.features.length, stations.features.length]
      return [...counts, beds.free, free('negative_pressure'), free('icu'), stock.sites]
    }),
  )
  assert.ok(columns[2][0] > columns[0][0], 'the widest circle holds more')
  const rows = await rings.locator('tbody tr').all()
  const table = await Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).map((n) => Number(n.replaceAll(',', '')))))
  assert.deepEqual(table, columns[0].map((_, row) => columns.map((column) => column[row])))
  desk.clean()
})
