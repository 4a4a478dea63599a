/** One script tag and one element in a hand-written page under a sub-path. */
import { HOSTILE_TITLE } from './global-setup.ts'
import { act, askEngine, expect, shelf, test, titlesIn } from './visit.ts'

test('stands alone under a sub-path, learns from a click and keeps it', async ({
  page,
  watched,
}) => {
  await page.goto('/shop/plain/')
  await expect(
    shelf(page, 'Widely read').or(shelf(page, 'Something different')).first(),
  ).toBeVisible()
  const first = page.getByRole('heading', { level: 3 }).first()
  const title = (await first.innerText()).trim()
  await act(page, 'Like', title)
  await expect(shelf(page, 'For you')).toBeVisible()
  expect((await titlesIn(page, 'For you')).length).toBeGreaterThanOrEqual(3)
  await page.reload()
  await expect(shelf(page, 'For you')).toBeVisible()
  const outside = watched.asked.filter(
    (url) => !new URL(url).pathname.startsWith('/shop/plain/'),
  )
  expect(outside.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([])
})

test('?device=js keeps to plain JS and says so', async ({ page }) => {
  await page.goto('/small/?device=js')
  const feed = await askEngine(page, 'feed')
  const items = feed.shelves.flatMap(({ picks }) => picks.map(({ item }) => item.id))
  const at = Date.now()
  await askEngine(
    page,
    'record',
    items
      .slice(0, 4)
      .map((itemId, i) => ({ kind: 'like' as const, itemId, at: at + i })),
  )
  await expect
    .poll(async () => (await askEngine(page, 'state')).towers)
    .toMatchObject({ backend: 'js' })
})

test("a click on the page's own card of an item teaches too", async ({ page }) => {
  await page.goto('/small/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  await expect
    .poll(async () => {
      await page.locator('#own').click()
      const events = await askEngine(page, 'events')
      return events.some(
        ({ signal }) => signal.kind === 'click' && signal.itemId === 's0',
      )
    })
    .toBe(true)
  await expect(shelf(page, 'For you')).toBeVisible()
})

test('the attribute memory stores nothing on the device', async ({ page, context }) => {
  await context.route('**/small/', async (route) => {
    const response = await route.fetch()
    const html = (await response.text()).replace('pack="pack"', 'pack="pack" memory')
    await route.fulfill({ response, body: html })
  })
  await page.goto('/small/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  expect((await askEngine(page, 'state')).profile.mode).toBe('memory')
  const databases = await page.evaluate(
    async () => (await indexedDB.databases()).length,
  )
  expect(databases).toBe(0)
  await page.reload()
  await expect(shelf(page, 'Widely read')).toBeVisible()
  expect(await askEngine(page, 'events')).toEqual([])
})

test('text of the catalogue is shown as text and never run', async ({ page }) => {
  await page.goto('/small/')
  await page.locator('hearth-feed').evaluate((feed) => feed.setAttribute('count', '50'))
  const title = page.getByRole('heading', {
    level: 3,
    name: HOSTILE_TITLE,
    exact: true,
  })
  await expect(title.first()).toBeAttached()
  expect(await page.locator('hearth-feed img').count()).toBe(0)
  expect(await page.title()).toBe('A small catalogue')
})
