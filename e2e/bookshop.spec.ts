/** The demo bookshop as a person uses it. */
import { readFileSync } from 'node:fs'
import { act, askEngine, expect, type Page, shelf, test, titlesIn } from './visit.ts'

async function openShop(page: Page, hash = '') {
  await page.goto(`/${hash}`)
  if (hash === '') await expect(shelf(page, 'Widely read')).toBeVisible()
}

async function signals(page: Page) {
  return (await page.locator('#signals').innerText()).trim()
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
  await expect(page.locator('#signals')).toContainText('0 signals')
  const heavy = watched.asked.filter((url) =>
    /\/(runtime|models)\/|encoder|towers/.test(url),
  )
  expect(heavy).toEqual([])
})

test('a like changes the list in the direction liked, and says why', async ({
  page,
}) => {
  await openShop(page)
  const result = await askEngine(page, 'search', 'dune frank herbert', { count: 1 })
  const { item } = result.picks[0]!
  expect(item.title).toContain('Dune')
  await page.goto(`/#/item/${item.id}`)
  await page.getByRole('button', { name: /^Like/ }).first().click()
  await page.goto('/#/')
  await expect(shelf(page, 'For you')).toBeVisible()
  const feed = await askEngine(page, 'feed', { count: 12 })
  const forYou = feed.shelves.find(({ kind }) => kind === 'for-you')!
  const near = forYou.picks.filter(
    ({ item }) =>
      item.authors?.includes('Frank Herbert') ||
      item.genres?.some((genre) => /science fiction|fantasy|dystopia/.test(genre)),
  )
  expect(near.length).toBeGreaterThanOrEqual(8)
  const reasons = forYou.picks.flatMap((pick) => pick.reasons.map(({ text }) => text))
  expect(reasons.some((text) => text.includes('Dune'))).toBe(true)
  for (const { score, components } of forYou.picks) {
    const sum = Object.values(components).reduce((total, part) => total + part, 0)
    expect(Math.abs(sum - score)).toBeLessThan(1e-3)
  }
  await expect(shelf(page, /^Because you liked Dune/)).toBeVisible()
})

test('"not for me" takes a book away, and Undo brings it back', async ({ page }) => {
  await openShop(page)
  const [title] = await titlesIn(page, 'Widely read')
  await act(page, 'Not for me', title!)
  await expect(page.locator('#signals')).toContainText('1 signal')
  const after = await askEngine(page, 'feed', { count: 12 })
  const ids = after.shelves.flatMap(({ picks }) => picks.map(({ item }) => item.title))
  expect(ids).not.toContain(title)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('#signals')).toContainText('0 signals')
})

test('the card in hand stays under the pointer while the page re-ranks', async ({
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
  await expect(page.locator('#signals')).toContainText('0 signals')
})

test('a reload keeps the profile and the list', async ({ page }) => {
  await openShop(page)
  await likeFirst(page)
  await expect(page.locator('#signals')).toContainText('1 signal')
  const before = await askEngine(page, 'feed', { count: 12 })
  await page.reload()
  await expect(shelf(page, 'For you')).toBeVisible()
  const after = await askEngine(page, 'feed', { count: 12 })
  const ids = (feed: typeof before) => feed.shelves[0]!.picks.map(({ item }) => item.id)
  expect(ids(after)).toEqual(ids(before))
  expect(await signals(page)).toContain('1 signal')
})

test('deleting the event on You undoes what it taught, exactly', async ({ page }) => {
  await openShop(page)
  const probe = (await askEngine(page, 'search', 'the hobbit', { count: 1 })).picks[0]!
  const before = (await askEngine(page, 'item', probe.item.id))!.pick
  const title = await likeFirst(page)
  const during = (await askEngine(page, 'item', probe.item.id))!.pick
  expect(during.score).not.toBe(before.score)
  await page.getByRole('banner').getByRole('link', { name: /You/ }).click()
  await page.getByRole('button', { name: `Remove: liked ${title}` }).click()
  await expect(page.locator('#signals')).toContainText('0 signals')
  const after = (await askEngine(page, 'item', probe.item.id))!.pick
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
  const before = await askEngine(page, 'taste')
  await page.getByRole('button', { name: 'Erase everything' }).click()
  await page
    .getByRole('button', { name: /^(Yes|Erase)/ })
    .last()
    .click()
  await expect(page.locator('#signals')).toContainText('0 signals')
  await page.locator('input[type=file]').setInputFiles(path)
  await expect(page.locator('#signals')).toContainText('1 signal')
  expect(await askEngine(page, 'taste')).toEqual(before)
})

test('a broken profile file is refused in the page and nothing stored changes', async ({
  page,
}) => {
  await openShop(page)
  await likeFirst(page)
  await page.goto('/#/you')
  const events = await askEngine(page, 'events')
  for (const text of [
    'not json',
    '{"format":"someone-else","version":1,"events":[]}',
  ]) {
    await page.locator('input[type=file]').setInputFiles({
      name: 'profile.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })
    await expect(
      page.getByRole('alert').or(page.getByRole('status')).first(),
    ).toBeVisible()
  }
  expect(await askEngine(page, 'events')).toEqual(events)
})

test('search answers by words at once and by meaning after, on WASM without a GPU', async ({
  page,
}) => {
  await openShop(page)
  const typed = 'a slow melancholy novel about the sea'
  const words = await askEngine(page, 'search', typed, { count: 12 })
  expect(words.mode).toBe('words')
  await page.goto(`/#/search/${encodeURIComponent(typed)}`)
  const meaning = await askEngine(page, 'search', typed, { count: 12, meaning: true })
  expect(meaning.mode).toBe('meaning')
  const state = await askEngine(page, 'state')
  expect(state.encoder).toMatchObject({ state: 'ready', backend: 'wasm' })
  expect(state.encoder.selfCheck).toBeGreaterThanOrEqual(0.98)
  expect(state.encoder.tried.join('\n')).toContain('webgpu:') // and why not
  const titles = meaning.picks.map(({ item }) => item.title).join('\n')
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
  const result = await askEngine(page, 'search', 'hobbit', { meaning: true })
  expect(result.mode).toBe('words')
  expect(result.picks[0]!.item.title).toContain('Hobbit')
  expect(result.note).toBeTruthy()
  await likeFirst(page)
  expect((await askEngine(page, 'state')).encoder.state).toBe('failed')
})

test('two tabs share one profile', async ({ page, context }) => {
  await openShop(page)
  const other = await context.newPage()
  await openShop(other)
  await likeFirst(page)
  await expect(other.locator('#signals')).toContainText('1 signal')
  await expect(shelf(other, 'For you')).toBeVisible()
})

test('a dead worker is replaced and no event is lost', async ({ page }) => {
  await openShop(page)
  await likeFirst(page)
  const worker = page.workers().find((each) => each.url().includes('engine-worker'))!
  // close() ends it without a word, like a crash
  await worker.evaluate(() => self.close()).catch(() => {})
  const [, second] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', second!)
  await expect(page.locator('#signals')).toContainText('2 signals', { timeout: 40_000 })
  expect((await askEngine(page, 'state')).restarts).toBe(1)
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
      /^\/($|index\.html$|assets\/|catalogues\/books\/|models\/|runtime\/|[\w.-]+\.(svg|png|ico|webmanifest)$)/,
    )
  }
})
