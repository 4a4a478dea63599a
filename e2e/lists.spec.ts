/** Lists worth looking at, as a visitor of the demo bookshop sees them. */
import { act, askHearth, expect, shelf, test, titlesIn } from './visit.ts'

const TASTE = ['The Girl with the Dragon Tattoo', 'In the Woods', 'Gone Girl']

test('the dial changes the list at once, towards the long tail', async ({ page }) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  const before = await titlesIn(page, 'For you')
  const dial = page.locator('hearth-feed input[type="range"]')
  await dial.focus()
  await dial.press('End')
  await expect(async () => {
    expect(await titlesIn(page, 'For you')).not.toEqual(before)
  }).toPass({ timeout: 2000 })
  await dial.press('Home')
  await expect(async () => {
    const familiar = await titlesIn(page, 'For you')
    expect(familiar.length).toBe(before.length)
    expect(familiar).not.toEqual(before)
  }).toPass({ timeout: 2000 })
})

test('a crime reader’s shelves hold several makers and no series from its middle', async ({
  page,
}) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  for (const text of TASTE) {
    const options = { count: 1, mode: 'keyword' } as const
    const { items } = await askHearth(page, 'search', text, options)
    await askHearth(page, 'record', { kind: 'like', item: items[0]!.id })
  }
  const { shelves } = await askHearth(page, 'shelves', { count: 12 })
  const begun = ['Millennium', 'Dublin Murder Squad']
  for (const { kind, items } of shelves.filter((own) => own.kind !== 'continue')) {
    const makers = items.slice(0, 6).map(({ authors }) => authors?.[0])
    expect(new Set(makers).size, kind).toBeGreaterThanOrEqual(3)
    for (const { series } of items) {
      if (!series || begun.includes(series.name)) continue
      expect(series.position ?? 1, series.name).toBeLessThanOrEqual(1)
    }
  }
})

test('the first screen stays when the whole catalogue is here', async ({ page }) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const first = await askHearth(page, 'first')
  const { items } = await askHearth(page, 'recommend', { count: 12 })
  expect(items.map(({ id }) => id)).toEqual(
    first.items.slice(0, 12).map(({ id }) => id),
  )
})
