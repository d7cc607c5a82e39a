// 登录: a wrong password, then the map with everything in it.
import assert from 'node:assert/strict'
import test from 'node:test'
import { openDesk } from '../harness/browser.mjs'
import { Program } from '../harness/program.mjs'

const BUSY = ['assigned', 'en_route', 'on_scene', 'transporting', 'at_hospital', 'returning', 'decontaminating']
const UNITS = 'ambulance,team,special_vehicle'

test('a commander logs in and the tree counts what the API counts', async (t) => {
  const program = await Program.start(t)
  const desk = await openDesk(t, program)
  const { page } = desk
  await desk.tryLogIn('commander', 'not the password')
  await page.getByText('用户名或密码不对').waitFor()
  // What the first picture needs comes compressed.
  const script = (await (await fetch(program.base)).text()).match(/assets\/main-[^"]+\.js/)[0]
  assert.equal((await fetch(`${program.base}/${script}`)).headers.get('content-encoding'), 'gzip')
  await desk.logIn('commander')
  await desk.inStep()

  assert.match(await page.locator('.pill').innerText(), /实时\s+校验一致/)
  assert.match(await page.locator('.user').innerText(), /指挥长/)
  const api = await program.as('commander')
  const units = await api.resources('live', { kind: UNITS })
  const cities = (await api.resources('live', { kind: 'jurisdiction' })).map((f) => f.properties).filter((j) => !j.parent)
  const expected = cities
    .map(({ code, name }) => {
      const own = units.filter((f) => f.properties.centre === code).map((f) => f.properties.status)
      const available = own.filter((status) => status === 'available').length
      const busy = own.filter((status) => BUSY.includes(status)).length
      return { code, row: [name, available, busy, own.length - available - busy].join(' ') }
    })
    .sort((a, b) => a.code.localeCompare(b.code))
    .map(({ row }) => row)
  assert.equal(expected.length, 5)
  const rows = await page.locator('.tree-row.centre').allInnerTexts()
  assert.deepEqual(rows.map((row) => row.split(/\s+/).filter(Boolean).join(' ')), expected)

  const [yangquan] = await Promise.all([api.resources('live', { kind: 'bed_pool', jurisdiction: '140300' })])
  const negative = yangquan.map((f) => f.properties).filter((p) => p.properties.includes('negative_pressure'))
  const sum = (field) => negative.reduce((all, pool) => all + pool[field], 0)
  const beds = await page.locator('.tree-row', { hasText: '负压病床' }).locator('.n').allInnerTexts()
  assert.deepEqual(beds.map(Number), [sum('free'), sum('occupied'), sum('held')])
  desk.clean()
})

test('a dispatcher of Shuozhou sees Shuozhou alone', async (t) => {
  const program = await Program.start(t)
  const desk = await (await openDesk(t, program)).logIn('dispatcher-140600')
  const centres = await desk.ask(() =>
    ['ambulance', 'team', 'special_vehicle', 'bed_pool', 'stockpile', 'station', 'facility'].flatMap((kind) => [...window.chiyuan.feed.picture.all(kind)].map((e) => e.centre)),
  )
  assert.ok(centres.length > 50, `${centres.length} resources`)
  assert.deepEqual([...new Set(centres)], ['140600'])
  assert.deepEqual(await desk.page.locator('.tree-row.centre .name').allInnerTexts(), ['朔州市'])
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('城区01号')
  await desk.page.getByText('没有找到').waitFor()
  // Another city's fix never reaches this screen; one of its own, sent later, does.
  await program.fix('amb-140302-001', 113.58, 37.86)
  await program.fix('amb-140602-001', 112.43, 39.33)
  await desk.until(() => window.chiyuan.feed.picture.fixes.has('amb-140602-001'), 'own fix arrives')
  assert.equal(await desk.ask(() => window.chiyuan.feed.picture.fixes.has('amb-140302-001')), false)
  const api = await program.as('dispatcher-140600')
  assert.equal(await api.refusal('/worlds/live/resources/amb-140302-001'), 404)
  desk.clean()
})
