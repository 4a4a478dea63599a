/** A browser that is too old shows what the page holds, and one line says why. */
import { expect, test } from './visit.ts'

test.use({ expectedErrors: /nothing was started/ })

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Array.prototype, 'toSorted')
  })
})

test('the shop says from which browsers on it picks, and starts nothing', async ({
  page,
  watched,
}) => {
  await page.goto('/')
  await expect(page.getByText(/in browsers from Chrome 110, Firefox 115/)).toBeVisible()
  await expect(page.locator('hearth-feed')).toHaveCount(0)
  expect(watched.asked.filter((url) => /engine-worker|catalogues/.test(url))).toEqual(
    [],
  )
})

test("an owner's page keeps what its element holds, and the console has one line", async ({
  page,
}) => {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await page.goto('/small/')
  await page
    .locator('hearth-feed')
    .evaluate((feed) => feed.append('What everyone reads'))
  await expect(page.getByText('What everyone reads')).toBeVisible()
  expect(
    await page.evaluate(() => customElements.get('hearth-feed') === undefined),
  ).toBe(true)
  expect(lines.filter((line) => line.startsWith('Hearth: '))).toEqual([
    'Hearth: this browser is too old for picks: it shows what the elements hold.',
  ])
})
