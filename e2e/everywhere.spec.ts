/** However small, zoomed or turned around the page is: it can be read, reached and undone. */
import { act, driverCannot, expect, type Page, shelf, test, titlesIn } from './visit.ts'

/** 320 px is 1,280 at 400 %: WCAG 1.4.10. */
const SIZES = [
  ['320 px', { width: 320, height: 640 }],
  ['200 %', { width: 640, height: 430 }],
  ['400 %', { width: 320, height: 215 }],
] as const

async function openShop(page: Page) {
  await page.goto('/')
  await expect(page.locator('hearth-feed')).toHaveAttribute('state', 'ready')
  await expect(shelf(page, 'Widely read')).toBeVisible()
}

/** How far the page is wider than its window, px. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

for (const [name, viewport] of SIZES) {
  test.describe(name, () => {
    test.use({ viewport })

    test('no page is wider than its window, and the head leaves room to read', async ({
      page,
    }) => {
      await openShop(page)
      const book = await shelf(page, 'Widely read').getByRole('link').first()
      const href = await book.getAttribute('href')
      for (const hash of ['#/', href!, '#/search/whales', '#/you']) {
        await page.goto(`/${hash}`)
        await expect(page.locator('h1').filter({ visible: true }).first()).toBeVisible()
        expect(await overflow(page), hash).toBeLessThanOrEqual(0)
        await page.evaluate(() => scrollTo(0, 400))
        const head = await page.evaluate(() => {
          const { bottom } = document.querySelector('.top')!.getBoundingClientRect()
          return Math.max(0, bottom) / innerHeight
        })
        expect(head, `${hash}: share of the window under the head`).toBeLessThan(0.25)
      }
    })
  })
}

test('Undo stands in the window after "not for me", far down the page', async ({
  page,
}) => {
  await openShop(page)
  await page.evaluate(() => scrollTo(0, 500))
  const [title] = await titlesIn(page, 'Something different')
  await act(page, 'Not for me', title!)
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await expect(undo).toBeInViewport({ ratio: 1 })
  const ground = await page
    .locator('hearth-feed .toast')
    .evaluate((toast) => getComputedStyle(toast).backgroundColor)
  expect(ground).not.toMatch(/transparent|rgba\(.*, 0\)/)
})

test('the focus stays on the action that the keyboard pressed', async ({ page }) => {
  await openShop(page)
  const link = shelf(page, 'Widely read').getByRole('link').nth(2)
  const title = (await link.innerText()).trim()
  await link.focus()
  const like = shelf(page, 'Widely read').getByRole('button', {
    name: `Like: ${title}`,
    exact: true,
  })
  await like.focus()
  await page.keyboard.press('Enter')
  await expect(shelf(page, 'For you')).toBeVisible()
  const focused = await page.locator('hearth-feed').evaluate((feed) => {
    return feed.shadowRoot!.activeElement?.getAttribute('aria-label')
  })
  expect(focused).toBe(`Like: ${title}`)
})

test('Tab goes from card to card: a row itself is no stop', async ({ page }) => {
  driverCannot('webkit', 'press Tab')
  await openShop(page)
  await page.locator('hearth-search input').focus()
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const { activeElement } = document
      return (activeElement?.shadowRoot?.activeElement ?? activeElement)?.nodeName
    })
    expect(stop).not.toBe('UL')
  }
})

test('right to left, rows begin at the right and nothing leaves the window', async ({
  page,
}) => {
  await openShop(page)
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  const cards = shelf(page, 'Widely read').getByRole('listitem')
  const first = (await cards.nth(0).boundingBox())!
  const second = (await cards.nth(1).boundingBox())!
  expect(first.x).toBeGreaterThan(second.x + second.width)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  const [icon, input] = await page.locator('hearth-search').evaluate((search) => {
    const root = search.shadowRoot!
    return ['.icon', 'input'].map((each) => {
      const { left, right } = root.querySelector(each)!.getBoundingClientRect()
      return (left + right) / 2
    })
  })
  expect(icon).toBeGreaterThan(input!)
})

test.describe('reduced motion', () => {
  test('nothing slides when the list changes', async ({ page }) => {
    driverCannot('webkit', 'ask for less motion')
    driverCannot('firefox', 'ask for less motion')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await openShop(page)
    const [title] = await titlesIn(page, 'Widely read')
    await act(page, 'Like', title!)
    await expect(shelf(page, 'For you')).toBeVisible()
    const running = await page
      .locator('hearth-feed')
      .evaluate(
        (feed) =>
          feed
            .shadowRoot!.getAnimations()
            .filter(({ playState }) => playState === 'running').length,
      )
    expect(running).toBe(0)
  })
})

test.describe('forced colours', () => {
  test('the chosen search result is told apart by its outline', async ({ page }) => {
    driverCannot('webkit', 'force colours')
    driverCannot('firefox', 'force colours')
    await page.emulateMedia({ forcedColors: 'active' })
    await openShop(page)
    const input = page.getByRole('combobox')
    await input.fill('hobbit')
    await expect(page.getByRole('option').first()).toBeVisible()
    await input.press('ArrowDown')
    const lines = await page
      .getByRole('option')
      .evaluateAll((all) => all.map((option) => getComputedStyle(option).outlineStyle))
    expect(lines[0]).toBe('solid')
    expect(lines.slice(1)).not.toContain('solid')
  })
})

test.describe('390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the first row does not move while the list arrives', async ({ page }) => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(/\.bin$/, async (route) => {
      await held
      await route.continue()
    })
    const topOfRow = async () =>
      (await page.locator('hearth-feed .row').first().boundingBox())!.y
    await page.goto('/')
    await expect(page.locator('hearth-feed .card:not(.bone)').first()).toBeVisible()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    const before = await topOfRow()
    letGo()
    await expect(page.locator('hearth-feed')).toHaveAttribute('state', 'ready')
    expect(Math.abs((await topOfRow()) - before)).toBeLessThan(2)
  })
})

test('the search box stands where it stood before the fonts came', async ({ page }) => {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/\.woff2$/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/', { waitUntil: 'commit' }) // the load event waits for the fonts
  await expect(page.locator('hearth-search')).toHaveAttribute('state', 'ready')
  const left = async () => (await page.locator('hearth-search').boundingBox())!.x
  const before = await left()
  letGo()
  await page.waitForFunction(() => document.fonts.check('600 23px Newsreader'))
  expect(Math.abs((await left()) - before)).toBeLessThan(1)
})
