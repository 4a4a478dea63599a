/** Every page can be read and worked by everyone: axe, the keyboard, a still layout. */
import AxeBuilder from '@axe-core/playwright'
import {
  act,
  askHearth,
  done,
  expect,
  type Page,
  shelf,
  test,
  titlesIn,
} from './visit.ts'

const SIZES = [
  ['desktop, light', { width: 1280, height: 900 }, 'light'],
  ['phone, dark', { width: 390, height: 844 }, 'dark'],
] as const

async function likeSomething(page: Page) {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
}

for (const [name, viewport, colorScheme] of SIZES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('axe finds nothing wrong on any page', async ({ page }) => {
      await likeSomething(page)
      const feed = await askHearth(page, 'shelves')
      const { id } = feed.shelves[0]!.items[0]!
      for (const hash of ['#/', `#/item/${id}`, '#/search/whales', '#/you']) {
        await page.goto(`/${hash}`)
        await expect(page.locator('h1:visible').first()).toBeVisible()
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode() // another page would be opened, which stock WebKit cannot
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze()
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
        expect(found, hash).toEqual([])
      }
    })

    test('nothing jumps while the shop loads', async ({ page }) => {
      await page.addInitScript(() => {
        const shifts: number[] = []
        Object.assign(window, { shifts })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { hadRecentInput, value } = entry as PerformanceEntry & {
              hadRecentInput: boolean
              value: number
            }
            if (!hadRecentInput) shifts.push(value)
          }
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await page.goto('/')
      await page.locator('hearth-feed[state=ready]').waitFor()
      await expect(shelf(page, 'Something different')).toBeAttached()
      const total = await page.evaluate(() =>
        (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0),
      )
      expect(total).toBeLessThan(0.01)
    })
  })
}

test('a card keeps the focus when the first screen becomes the whole list', async ({
  page,
}) => {
  let letGo = () => {}
  const held = new Promise<void>((done) => {
    letGo = done
  })
  await page.route(/\.bin$/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/')
  const feed = page.locator('hearth-feed')
  const link = shelf(page, 'Widely read').getByRole('link').nth(1)
  await link.focus()
  await expect(feed).toHaveAttribute('state', 'loading')
  letGo()
  await expect(feed).toHaveAttribute('state', 'ready')
  await expect(link).toBeFocused()
})

test('the keyboard reaches a card, likes it and opens it', async ({ page }) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const first = shelf(page, 'Widely read').getByRole('link').first()
  await first.focus()
  await page.keyboard.press('ArrowRight')
  const titles = await titlesIn(page, 'Widely read')
  await expect(
    shelf(page, 'Widely read').getByRole('link', { name: titles[1]!, exact: true }),
  ).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: titles[1]! })).toBeFocused()
  await page.getByRole('button', { name: 'Like', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#events')).toContainText(/[1-9]\d* events?/)
  const kinds = async () => (await done(page)).map(({ kind }) => kind)
  await expect.poll(kinds).toContain('like') // written a moment after it is pressed
})
