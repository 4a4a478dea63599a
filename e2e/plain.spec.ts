/** One script tag and one element in a hand-written page under a sub-path. */
import { HOSTILE_TITLE } from './global-setup.ts'
import { act, askHearth, askProfile, expect, shelf, test, titlesIn } from './visit.ts'

test('stands alone under a sub-path, learns from a click and keeps it', async ({
  page,
  watched,
}) => {
  await page.goto('/shop/plain/')
  await expect(
    shelf(page, 'Widely chosen').or(shelf(page, 'Something different')).first(),
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
  const { shelves } = await askHearth(page, 'shelves')
  const items = shelves.flatMap(({ items }) => items.map(({ id }) => id))
  const at = Date.now()
  await askHearth(
    page,
    'record',
    items.slice(0, 8).map((item, i) => ({ kind: 'like' as const, item, at: at + i })),
  )
  await expect
    .poll(async () => (await askHearth(page, 'state')).towers)
    .toMatchObject({ backend: 'js' })
})

test("a click on the page's own card of an item teaches too", async ({ page }) => {
  await page.goto('/small/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  await expect
    .poll(async () => {
      await page.locator('#own').click()
      const events = await askProfile(page, 'events')
      return events.some(({ kind, item }) => kind === 'click' && item === 's0')
    })
    .toBe(true)
  await expect(shelf(page, 'For you')).toBeVisible()
})

test('storage="memory" stores nothing on the device', async ({ page, context }) => {
  await context.route('**/small/', async (route) => {
    const response = await route.fetch()
    const html = (await response.text()).replace(
      'pack="pack"',
      'pack="pack" storage="memory"',
    )
    await route.fulfill({ response, body: html })
  })
  await page.goto('/small/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely chosen')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  expect((await askHearth(page, 'state')).profile.mode).toBe('memory')
  const databases = await page.evaluate(
    async () => (await indexedDB.databases()).length,
  )
  expect(databases).toBe(0)
  await page.reload()
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  expect(await askProfile(page, 'events')).toEqual([])
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
