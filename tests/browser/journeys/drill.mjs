// 演练: a director makes a drill; its band is always on top, its clock obeys, live does not notice.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'
import { steadily } from '../harness/until.mjs'

const UNIT = 'amb-140302-001'
const NAME = '聚集性发热处置'

/** Fixed at the top, full width, 40 px, orange stripes, nothing above it. */
async function bandOnTop(desk, where) {
  const band = await desk.ask(() => {
    const element = document.querySelector('.drill-band')
    const { top, left, width, height } = element.getBoundingClientRect()
    const { backgroundImage, visibility, opacity } = getComputedStyle(element)
    const covered = []
    for (let x = 2; x < innerWidth; x += 40) for (const y of [2, 20, 38]) if (!element.contains(document.elementFromPoint(x, y))) covered.push([x, y])
    return { box: [left, top, width, height], backgroundImage, visibility, opacity, covered, scroll: document.scrollingElement.scrollTop, text: element.innerText }
  })
  assert.deepEqual(band.box, [0, 0, 1920, 40], where)
  assert.match(band.backgroundImage, /repeating-linear-gradient\(135deg, rgb\(255, 125, 0\).*rgb\(228, 108, 0\)/, where)
  assert.deepEqual([band.visibility, band.opacity, band.scroll], ['visible', '1', 0], where)
  assert.deepEqual(band.covered, [], `${where}: something lies on the band`)
  assert.equal(band.text.match(/演练\n|\n演练/g)?.length >= 2, true, where)
  assert.ok(band.text.includes(NAME) && band.text.includes('一切指令、电话、短信均不外发'), where)
}

test('a drill is marked everywhere, keeps its own time and touches nothing live', async (t) => {
  const program = await Program.start(t)
  await program.fix(UNIT, 113.66, 37.9)
  const live = await (await openDesk(t, program)).logIn('commander-140300')
  assert.equal(await live.page.locator('.drill-band').count(), 0)
  const director = await (await openDesk(t, program)).logIn('exercise_director')
  const { page } = director
  await page.getByLabel('演练名称').fill(NAME)
  await page.getByRole('button', { name: '从实战画面创建' }).click()
  await page.waitForURL(/\?world=/)
  await director.live()
  const world = new URL(page.url()).searchParams.get('world')
  await bandOnTop(director, 'the map')
  assert.match(await page.title(), /^演 · /)
  assert.match(await page.locator('.pill').innerText(), /演练画面/)

  const pick = async (desk) => {
    await desk.find(UNIT)
    await desk.page.locator('.card').waitFor()
  }
  const views = {
    'a card': () => pick(director),
    'the list': () => page.keyboard.press('i'),
    'nearest and rings': async () => {
      await page.keyboard.press('i')
      const ground = await director.bareGround()
      await page.mouse.click(ground.x, ground.y)
      await page.locator('.near .candidate').first().waitFor()
    },
    'the search': async () => {
      await page.keyboard.press('/')
      await page.keyboard.type('阳泉')
      await page.locator('#search-hits [role=option]').first().waitFor()
    },
    'the choice of worlds': async () => {
      await page.locator('.search input').press('Escape')
      await page.locator('.world-select').click()
      await page.locator('.ant-select-item-option').first().waitFor()
    },
    'a fresh load': async () => {
      await page.reload()
      await director.live()
    },
  }
  for (const [view, open] of Object.entries(views)) {
    await open()
    await bandOnTop(director, view)
  }

  const time = () => director.ask(() => window.chiyuan.feed.clock.now())
  const clock = () => page.locator('.drill-time').innerText()
  const begin = page.getByRole('button', { name: '开始', exact: true })
  const pause = page.getByRole('button', { name: '暂停', exact: true })
  await begin.or(pause).waitFor()
  if (await pause.isVisible()) await pause.click()
  await begin.waitFor()
  const stopped = await time()
  await steadily(async () => Math.abs((await time()) - stopped) < 2, 'a paused clock stands', 1_200)
  await page.getByText('已暂停').first().waitFor()
  await page.getByRole('button', { name: '步进 60 秒' }).click()
  await director.until((from) => window.chiyuan.feed.clock.now() - from === 60_000, 'one step of a minute', { argument: stopped })
  const before = await clock()
  await begin.click()
  await pause.waitFor()
  await director.until((from) => window.chiyuan.feed.clock.now() > from + 60_500, 'the clock goes', { argument: stopped })
  await page.locator('.drill-time').filter({ hasNotText: before }).waitFor()
  await pause.click()
  await begin.waitFor()

  // Live moves on; the drill keeps the picture it was made of, and its own changes stay inside.
  await program.fix(UNIT, 113.661, 37.901)
  await live.until((id) => window.chiyuan.feed.picture.fixes.get(id).lon === 113.661, 'live sees the fix', { argument: UNIT })
  const commander = await program.as('commander-140300')
  await commander.command(world, { type: 'set_unit_status', unit_id: UNIT, status: 'suspended', reason: '演练' })
  await director.until((id) => window.chiyuan.feed.picture.get(id).status === 'suspended', 'the drill sees its own change', { argument: UNIT })
  const { status } = (await commander.get(`/worlds/live/resources/${UNIT}`)).properties
  assert.equal(status, 'available')
  assert.equal(await live.ask((id) => window.chiyuan.feed.picture.get(id).status, UNIT), 'available')
  assert.notEqual(await director.ask((id) => window.chiyuan.feed.picture.fixes.get(id)?.lon, UNIT), 113.661)
  director.clean()
  live.clean()
})
