/** `serve` as an owner starts it: the page, a made-up visitor, an item, another build. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { HOSTILE_TITLE } from './global-setup.ts'
import { expect, shelf, test, titlesIn } from './visit.ts'

const PORT = 4195
const FOLDER = '.cache/e2e/serve'
const ITEMS = `${FOLDER}/items.csv`
let command: ChildProcess
let printed = ''

test.use({ baseURL: `http://127.0.0.1:${PORT}` })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  cpSync('.cache/e2e/items.csv', ITEMS)
  const words = ['--interactions', '.cache/e2e/interactions.csv', '--watch']
  const cache = ['--port', String(PORT), '--cache', `${FOLDER}/cache`]
  const all = ['bin/hearth.js', 'serve', ITEMS, ...words, ...cache]
  command = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] })
  command.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  const start = performance.now()
  while (!printed.includes('http://') && performance.now() - start < 90_000) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})

test.afterAll(async () => {
  const ended = new Promise((resolve) => command.once('exit', resolve))
  command.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('a stranger sees what everyone starts with, and the facts of the pack', async ({
  page,
}) => {
  await page.goto('/')
  expect(printed).toContain(`Preview of items: http://127.0.0.1:${PORT}/`)
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  await expect(page.getByText('nothing yet: a stranger')).toBeVisible()
  const facts = page.getByRole('region', { name: 'What is in this pack' })
  await expect(facts).toContainText('id ← id, title ← title')
  await expect(facts).toContainText('on: cf, tower, content, attributes, popularity')
  await expect(facts).toContainText('profile: in memory alone')
  expect(await page.title()).toBe('items: preview')
})

test('the slider makes another visitor, by keyboard, and another list', async ({
  page,
}) => {
  await page.goto('/')
  const slider = page.getByRole('slider', { name: /has liked/ })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('3 items', { exact: true })).toBeVisible()
  await expect(shelf(page, 'For you')).toBeVisible()
  const select = page.getByLabel('A visitor who likes')
  await select.selectOption('gardening')
  await expect
    .poll(async () => (await titlesIn(page, 'For you')).join())
    .toMatch(/orchard|rose|seed|compost|greenhouse|meadow/)
  const gardener = await titlesIn(page, 'For you')
  await select.selectOption('space')
  await expect.poll(() => titlesIn(page, 'For you')).not.toEqual(gardener)
  expect(page.url()).toMatch(/#amount=2&taste=\d$/)
})

test('an item has a page with what goes with it, its title as text', async ({
  page,
}) => {
  await page.goto('/#amount=0&taste=0&item=s0')
  await expect(page.getByRole('heading', { name: HOSTILE_TITLE })).toBeVisible()
  await expect(shelf(page, 'Close to it')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the lists' }).click()
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
})

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const) {
  test(`it is accessible and fits ${width} px, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 844 })
    await page.goto('/#amount=2&taste=0')
    await expect(shelf(page, 'For you')).toBeVisible()
    const isWider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(isWider).toBe(false)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })
}

test('a changed source is built again, and the page shows it where it was', async ({
  page,
}) => {
  await page.goto('/#amount=1&taste=0')
  await expect(shelf(page, 'For you')).toBeVisible()
  await page.evaluate(() => scrollTo(0, 300))
  const text = readFileSync(ITEMS, 'utf8')
  writeFileSync(ITEMS, text.replace(/^s1,[^,]*/m, 's1,A rose by any name'))
  await expect(page.getByText(/0 added, 0 removed, 1 changed/)).toBeVisible({
    timeout: 60_000,
  })
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(300)
  await expect(page.getByText('1 item', { exact: true })).toBeVisible()
})
