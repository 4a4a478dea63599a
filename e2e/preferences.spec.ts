/** What a visitor is asked first, and what they ask of makers and categories. */
import AxeBuilder from '@axe-core/playwright'
import {
  askHearth,
  askProfile,
  done,
  expect,
  expectDone,
  type Page,
  shelf,
  test,
} from './visit.ts'

const line = (page: Page) => page.locator('hearth-welcome .line')
const choice = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true })

async function openQuestions(page: Page) {
  await page.goto('/')
  await choice(page, 'Pick what you know').click()
  await expect(page.locator('hearth-welcome .item').first()).toBeVisible()
}

async function firstOf(page: Page, text: string) {
  const found = await askHearth(page, 'search', text, { count: 1, mode: 'keyword' })
  return found.items[0]!
}

/** Of one element: `access.spec.ts` has the whole pages. */
async function expectAccessible(page: Page, element: string, where: string) {
  const { violations } = await new AxeBuilder({ page })
    .include(element)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  expect(found, where).toEqual([])
}

test('a stranger picks what they know, the shelves follow, and one press undoes it', async ({
  page,
}) => {
  await openQuestions(page)
  const before = await askHearth(page, 'shelves', { count: 12 })
  const items = page.locator('hearth-welcome .item')
  await items.nth(0).click()
  await items.nth(3).click()
  await expectDone(page, 2)
  await expect(shelf(page, 'For you')).toBeAttached()
  await choice(page, 'Show others').click()
  await items.nth(1).click()
  await expectDone(page, 3)
  await choice(page, 'Next').click()
  await choice(page, 'fantasy').click()
  await choice(page, 'Next').click()
  await choice(page, 'horror').click()
  await expectDone(page, 5)
  await choice(page, 'Done').click()
  await expect(line(page)).toContainText('5 answers')
  const { shelves } = await askHearth(page, 'shelves', { count: 12 })
  const genres = shelves.flatMap(({ items }) =>
    items.flatMap((item) => item.genres ?? []),
  )
  expect(genres).not.toContain('horror')
  await choice(page, 'Undo').click()
  await expectDone(page, 0)
  const after = await askHearth(page, 'shelves', { count: 12 })
  expect(after.shelves.map(({ items }) => items.map(({ id }) => id))).toEqual(
    before.shelves.map(({ items }) => items.map(({ id }) => id)),
  )
})

test('"Not now" is remembered, and erasing everything makes a stranger again', async ({
  page,
}) => {
  await page.goto('/')
  await choice(page, 'Not now').click()
  await expect(line(page)).toBeHidden()
  await page.reload()
  await expect(shelf(page, 'Widely read')).toBeVisible()
  await expect(page.locator('hearth-welcome, .welcome')).toHaveCount(0)
  await page.goto('/#/you')
  await choice(page, 'Erase everything').click()
  await choice(page, 'Erase').click()
  await expect(page.getByText('Everything is erased.')).toBeVisible()
  await page.goto('/')
  await page.reload()
  await expect(line(page)).toBeVisible()
})

