// Pictures of the main screens: node scripts/screenshots.mjs URL ACCOUNTS.json OUT_DIR
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [base, accountsFile, out] = process.argv.slice(2)
const accounts = JSON.parse(readFileSync(accountsFile, 'utf8'))
const FLAGS = ['--headless=new', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...QUIET] })

async function open(language, username) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  await page.addInitScript((value) => localStorage.setItem('chiyuan.language', value), language)
  await page.goto(base)
  await page.waitForSelector('#username')
  if (username) {
    const { password } = accounts.find((account) => account.username === username)
    await page.fill('#username', username)
    await page.fill('#password', password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.feed-live', { timeout: 30_000 })
  }
  await page.waitForTimeout(6_000)
  return page
}

async function shoot(page, name) {
  await page.screenshot({ path: join(out, `${name}.png`) })
  console.log(name)
}

await shoot(await open('zh', null), 'login')
for (const language of ['zh', 'en']) {
  const page = await open(language, 'commander-140300')
  await shoot(page, `map-${language}`)
  await page.mouse.click(1010, 560)
  await page.waitForTimeout(4_000)
  await page.locator('.candidate').first().click()
  await page.waitForTimeout(3_000)
  await shoot(page, `query-${language}`)
}
await browser.close()
