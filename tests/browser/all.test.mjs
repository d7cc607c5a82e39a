// Every journey, one after the other, in one process: they share the browser and the template database.
import { after } from 'node:test'
import { closeBrowser } from './harness/browser.mjs'

for (const journey of ['login', 'positions', 'status', 'nearest', 'tools', 'basemap', 'outage', 'drill', 'dispatch', 'desk', 'registry', 'beds', 'language', 'wall', 'themes', 'accessibility'])
  if (!process.env.JOURNEY || process.env.JOURNEY.split(',').includes(journey)) await import(`./journeys/${journey}.mjs`)

after(closeBrowser)
