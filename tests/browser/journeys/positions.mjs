// 位置: a fix moves a unit on the map; old ones are told apart; simulated ones carry their mark.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const UNIT = 'amb-140302-001'
const FIRST = [113.66, 37.9]
const SECOND = [113.69, 37.91]

test('a fix moves a unit on the map within two seconds', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const { page } = desk
  const shows = (place) =>
    desk.until(
      ([id, [lon, lat]]) => {
        const view = window.chiyuan.map.current
        const fix = window.chiyuan.feed.picture.fixes.get(id)
        const node = view.nodes.find((n) => n.id === id)
        if (!fix || !node || fix.lon !== lon || fix.lat !== lat) return false
        const at = view.whereIs(node)
        return Math.abs(at.lon - lon) < 1e-5 && Math.abs(at.lat - lat) < 1e-5
      },
      'the unit stands where the fix says',
      { argument: [UNIT, place], timeout: 2_000 },
    )
  // Close enough that units are drawn one by one.
  await desk.ask(([lon, lat]) => window.chiyuan.map.current.map.jumpTo({ center: [lon, lat], zoom: 12.5 }), FIRST)
  await program.fix(UNIT, ...FIRST, { ago: 200, speed_mps: 12, heading_deg: 70 })
  await shows(FIRST)
  await program.fix(UNIT, ...SECOND, { speed_mps: 12, heading_deg: 70 })
  await shows(SECOND)

  // A person finds it there: the click opens its card, the card tells place, speed and age.
  const spot = await desk.at(...SECOND)
  await page.mouse.click(spot.x, spot.y)
  const card = page.locator('.card')
  await card.getByRole('heading', { name: '城区01号' }).waitFor()
  assert.match(await card.innerText(), /定位\s+(刚刚|\d+ 秒前) \d\d:\d\d:\d\d · 43 km\/h/)
  assert.match(await page.locator('.data-age').innerText(), /定位 (刚刚|\d+ 秒前)/)

  // The demo device's positions are marked for everybody who looks.
  await page.reload()
  await page.locator('.pill .chip', { hasText: '模拟位置' }).waitFor()
  desk.clean()
})

test('a unit without news for long is called stale', async (t) => {
  const program = await Program.start(t)
  await program.fix(UNIT, ...FIRST, { ago: 600, speed_mps: 12, heading_deg: 70 })
  const desk = await (await openDesk(t, program)).logIn('commander-140300')
  const card = await desk.openCard(UNIT)
  assert.match(await card.innerText(), /定位过期，10分\d+秒无定位/)
  assert.match(await desk.page.locator('.data-age .alarm').innerText(), /1 个定位过期/)
  assert.equal(await desk.page.locator('.pill .chip').count(), 0)
  await program.fix(UNIT, ...FIRST, { speed_mps: 0 })
  await desk.page.locator('.card', { hasText: /定位\s*(刚刚|\d+ 秒前)/ }).waitFor()
  assert.equal(await desk.page.locator('.data-age .alarm').count(), 0)
  desk.clean()
})
