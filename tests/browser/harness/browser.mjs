// One Chromium for all journeys; every page is watched for errors and for requests that leave the server.
import { chromium } from 'playwright-core'
import { Desk } from './desk.mjs'
import { PATIENCE } from './until.mjs'

/** The map's WebGL is drawn without a graphics card. */
const GRAPHICS = ['--headless=new', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
/** The page round the map is put together without WebGL: half the cost of a picture, but each frame of the map is copied. */
const PLAIN = '--disable-gpu-compositing'
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
/** Pages that Chromium loads behind the address bar of every window, which nobody sees. */
const HIDDEN_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']
/** What Playwright turns off itself: the last such list counts alone, so ours repeats it. */
const TURNED_OFF = [
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'AimEnabled',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]
const FEATURES = `--disable-features=${[...TURNED_OFF, ...HIDDEN_PAGES].join()}`
/** The question "who am I" before the log-in. */
const EXPECTED = ['401 /api/v1/session']

let browser

/** The first call decides how pages are put together: `plain`, or as on a desk. */
export async function openBrowser({ plain = true } = {}) {
  browser ??= chromium.launch({ executablePath: '/usr/bin/chromium', args: [...GRAPHICS, ...(plain ? [PLAIN] : []), ...QUIET, FEATURES] })
  return browser
}

export async function closeBrowser() {
  const open = browser
  browser = undefined
  await (await open)?.close()
}

/** A page of its own, as one person's; not logged in yet. `beside` are origins that it may ask for tiles. */
export async function openDesk(test, program, { language = 'zh', expected = [], beside = [], viewport = { width: 1920, height: 1080 } } = {}) {
  const context = await (await openBrowser()).newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000 * PATIENCE)
  const faults = watch(page, program.base, [...EXPECTED, ...expected], beside)
  await context.addInitScript((value) => localStorage.getItem('chiyuan.language') ?? localStorage.setItem('chiyuan.language', value), language)
  program.visits.push(context)
  await page.goto(program.base)
  await page.waitForSelector('#username')
  return new Desk(page, program, faults)
}

function watch(page, base, expected, beside) {
  const faults = { list: [], outage: false }
  const add = (fault) => faults.list.push(fault)
  page.on('pageerror', (error) => add(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    // Refusals are judged by their status below.
    const ofNetwork = text.startsWith('Failed to load resource') || (faults.outage && text.startsWith('WebSocket connection to'))
    if (!ofNetwork) add(`console: ${text}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== base && !beside.includes(url.origin)) add(`leaves the server: ${url.href}`)
  })
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(base).host) add(`leaves the server: ${socket.url()}`)
  })
  page.on('requestfailed', (request) => {
    // A question that a newer one has replaced, or that a page load ends, is no failure.
    const reason = request.failure()?.errorText
    if (reason !== 'net::ERR_ABORTED' && !faults.outage) add(`${reason}: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() < 400 || faults.outage) return
    const refusal = `${response.status()} ${new URL(response.url()).pathname}`
    if (!expected.includes(refusal)) add(refusal)
  })
  return faults
}