test('an author followed on a book comes sooner and says why; You takes it back exactly', async ({
  page,
}) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const dune = await firstOf(page, 'dune frank herbert')
  await askHearth(page, 'record', { kind: 'like', item: dune.id })
  const { id } = await firstOf(page, 'the lathe of heaven')
  const before = (await askHearth(page, 'item', id))!.item
  const book = await firstOf(page, 'the dispossessed le guin')
  await page.goto(`/#/item/${book.id}`)
  await page.locator('hearth-taste summary').click()
  await choice(page, 'Follow: Ursula K. Le Guin').click()
  await expect(choice(page, 'Follow: Ursula K. Le Guin')).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  const during = (await askHearth(page, 'item', id))!.item
  expect(during.components.feedback).toBeGreaterThan(before.components.feedback)
  expect(during.reasons.map(({ kind }) => kind)).toContain('followed')
  const sum = Object.values(during.components).reduce((total, each) => total + each, 0)
  expect(Math.abs(sum - during.score)).toBeLessThan(1e-3)
  await page.goto('/#/you')
  await expect(
    page.getByText('follow Ursula K. Le Guin').filter({ visible: true }).first(),
  ).toBeVisible()
  await choice(page, 'Follow: Ursula K. Le Guin').first().click()
  await expect.poll(() => askProfile(page, 'preferences')).toEqual([])
  // its page was looked at meanwhile, which teaches, too
  const others = (await done(page)).filter(({ kind }) => kind !== 'like')
  await askProfile(
    page,
    'remove',
    others.map(({ seq }) => seq),
  )
  // a like weighs less with every second, so the last digits are of another time
  const after = (await askHearth(page, 'item', id))!.item.components
  expect(Object.keys(after)).toEqual(Object.keys(before.components))
  for (const [name, share] of Object.entries(before.components)) {
    expect(after[name as keyof typeof after], name).toBeCloseTo(share, 6)
  }
})

test('what must never come is in no list, and last in a search for it', async ({
  page,
}) => {
  await page.goto('/')
  await expect(shelf(page, 'Widely read')).toBeVisible()
  const attribute = { relation: 'author', name: 'J.K. Rowling' } as const
  await askHearth(page, 'record', { kind: 'prefer', attribute, preference: 'never' })
  await expect(page.locator('hearth-feed').getByText(/J\.K\. Rowling/)).toHaveCount(0)
  const { items } = await askHearth(page, 'recommend', { count: 50 })
  expect(items.flatMap((item) => item.authors ?? [])).not.toContain('J.K. Rowling')
  const found = await askHearth(page, 'search', 'wizards', {
    count: 24,
    mode: 'keyword',
  })
  const isHers = found.items.map(({ authors = [] }) => authors.includes('J.K. Rowling'))
  expect(isHers.lastIndexOf(false)).toBeLessThan(
    isHers.includes(true) ? isHers.indexOf(true) : isHers.length,
  )
})

test('the questions and choices work by keyboard alone', async ({ page }) => {
  await page.goto('/')
  await choice(page, 'Pick what you know').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('hearth-welcome h2')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expectDone(page, 1)
  await page.keyboard.press('Escape')
  await expect(line(page)).toContainText('1 answer')
  await page.goto('/#/you')
  const more = page.getByRole('button', { name: /^Follow, less or never: / }).first()
  await more.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(async () => (await askProfile(page, 'preferences')).length).toBe(1)
})

for (const [name, viewport, colorScheme] of [
  ['desktop, light', { width: 1280, height: 900 }, 'light'],
  ['phone, dark', { width: 390, height: 844 }, 'dark'],
] as const) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('axe finds nothing wrong with the questions, the taste and the menu', async ({
      page,
    }) => {
      await openQuestions(page)
      await page.locator('hearth-welcome .item').nth(2).click()
      await expectAccessible(page, 'hearth-welcome', 'first question')
      await choice(page, 'Next').click()
      await page.locator('hearth-welcome .chip').nth(1).click()
      await expectAccessible(page, 'hearth-welcome', 'second question')
      await choice(page, 'Next').click()
      await page.locator('hearth-welcome .chip').nth(0).click()
      await expectAccessible(page, 'hearth-welcome', 'third question')
      await choice(page, 'Done').click()
      await page.goto('/#/you')
      await page
        .getByRole('button', { name: /^Follow, less or never: / })
        .first()
        .click()
      await expectAccessible(page, 'hearth-taste', 'You')
      const { id } = await firstOf(page, 'dune frank herbert')
      await page.goto(`/#/item/${id}`)
      await page.locator('hearth-taste summary').click()
      await expectAccessible(page, 'hearth-taste', 'a book with its menu open')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(viewport.width)
    })
  })
}
