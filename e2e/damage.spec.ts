/** What a visitor sees when the pack that arrives is not the pack that was built. */
import { act, askHearth, expect, shelf, test, titlesIn } from './visit.ts'

test.use({ expectedErrors: /404|Failed to load resource/ })

const damages = [
  ['missing', { status: 404, body: '' }],
  ['an HTML page', { status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }],
  ['truncated', { status: 200, contentType: 'application/octet-stream', body: 'HR' }],
] as const

for (const file of ['manifest.json', 'cf.*.bin', 'items-0.*.json']) {
  for (const [what, answer] of damages) {
    test(`${file} ${what}: one clear sentence and a retry that works`, async ({
      page,
      context,
    }) => {
      const pattern = `**/catalogues/books/${file}`
      await context.route(pattern, (route) => route.fulfill({ ...answer }))
      await page.goto('/')
      const retry = page.getByRole('button', { name: 'Retry' })
      await expect(retry).toBeVisible()
      await context.unroute(pattern)
      await retry.click()
      await expect(shelf(page, 'Widely read')).toBeVisible()
    })
  }
}

test('one altered byte is noticed', async ({ page, context }) => {
  await context.route('**/catalogues/books/cf.*.bin', async (route) => {
    const response = await route.fetch()
    const body = Buffer.from(await response.body())
    body[Math.floor(body.length / 2)]! ^= 1
    await route.fulfill({ response, body })
  })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
})

test('without IndexedDB the shop learns in memory and says so', async ({
  page,
  context,
}) => {
  await context.route('**/assets/engine-worker*.js', async (route) => {
    const response = await route.fetch()
    const denied = `Object.defineProperty(self, 'indexedDB', {
      get() { throw new DOMException('denied', 'SecurityError') }
    });\n`
    await route.fulfill({ response, body: denied + (await response.text()) })
  })
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  const { profile } = await askHearth(page, 'state')
  expect(profile.mode).toBe('memory')
  expect(profile.reason).toBeTruthy()
  await page.goto('/#/you')
  await expect(page.getByText(profile.reason!).first()).toBeVisible()
})

test('a first screen that is not the one built is left out', async ({
  page,
  context,
}) => {
  await context.route('**/catalogues/books/first.*.json', (route) =>
    route.fulfill({
      status: 200,
      contentType: 'application/json',
      body: '{"rows":[]}',
    }),
  )
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
})
