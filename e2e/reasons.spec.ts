/** Reasons in the bookshop: what is taken back is no reason any more, wherever it stood. */
import {
  act,
  askHearth,
  askProfile,
  expect,
  type Page,
  shelf,
  test,
  titlesIn,
} from './visit.ts'

const CARDS = 'hearth-feed .why'
const PAGE_REASONS = '.why-all li'

/** Every reason on every card of the home page, and every shelf's title. */
async function reasonsOnHome(page: Page): Promise<string[]> {
  const headings = await page.locator('hearth-feed h2').allInnerTexts()
  return [...headings, ...(await page.locator(CARDS).allInnerTexts())]
}

/** Likes two of "Widely read" that are named nowhere else; returns both titles. */
async function likeTwo(page: Page): Promise<readonly [string, string]> {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const [first, , , fourth] = await titlesIn(page, 'Widely read')
  await act(page, 'Like', fourth!)
  await expect(shelf(page, `Because you liked ${fourth}`)).toBeVisible()
  await act(page, 'Like', first!)
  await expect(shelf(page, `Because you liked ${first}`)).toBeVisible()
  return [first!, fourth!]
}

/** A pick that the like of `title` explains on its own page too. */
async function explainedBy(page: Page, title: string): Promise<string> {
  const { shelves } = await askHearth(page, 'shelves', { count: 12 })
  for (const { id } of shelves.flatMap(({ items }) => items)) {
    const detail = await askHearth(page, 'item', id)
    if (JSON.stringify(detail?.item.reasons).includes(JSON.stringify(title))) return id
  }
  throw new Error(`nothing is explained by ${title}`)
}

async function idOf(page: Page, title: string): Promise<string> {
  const events = await askProfile(page, 'events')
  return events.find(({ record }) => record?.title === title)!.item!
}

test('every card has a reason, and none repeats its shelf’s title', async ({
  page,
}) => {
  await likeTwo(page)
  for (const region of await page.locator('hearth-feed section.shelf').all()) {
    const title = (await region.locator('h2').innerText()).toLowerCase()
    const cards = await region.locator('li.card').count()
    const texts = await region.locator('.why').allInnerTexts()
    expect(texts).toHaveLength(cards)
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
    expect(texts.filter((text) => text.toLowerCase() === title)).toEqual([])
    expect(texts.filter((text) => /fits your taste/i.test(text)).length).toBeLessThan(3)
  }
})

test('a like that becomes a dislike is gone from every card, and from an open page', async ({
  page,
  context,
}) => {
  const [refused, kept] = await likeTwo(page)
  const before = await reasonsOnHome(page)
  expect(before.filter((text) => text.includes(refused)).length).toBeGreaterThan(1)
  const explained = await explainedBy(page, refused)

  const other = await context.newPage()
  await other.goto(`/#/item/${explained}`)
  const named = other.locator(PAGE_REASONS, { hasText: refused })
  await expect(named.first()).toBeVisible()

  const id = await idOf(page, refused)
  await page.goto(`/#/item/${id}`)
  await page.getByRole('button', { name: 'Not for me' }).first().click()
  await expect(page.locator(PAGE_REASONS)).toHaveText([/You said: not for me/])
  await expect(named).toHaveCount(0)

  await page.goto('/#/')
  await expect(shelf(page, `Because you liked ${kept}`)).toBeVisible()
  const after = await reasonsOnHome(page)
  expect(after.filter((text) => text.includes(refused))).toEqual([])
})

test('what "Show more" added is explained anew once a like is removed', async ({
  page,
}) => {
  const [removed] = await likeTwo(page)
  await page.locator('hearth-feed').evaluate((feed) => feed.setAttribute('more', ''))
  await page.getByRole('button', { name: /more/i }).last().click()
  const added = page.locator('hearth-feed ul.grid .why')
  await expect(added.first()).toBeVisible()
  await expect(page.locator('hearth-feed ul.grid li.card')).toHaveCount(
    await added.count(),
  )
  const liked = (await askProfile(page, 'events')).find(
    ({ kind, record }) => kind === 'like' && record?.title === removed,
  )
  await askProfile(page, 'remove', [liked!.seq])
  await expect(shelf(page, `Because you liked ${removed}`)).toHaveCount(0)
  await expect
    .poll(async () =>
      (await reasonsOnHome(page)).filter((text) => text.includes(removed)),
    )
    .toEqual([])
  await expect(page.locator('hearth-feed ul.grid .why').first()).toBeVisible()
})
