/** After one session the shop opens without a network. */
import { act, askEngine, expect, shelf, test, titlesIn } from './visit.ts'

test.use({
  serviceWorkers: 'allow',
  expectedErrors: [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/],
})

test('opens offline after the first session, with its profile, and goes on learning', async ({
  page,
  context,
}) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  await context.setOffline(true)
  await page.reload()
  await expect(shelf(page, 'For you')).toBeVisible()
  const [next] = await titlesIn(page, 'For you')
  await act(page, 'Save', next!)
  await expect(page.locator('#signals')).toContainText('2 signals')
  const { mode } = await askEngine(page, 'search', 'hobbit')
  expect(mode).toBe('words')
})
