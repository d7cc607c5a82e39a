// What a screen costs with many moving units, and over an hour: npm run measure; needs what the tests need.
// Says figures; asserts only what does not depend on the machine. CHIYUAN_MEASURE_MINUTES shortens the hour.
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeBrowser, openBrowser, openDesk } from './harness/browser.mjs'
import { Program } from './harness/program.mjs'

const MINUTES = Number(process.env.CHIYUAN_MEASURE_MINUTES ?? 60)
/** Positions in one report; the server takes 5 000. */
const BATCH = 2_500
const SECONDS = 10
const STATION = 'sta-140300-01'
const SHANXI = { west: 112.2, south: 37.2, width: 1.6, height: 1.2 }

const place = (number) => [SHANXI.west + SHANXI.width * ((number * 0.618) % 1), SHANXI.south + SHANXI.height * ((number * 0.755) % 1)]

/** Brings so many more ambulances in, as an administrator would: by file. */
async function register(program, from, to) {
  const administrator = await program.as('administrator')
  const rows = []
  for (let number = from; number < to; number++) {
    const row = [`amb-140300-m${number}`, '140300', `测量${number}号`, `晋C·M${number}`, '140300', STATION, 'BAC'[number % 3], 'transport', '', 'available', '', '', '', 'demo']
    rows.push(row.join(','))
  }
  const file = ['id,centre,name,plate,jurisdiction,home_id,class,capabilities,equipment,status,crew,lon,lat,source', ...rows].join('\n')
  const send = async (path) => {
    const answer = await fetch(`${program.base}/api/v1/worlds/live/registry/ambulance/${path}`, {
      method: 'POST', headers: { ...administrator.headers, 'content-type': 'text/csv' }, body: file,
    })
    assert.equal(answer.status, 200, await answer.clone().text())
    return answer.json()
  }
  const { digest } = await send('preview')
  await send(`import?digest=${digest}`)
}

/** Moves all units once a second until it is ended. */
function drive(program, units) {
  const steer = new AbortController()
  let slowest = 0
  const moving = (async () => {
    for (let tick = 0; !steer.signal.aborted; tick++) {
      const begun = Date.now()
      for (let first = 0; first < units.length; first += BATCH) {
        const fixes = units.slice(first, first + BATCH).map((unit_id, index) => {
          const [lon, lat] = place(first + index)
          const turn = (tick + index) / 20
          return { unit_id, at: new Date().toISOString(), lon: lon + 0.002 * Math.cos(turn), lat: lat + 0.002 * Math.sin(turn), speed_mps: 12, heading_deg: (turn * 57.3) % 360 }
        })
        await program.device.post('/worlds/live/positions', { fixes })
      }
      slowest = Math.max(slowest, Date.now() - begun)
      await sleep(Math.max(0, 1_000 - (Date.now() - begun)))
    }
  })()
  return async () => {
    steer.abort()
    await moving
    return slowest
  }
}

/** Frames of some seconds as the page sees them, the work behind them, and how often the base map was drawn. */
async function frames(desk) {
  const session = await desk.page.context().newCDPSession(desk.page)
  await session.send('Performance.enable')
  const spent = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]))
  const before = await spent()
  const seen = await desk.ask((seconds) => new Promise((resolve) => {
    const { map } = window.chiyuan.map.current
    const gaps = []
    let [base, last] = [0, performance.now()]
    const drawn = () => (base += 1)
    map.on('render', drawn)
    const end = last + seconds * 1_000
    const step = (now) => {
      gaps.push(now - last)
      last = now
      if (now < end) return requestAnimationFrame(step)
      map.off('render', drawn)
      gaps.sort((one, other) => one - other)
      const at = (share) => Math.round(gaps[Math.floor(share * (gaps.length - 1))] * 10) / 10
      resolve({ frames: gaps.length, median_ms: at(0.5), p95_ms: at(0.95), longest_ms: at(1), base_map_drawn: base })
    }
    requestAnimationFrame(step)
  }), SECONDS)
  const later = await spent()
  const share = (name) => Math.round((1_000 * (later[name] - before[name])) / SECONDS)
  await session.detach()
  return { ...seen, script_ms_per_s: share('ScriptDuration'), task_ms_per_s: share('TaskDuration') }
}

