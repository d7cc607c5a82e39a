// Every journey, two at a time, in one process: they share the browser and the template database, and nothing else.
import { after, suite } from 'node:test'
import { closeBrowser } from './harness/browser.mjs'

/** One leaves half of a machine of two processors waiting: for the server, for the next frame. */
const AT_ONCE = Number(process.env.CHIYUAN_TEST_AT_ONCE ?? 2)

suite('journeys', { concurrency: AT_ONCE }, async () => {
  for (const journey of ['login', 'positions', 'status', 'nearest', 'tools', 'basemap', 'outage', 'drill', 'dispatch', 'desk', 'registry', 'beds', 'language', 'wall', 'themes', 'accessibility'])
    if (!process.env.JOURNEY || process.env.JOURNEY.split(',').includes(journey)) await import(`./journeys/${journey}.mjs`)
})

after(closeBrowser)
