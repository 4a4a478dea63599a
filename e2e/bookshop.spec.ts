/** The demo bookshop as a person uses it. */
import { readFileSync } from 'node:fs'
import {
  act,
  askHearth,
  askProfile,
  done,
  expect,
  expectDone,
  type Page,
  shelf,
  test,
  titlesIn,
} from './visit.ts'

async function openShop(page: Page, hash = '') {
  await page.goto(`/${hash}`)
  if (hash === '') await expect(shelf(page, 'Widely read')).toBeVisible()
}

/** Likes the first book of "Widely read" and waits for the list that follows from it. */
async function likeFirst(page: Page) {
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  return title!
}

test('a stranger sees the common shelves and no ML runtime is loaded', async ({
  page,
  watched,
}) => {
  await openShop(page)
  expect((await titlesIn(page, 'Widely read')).length).toBeGreaterThanOrEqual(6)
  await expect(page.locator('#events')).toContainText(/\d+ events?, only here/)
  await expectDone(page, 0)
  const heavy = watched.asked.filter((url) =>
    /\/(runtime|models)\/|encoder|towers/.test(url),
  )
  expect(heavy).toEqual([])
})

test('a like changes the list in the direction liked, and says why', async ({
  page,
}) => {
  await openShop(page)
  const result = await askHearth(page, 'search', 'dune frank herbert', {
    count: 1,
    mode: 'keyword',
  })
  const item = result.items[0]!
  expect(item.title).toContain('Dune')
  await page.goto(`/#/item/${item.id}`)
  await page.getByRole('button', { name: /^Like/ }).first().click()
  await page.goto('/#/')
  await expect(shelf(page, 'For you')).toBeVisible()
  const feed = await askHearth(page, 'shelves', { count: 12 })
  const forYou = feed.shelves.find(({ kind }) => kind === 'for-you')!
  const near = forYou.items.filter(
    ({ authors, genres }) =>
      authors?.includes('Frank Herbert') ||
      genres?.some((genre) => /science fiction|fantasy|dystopia/.test(genre)),
  )
  expect(near.length).toBeGreaterThanOrEqual(8)
  const why = page.locator('hearth-feed .why', { hasText: 'Dune' })
  await expect(why.first()).toBeVisible()
  for (const { score, components } of forYou.items) {
    const sum = Object.values(components).reduce((total, part) => total + part, 0)
    expect(Math.abs(sum - score)).toBeLessThan(1e-3)
  }
  await expect(shelf(page, /^Because you liked Dune/)).toBeVisible()
})

test('"not for me" takes a book away, and Undo brings it back', async ({ page }) => {
  await openShop(page)
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Not for me', title!)
  await expectDone(page, 1)
  const after = await askHearth(page, 'shelves', { count: 12 })
  const ids = after.shelves.flatMap(({ items }) => items.map(({ title }) => title))
  expect(ids).not.toContain(title)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectDone(page, 0)
})

test('the hover card stays under the pointer while the page re-ranks', async ({
  page,
}) => {
  await openShop(page)
  const card = page.locator('hearth-feed [data-hearth-item]').nth(5)
  const id = await card.getAttribute('data-hearth-item')
  await card.hover()
  await card.getByRole('button', { name: /^Like/ }).click()
  await expect(shelf(page, 'For you')).toBeAttached()
  const held = page.locator(`hearth-feed [data-hearth-item="${id}"]:hover`)
  const like = held.getByRole('button', { name: /^Like/ })
  await expect(like).toHaveAttribute('aria-pressed', 'true')
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  )
  await expect(like).toHaveAttribute('aria-pressed', 'true')
  await like.click() // the same press again takes it back
  await expectDone(page, 0)
})

test('a reload keeps the profile and the list', async ({ page }) => {
  await openShop(page)
  await likeFirst(page)
  await expectDone(page, 1)
  const before = await askHearth(page, 'shelves', { count: 12 })
  await page.reload()
  await expect(shelf(page, 'For you')).toBeVisible()
  const after = await askHearth(page, 'shelves', { count: 12 })
  const ids = (answer: typeof before) => answer.shelves[0]!.items.map(({ id }) => id)
  expect(ids(after)).toEqual(ids(before))
  await expectDone(page, 1)
})

test('deleting the event on You undoes what it taught, exactly', async ({ page }) => {
  await openShop(page)
  const options = { count: 1, mode: 'keyword' } as const
  const { items } = await askHearth(page, 'search', 'the hobbit', options)
  const { id } = items[0]!
  const before = (await askHearth(page, 'item', id))!.item
  const title = await likeFirst(page)
  const during = (await askHearth(page, 'item', id))!.item
  expect(during.score).not.toBe(before.score)
  await page.getByRole('banner').getByRole('link', { name: /You/ }).click()
  await page.getByRole('button', { name: `Remove: liked ${title}` }).click()
  await expectDone(page, 0)
  // what was seen meanwhile teaches, too: on a slow machine this very book
  const views = await askProfile(page, 'events')
  await askProfile(
    page,
    'remove',
    views.map(({ seq }) => seq),
  )
  const after = (await askHearth(page, 'item', id))!.item
  expect(after.score).toBe(before.score)
  expect(after.components).toEqual(before.components)
})

