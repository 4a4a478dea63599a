/** After one session the shop opens without a network. */
import { act, askHearth, expect, expectDone, shelf, test, titlesIn } from './visit.ts'

test.use({
  serviceWorkers: 'allow',
  expectedErrors: /ERR_INTERNET_DISCONNECTED|Failed to load resource/,
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
  await expectDone(page, 2)
  const { mode } = await askHearth(page, 'search', 'hobbit', { mode: 'keyword' })
  expect(mode).toBe('keyword')
})
