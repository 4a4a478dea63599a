/** What was seen and passed over gives way, without a press, and comes back with its views. */
import { askProfile, expect, type Page, shelf, test, titlesIn } from './visit.ts'

const SHELF = 'Widely chosen'

/** Opens the page anew. @returns the titles of its common shelf */
async function open(page: Page): Promise<string[]> {
  await page.goto('/small/')
  await expect(shelf(page, SHELF)).toBeVisible()
  return titlesIn(page, SHELF)
}

/** Looks at the page as it lies open, without a click, until cards were seen in it. */
async function passOver(page: Page) {
  const views = async () => {
    const events = await askProfile(page, 'events')
    return events.filter(({ kind }) => kind === 'impression').length
  }
  const before = await views()
  await shelf(page, SHELF).scrollIntoViewIfNeeded()
  await expect.poll(views).toBeGreaterThanOrEqual(before + 3)
}

test('a list that was passed over twice changes; without its views it is as before', async ({
  page,
}) => {
  const first = await open(page)
  await passOver(page)
  await open(page)
  await passOver(page)
  const third = await open(page)
  expect(third[0]).not.toBe(first[0])
  expect(third.slice(0, 3)).not.toEqual(first.slice(0, 3))

  const events = await askProfile(page, 'events')
  const views = events.filter(({ kind }) => kind === 'impression')
  await askProfile(
    page,
    'remove',
    views.map(({ seq }) => seq),
  )
  expect(await open(page)).toEqual(first)
})