test('from the log-in to the first picture', async (t) => {
  const program = await Program.start(t)
  for (const turn of ['cold', 'warm']) {
    const desk = await openDesk(t, program)
    const { page } = desk
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const [paths, received] = [new Map(), { page: 0, base_map: 0 }]
    session.on('Network.responseReceived', ({ requestId, response }) => paths.set(requestId, new URL(response.url).pathname))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      received[/^\/basemap\//.test(paths.get(requestId) ?? '') ? 'base_map' : 'page'] += encodedDataLength
    })
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.reload()
    await page.waitForSelector('#username')
    const begun = Date.now()
    await desk.tryLogIn('commander-140300', program.account('commander-140300').password)
    await page.locator('[role=tree] [role=treeitem]').first().waitFor()
    const tree = Date.now() - begun
    await page.keyboard.press('/')
    await page.keyboard.type('amb-140302-001')
    await page.locator('#search-hits [role=option]').first().waitFor()
    const search = Date.now() - begun
    await desk.live()
    console.log(JSON.stringify({ turn, tree_ms: tree, search_ms: search, map_drawn_ms: Date.now() - begun, received_kb: Object.fromEntries(Object.entries(received).map(([part, bytes]) => [part, Math.round(bytes / 1_024)])) }))
    desk.clean()
  }
})

test('frames with 1 000 and with 10 000 moving units', async (t) => {
  // As on a desk: each frame of the map goes straight to the screen.
  await closeBrowser()
  await openBrowser({ plain: false })
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  let registered = 0
  for (const wanted of [1_000, 10_000]) {
    await register(program, registered, wanted)
    registered = wanted
    const units = Array.from({ length: wanted }, (_, number) => `amb-140300-m${number}`)
    const park = drive(program, units)
    await desk.until((count) => window.chiyuan.feed.picture.fixes.size >= count, 'every unit has reported', { argument: wanted, timeout: 60_000 })
    for (const [view, zoom] of [['city', 9], ['street', 13]]) {
      await desk.ask(([lon, lat, zoom]) => window.chiyuan.map.current.map.jumpTo({ center: [lon, lat], zoom }), [113.0, 37.8, zoom])
      await sleep(3_000)
      console.log(JSON.stringify({ units: wanted, view, ...(await frames(desk)) }))
    }
    console.log(JSON.stringify({ units: wanted, slowest_second_of_reports_ms: await park() }))
  }
  desk.clean()
})

test(`memory of the wall over ${MINUTES} minutes`, { timeout: (MINUTES + 5) * 60_000 }, async (t) => {
  const program = await Program.start(t)
  t.after(program.beside('demo-feed'))
  // Its size changes what is painted, not what is kept.
  const desk = await openDesk(t, program, { viewport: { width: 960, height: 540 } })
  await desk.logInAt('wall', 'commander-140300', '.wall')
  const session = await desk.page.context().newCDPSession(desk.page)
  await session.send('Performance.enable')
  const kept = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name) => metrics.find((metric) => metric.name === name).value
    return { heap_mb: Math.round(of('JSHeapUsedSize') / 104_858) / 10, nodes: of('Nodes'), listeners: of('JSEventListeners') }
  }
  await sleep(60_000)
  const samples = []
  for (let minute = 1; minute <= MINUTES; minute++) {
    samples.push(await kept())
    console.log(JSON.stringify({ minute, ...samples.at(-1), seq: await desk.ask(() => window.chiyuan.feed.picture.seq) }))
    await sleep(60_000)
  }
  const [first, last] = [samples[0], samples.at(-1)]
  assert.ok(last.heap_mb <= first.heap_mb * 1.2 + 2, `the heap grew from ${first.heap_mb} to ${last.heap_mb} MB`)
  assert.ok(last.nodes <= first.nodes * 1.2 + 100, `nodes grew from ${first.nodes} to ${last.nodes}`)
  desk.clean()
})

after(closeBrowser)
