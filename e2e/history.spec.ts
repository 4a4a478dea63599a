/** A visitor brings their history of another service: read here, chosen from, undone. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { askHearth, askProfile, expect, test } from './visit.ts'

const DAY = 86_400_000
const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10)
const slashed = (ago: number) => day(ago).replaceAll('-', '/')

const HEADER =
  'Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies'
const row = (
  title: string,
  author: string,
  { stars = 0, shelf = 'read', ago = 3 } = {},
) =>
  `900001,"${title}",${author},,,"=""""","=""""",${stars},4,,,,,,${shelf === 'read' ? slashed(ago) : ''},${slashed(ago + 9)},,,${shelf},,,,1,0`

/** An invented person's library, as Goodreads writes it. */
const LIBRARY = [
  HEADER,
  row('Dune (Dune, #1)', 'Frank Herbert', { stars: 5, ago: 4 }),
  row('Foundation (Foundation, #1)', 'Isaac Asimov', { stars: 5, ago: 6 }),
  row(
    "The Hitchhiker's Guide to the Galaxy (Hitchhiker's Guide to the Galaxy, #1)",
    'Douglas Adams',
    { stars: 4, ago: 9 },
  ),
  row('Neuromancer (Sprawl, #1)', 'William Gibson', { ago: 12 }),
  row('The Left Hand of Darkness', 'Ursula K. Le Guin', { shelf: 'to-read', ago: 20 }),
  row('Twilight (Twilight, #1)', 'Stephenie Meyer', { stars: 1, ago: 30 }),
  row('Hyperion Cantoes', 'Dan Simmons', { stars: 5, ago: 31 }),
  row(
    '<img src=x onerror=document.title=1> A Memoir That Was Never Written',
    'Nobody Atall',
    { stars: 3 },
  ),
].join('\n')

const file = {
  name: 'goodreads_library_export.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(LIBRARY),
}

async function openHistory(page: Page) {
  await page.goto('/#/you')
  await page.getByText('Bring your history').click()
}
const choose = (page: Page, given: typeof file = file) =>
  page.getByLabel('Choose a file').setInputFiles(given)
const listed = async (page: Page) =>
  (await askHearth(page, 'recommend', { count: 12 })).items.map(({ title }) => title)

test('a Goodreads library becomes events with their dates, and one step takes it back', async ({
  page,
  watched,
}) => {
  await openHistory(page)
  const before = await listed(page)
  const asked = watched.asked.length
  await choose(page)
  const preview = page.getByRole('region', { name: 'Bring your history' })
  await expect(preview.getByRole('heading')).toHaveText('Goodreads: 7 of 8 found here')
  await expect(preview.getByRole('heading')).toBeFocused()
  await expect(preview.getByRole('checkbox', { name: /^Dune/ })).toBeChecked()
  await expect(preview.getByText('rated 5 of 5').first()).toBeVisible()
  await expect(preview.getByText('on your list')).toBeVisible()
  await preview.getByText(/^Not here/).click()
  await expect(preview.getByText(/<img src=x .* A Memoir/)).toBeVisible()
  await preview.getByRole('button', { name: /^Add / }).press('Enter')

  const outcome = page.getByRole('status').filter({ hasText: 'added from Goodreads' })
  await expect(outcome).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeFocused()
  const events = await askProfile(page, 'events')
  expect(events.length).toBeGreaterThanOrEqual(6)
  const dune = events.find(({ record }) => record?.title === 'Dune')!
  expect(dune).toMatchObject({ kind: 'rate', value: 5 })
  expect(new Date(dune.at).toISOString().slice(0, 10)).toBe(day(4))
  await page.getByRole('button', { name: 'Show older' }).click()
  const finished = page
    .getByRole('listitem')
    .filter({ hasText: /finished\s+Neuromancer/ })
  await expect(finished).toBeVisible()
  const after = await listed(page)
  expect(after).not.toEqual(before)
  expect(after).not.toContain('Dune')
  expect(await page.title()).not.toBe('1')
  // what the page asked for meanwhile are its own scripts and kernels, and nothing carries what was read
  for (const url of watched.asked.slice(asked))
    expect(url).toMatch(/\/(assets|runtime)\/[\w.-]+\.(js|wasm)$/)

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText(/^Undone: \d removed/)).toBeVisible()
  expect(await askProfile(page, 'events')).toEqual([])
  expect(await listed(page)).toEqual(before)
})

test('the same file adds nothing twice, and is undone on a later page', async ({
  page,
}) => {
  await openHistory(page)
  await choose(page)
  await page.getByRole('button', { name: /^Add / }).click()
  await expect(page.getByText(/added from Goodreads/)).toBeVisible()
  const count = (await askProfile(page, 'events')).length
  await page.reload()
  await page.getByText('Bring your history').click()
  await expect(page.getByText(`From Goodreads: ${count} events`)).toBeVisible()
  await choose(page)
  await expect(page.getByText(/were added before|Nothing new/)).toBeVisible()
  expect(await askProfile(page, 'events')).toHaveLength(count)
  await page.getByRole('button', { name: 'Undo: what came from Goodreads' }).click()
  await expect(page.getByText(`Undone: ${count} removed`)).toBeVisible()
  expect(await askProfile(page, 'events')).toEqual([])
})

test('a file that is none is named, and changes nothing', async ({ page }) => {
  await openHistory(page)
  await choose(page, {
    name: 'cv.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n…'),
  })
  await expect(
    page.getByRole('alert').filter({ hasText: '“cv.pdf” seems to be a PDF' }),
  ).toBeVisible()
  expect(await askProfile(page, 'events')).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with what there is to choose from, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme })
    await openHistory(page)
    await page.getByText('Which files, and where to get them').click()
    await choose(page)
    await page.getByText(/^Not here/).click()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })
}
