import test, { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeBrowser, openDesk } from './harness/browser.mjs'
import { Program } from './harness/program.mjs'
async function snap(session) {
  const parts = []
  const on = ({ chunk }) => parts.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', on)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', on)
  const s = JSON.parse(parts.join(''))
  const f = s.snapshot.meta.node_fields, n = f.length, types = s.snapshot.meta.node_types[0]
  const iT = f.indexOf('type'), iN = f.indexOf('name'), iS = f.indexOf('self_size')
  const acc = new Map()
  for (let i = 0; i < s.nodes.length; i += n) {
    const type = types[s.nodes[i + iT]]
    let name = s.strings[s.nodes[i + iN]]
    if (type === 'string' || type === 'concatenated string' || type === 'sliced string') name = '(string)'
    if (type === 'number') name = '(number)'
    const key = `${type}:${name.slice(0, 60)}`
    const a = acc.get(key) ?? [0, 0]
    a[0] += 1; a[1] += s.nodes[i + iS]
    acc.set(key, a)
  }
  return acc
}
test('heap', async (t) => {
  const program = await Program.start(t)
  t.after(program.beside('demo-feed'))
  const desk = await openDesk(t, program, { viewport: { width: 960, height: 540 } })
  await desk.logInAt('wall', 'commander-140300', '.wall')
  const session = await desk.page.context().newCDPSession(desk.page)
  await session.send('HeapProfiler.enable')
  await sleep(90_000)
  const one = await snap(session)
  await sleep(Number(process.env.GAP ?? 300_000))
  const two = await snap(session)
  const rows = [...two].map(([k, [c, b]]) => [k, c - (one.get(k)?.[0] ?? 0), b - (one.get(k)?.[1] ?? 0)]).sort((a, b) => b[2] - a[2])
  console.log('total', [...one.values()].reduce((s, [, b]) => s + b, 0), [...two.values()].reduce((s, [, b]) => s + b, 0))
  for (const r of rows.slice(0, 25)) console.log(r.join('  '))
})
after(closeBrowser)