test('export, erase and import give the same list again', async ({ page }) => {
  await openShop(page)
  await likeFirst(page)
  await page.goto('/#/you')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const path = await (await download).path()
  expect(JSON.parse(readFileSync(path, 'utf8')).format).toBe('hearth-profile')
  const before = await askProfile(page, 'taste')
  await page.getByRole('button', { name: 'Erase everything' }).click()
  await page
    .getByRole('button', { name: /^(Yes|Erase)/ })
    .last()
    .click()
  await expectDone(page, 0)
  await page.getByLabel('Import', { exact: true }).setInputFiles(path)
  await expectDone(page, 1)
  expect(await askProfile(page, 'taste')).toEqual(before)
})

test('a broken profile file is refused in the page and nothing stored changes', async ({
  page,
}) => {
  await openShop(page)
  await likeFirst(page)
  await page.goto('/#/you')
  await expect(page.locator('hearth-profile[state=ready]')).toBeVisible()
  const events = await done(page)
  for (const text of [
    'not json',
    '{"format":"someone-else","version":1,"events":[]}',
  ]) {
    await page.getByLabel('Import', { exact: true }).setInputFiles({
      name: 'profile.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })
    await expect(page.getByRole('alert')).toBeVisible()
  }
  expect(await done(page)).toEqual(events)
})

test('a visitor who wants nothing kept is asked once: it holds on the next page', async ({
  page,
}) => {
  await openShop(page)
  await likeFirst(page)
  await page.goto('/#/you')
  const keep = page.locator('hearth-profile').getByRole('checkbox')
  await keep.uncheck()
  await expect
    .poll(async () => (await askHearth(page, 'state')).profile.mode)
    .toBe('memory')
  expect((await done(page)).length).toBe(1)
  await page.reload()
  await expect(keep).not.toBeChecked()
  expect(await done(page)).toEqual([])
  await keep.check()
  await expect
    .poll(async () => (await askHearth(page, 'state')).profile.mode)
    .toBe('indexeddb')
  await page.reload()
  await expect(keep).toBeChecked()
})

test('search answers by keywords at once and by meaning after, on WASM without a GPU', async ({
  page,
}) => {
  await openShop(page)
  const typed = 'a slow melancholy novel about the sea'
  const asked = { count: 12, mode: 'keyword' } as const
  const keyword = await askHearth(page, 'search', typed, asked)
  expect(keyword.mode).toBe('keyword')
  await page.goto(`/#/search/${encodeURIComponent(typed)}`)
  await expect(page.getByRole('combobox')).toHaveValue(typed)
  const meaning = await askHearth(page, 'search', typed, {
    count: 12,
    mode: 'semantic',
  })
  expect(meaning.mode).toBe('semantic')
  const state = await askHearth(page, 'state')
  expect(state.encoder).toMatchObject({ state: 'ready', backend: 'wasm' })
  expect(state.encoder.selfCheck).toBeGreaterThanOrEqual(0.98)
  expect(state.encoder.tried.join('\n')).toContain('webgpu:') // and why not
  const titles = meaning.items.map(({ title }) => title).join('\n')
  expect(titles).toMatch(
    /\b(sea|ocean|ship|shipping|whale|island|waves?|water|tide)\b/i,
  )
})

test('without its encoder the shop still picks, and search says what is missing', async ({
  page,
  context,
}) => {
  await context.route('**/models/**', (route) =>
    route.fulfill({ status: 404, body: '' }),
  )
  await openShop(page)
  const result = await askHearth(page, 'search', 'hobbit', { mode: 'semantic' })
  expect(result.mode).toBe('keyword')
  expect(result.items[0]!.title).toContain('Hobbit')
  expect(result.note).toBeTruthy()
  await likeFirst(page)
  expect((await askHearth(page, 'state')).encoder.state).toBe('failed')
})

test.describe('two tabs', () => {
  test.use({ tabs: 2 })

  test('share one profile', async ({ page, context }) => {
    await openShop(page)
    const other = await context.newPage()
    await openShop(other)
    await likeFirst(page)
    await expectDone(other, 1)
    await expect(shelf(other, 'For you')).toBeVisible()
  })
})

test('a dead worker is replaced and no event is lost', async ({ page }) => {
  await openShop(page)
  await likeFirst(page)
  const worker = page.workers().find((each) => each.url().includes('engine-worker'))!
  // close() ends it without a word, like a crash
  await worker.evaluate(() => self.close()).catch(() => {})
  const [, second] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', second!)
  await expectDone(page, 2, 40_000)
  expect((await askHearth(page, 'state')).restarts).toBe(1)
})

test('the whole walk through every page asks for nothing that says who walks', async ({
  page,
  watched,
}) => {
  await openShop(page)
  await likeFirst(page)
  const [title] = await titlesIn(page, 'For you')
  await shelf(page, 'For you').getByRole('link', { name: title!, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title! })).toBeVisible()
  await page.goto('/#/search/whales')
  await page.goto('/#/you')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // every file asked for is one that a stranger who did nothing could have asked for
  const paths = new Set(watched.asked.map((url) => new URL(url).pathname))
  for (const path of paths) {
    expect(path).toMatch(
      /^\/($|index\.html$|assets\/|catalogues\/books\/|models\/|runtime\/|[\w.-]+\.(svg|png|ico|webmanifest)$|too-old\.js$)/,
    )
  }
})
