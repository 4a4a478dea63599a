/**
 * A shop from one CSV: its filter bar by keyboard, and an overlay that takes effect at the
 * next page load without a build.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { SHOP_PACK } from './site-server-places.ts'
import { act, askHearth, expect, type Page, shelf, test } from './visit.ts'

const OVERLAY = `${SHOP_PACK}/overlay.json`

test.beforeAll(() => {
  const build = ['build', 'examples/shop/items.csv', '--out', SHOP_PACK, '--sold-out']
  execFileSync(process.execPath, ['bin/hearth.js', ...build], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
})
test.beforeEach(() => writeFileSync(OVERLAY, '{}\n'))

const cards = (page: Page) => page.locator('hearth-feed .card')
const card = (page: Page, title: string) =>
  page.locator('hearth-feed .card').filter({ hasText: title }).first()

async function categories(page: Page): Promise<string[]> {
  const ids = await cards(page).evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-hearth-item')!.replace(/-\d+$/, '')),
  )
  return [...new Set(ids)]
}

/** Scrolls through the page, so that every picture in a row is loaded. */
async function seePictures(page: Page) {
  for (const row of await page.locator('hearth-feed .row').all()) {
    await row.scrollIntoViewIfNeeded()
    await expect(row.locator('img').first()).toHaveJSProperty('complete', true)
  }
  await page.evaluate(() => scrollTo(0, 0))
  await page.mouse.move(0, 0)
}

/** All that is for sale is on the page, button after button. */
async function showAll(page: Page) {
  const more = page.getByRole('button', { name: 'Show more' })
  await expect(more).toBeVisible()
  for (let press = 0; press < 9 && (await more.isVisible()); press++) {
    const before = await cards(page).count()
    await more.press('Enter')
    await expect
      .poll(
        async () => (await cards(page).count()) > before || !(await more.isVisible()),
      )
      .toBe(true)
  }
}

test('the filter bar narrows the shelves, by keyboard alone', async ({ page }) => {
  await page.goto('/market/')
  await expect(cards(page).first()).toBeVisible()
  expect((await categories(page)).length).toBeGreaterThan(4)

  await page.getByLabel('Category').focus()
  await page.keyboard.type('Mugs')
  await expect.poll(() => categories(page)).toEqual(['mug'])
  await expect(card(page, 'Kelp mug')).toContainText('Sold out')

  await page.keyboard.press('Tab')
  await page.keyboard.type('stone')
  await expect.poll(() => cards(page).count()).toBe(3)
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Highest price in euros')).toBeFocused()
  await page.keyboard.press('Home')
  await expect(page.locator('output')).toHaveText('€10')
  await expect(page.getByText('Nothing here fits.')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => cards(page).count()).toBe(5)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(card(page, 'Breakwater mug')).toBeVisible()
  await expect(card(page, 'Kelp mug')).toHaveCount(0)

  // the bar holds for the search, too
  const found = page.locator('hearth-search').getByRole('option')
  const lamps = found.filter({ hasText: 'lamp' })
  const box = page.getByLabel('Search the shop')
  await box.fill('mug')
  await expect(found.first()).toBeVisible()
  await box.fill('lamp')
  await expect(page.locator('hearth-search').getByRole('status')).toBeVisible()
  await expect(lamps).toHaveCount(0)
  await page.getByRole('button', { name: 'All things' }).press('Enter')
  await expect.poll(async () => (await categories(page)).length).toBeGreaterThan(4)
  await box.fill('lamps')
  await expect(lamps.first()).toBeVisible()
})

test('more is shown until all of it is, nothing twice', async ({ page }) => {
  await page.goto('/market/')
  await expect(cards(page).first()).toBeVisible()
  await showAll(page)
  const ids = await cards(page).evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-hearth-item')),
  )
  expect(new Set(ids).size).toBe(40)
  expect(ids).toHaveLength(40)
})

test('an overlay pins, hides, reprices and sells out at the next page load', async ({
  page,
  watched,
}) => {
  await page.goto('/market/')
  await showAll(page)
  await expect(card(page, 'Guest book')).toBeVisible()
  await expect(card(page, 'Ripple cushion')).toContainText('€39.00')

  copyFileSync('examples/shop/overlay.json', OVERLAY)
  await page.reload()
  await expect(cards(page).first()).toContainText('Reed lamp')
  await expect(cards(page).first()).toContainText('Picked by this site')
  await showAll(page)
  await expect(card(page, 'Guest book')).toHaveCount(0)
  await expect(card(page, 'Ripple cushion')).toContainText('€29.00')
  await expect(card(page, 'Ripple cushion').locator('s')).toHaveText('€39.00')
  await expect(card(page, 'Tidepool armchair')).toContainText('Sold out')
  await page.getByLabel('In stock').press('Space')
  await expect(card(page, 'Tidepool armchair')).toHaveCount(0)

  // which things are shown is left to chance: whatever comes after the pinned one
  const like = page.locator('hearth-feed').getByRole('button', { name: /^Like: / })
  await like.nth(1).dispatchEvent('click')
  await expect(shelf(page, 'For you')).toBeVisible()
  await expect(cards(page).first()).toContainText('Reed lamp')
  await page.reload()
  await expect(shelf(page, 'For you')).toBeVisible()
  await expect(cards(page).first()).toContainText('Picked by this site')
  const { curation } = await askHearth(page, 'state')
  expect(curation.overlay).toMatchObject({ hidden: 1, pinned: 1, prices: 1, stock: 1 })
  const asked = watched.asked.map((url) => new URL(url).pathname.split('/').at(-1)!)
  const columns = new Set(asked.filter((name) => /^column-.*\.json$/.test(name)))
  // with the page, all of them, whatever the visitor chose
  expect(columns.size).toBe(curation.columns.known.length)
})

test('an overlay that is no JSON is named on the console, and the page goes on', async ({
  page,
}) => {
  const warnings: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  writeFileSync(OVERLAY, '{ "hidden": ["mug-1",] }')
  await page.goto('/market/')
  await expect(cards(page).first()).toBeVisible()
  const lines = warnings.filter((text) => text.includes('overlay.json'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/overlay\.json: it is not JSON.*left out/)
  const { pack } = await askHearth(page, 'state')
  expect(pack.notes.join('\n')).toContain('overlay.json: it is not JSON')
})

test.describe('a mistaken filter', () => {
  test.use({ expectedErrors: /unknown attribute "pric"/ })

  test('a filter that cannot be read shows nothing, and is named on the console', async ({
    page,
  }) => {
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.goto('/market/')
    await expect(cards(page).first()).toBeVisible()
    await page.locator('hearth-feed').evaluate((feed) => {
      feed.setAttribute('filter', 'pric < 50')
    })
    await expect(cards(page)).toHaveCount(0)
    await expect.poll(() => errors.join('\n')).toContain('did you mean "price"?')
  })
})

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`stands at ${width} px, ${colorScheme}`, async ({ page }) => {
      mkdirSync('test-results/shop', { recursive: true })
      copyFileSync('examples/shop/overlay.json', OVERLAY)
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await page.goto('/market/')
      await expect(cards(page).first()).toContainText('Reed lamp')
      await act(page, 'Like', 'Dune mug')
      await expect(shelf(page, 'For you')).toBeVisible()
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      )
      expect(overflow).toBeLessThanOrEqual(0)
      await seePictures(page)
      const path = `test-results/shop/${width}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true, animations: 'disabled' })
    })
  }
}
