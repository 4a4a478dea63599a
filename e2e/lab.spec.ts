/** The Lab: figures drawn under the strict CSP, read by everyone, refused when broken. */
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext } from '@playwright/test'
import { sampleEvaluation } from '../src/demo/lab/evaluation.test-data.ts'
import { expect, type Page, test } from './visit.ts'

test.use({ expectedErrors: /404|Failed to load resource/ })

const RUN = {
  id: 'books',
  name: 'Sample Books',
  file: 'sample.json',
  command: 'hearth-recommender evaluate books --ablate --json public/lab/sample.json',
  date: '2026-01-31',
}

/** Serves an index of one run and made-up figures, or `body` in their place; null: none. */
async function serve(context: BrowserContext, body: unknown = sampleEvaluation()) {
  const json = (value: unknown) => ({
    contentType: 'application/json',
    body: JSON.stringify(value),
  })
  const runs = body === null ? [] : [RUN]
  await context.route('**/lab/index.json', (route) =>
    route.fulfill(json({ version: 1, runs })),
  )
  await context.route('**/lab/sample.json', (route) => route.fulfill(json(body)))
}

async function openLab(page: Page) {
  await page.goto('/#/lab')
  await expect(page.locator('.lab-plot')).toHaveCount(7)
}

/** The table under the summary of the figure titled `title`, unfolded. */
async function tableOf(page: Page, title: string) {
  const figure = page.locator('figure').filter({
    has: page.getByRole('heading', { name: title }),
  })
  await figure.getByText('The figures').click()
  return figure.getByRole('table')
}

test('the footer leads there, and the shop does not load it', async ({
  page,
  context,
  watched,
}) => {
  await serve(context)
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  const isLab = (url: string) => /lab-page|\/lab\//.test(url)
  expect(watched.asked.filter(isLab)).toEqual([])
  await page.getByRole('link', { name: /The Lab/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The Lab' })).toBeFocused()
  await expect(page).toHaveTitle('The Lab · Hearth')
  await expect(page.locator('.lab-plot')).toHaveCount(7)
  expect(watched.asked.some(isLab)).toBe(true)
})

test('tables hold the numbers of the file, and the page says how to make it', async ({
  page,
  context,
}) => {
  await serve(context)
  await openLab(page)
  const { meta, ...counts } = sampleEvaluation()
  const recall = await tableOf(page, 'Recall@20')
  const hearth = recall.getByRole('row', { name: /^Hearth/ }).getByRole('cell')
  const means = (await hearth.allInnerTexts()).map((text) => text.split('\n')[0])
  const keys = ['0', '1', '2', '3', '5', '10', '20', '50', 'all'] as const
  expect(means).toEqual(keys.map((k) => counts[k]!.fusion!['recall@20']!.toFixed(4)))
  const bytes = await tableOf(page, 'Bytes an item')
  for (const size of Object.values(meta.bytesPerItem)) {
    await expect(bytes.getByRole('cell', { name: size.toFixed(1) })).toBeVisible()
  }
  const ratings = await tableOf(page, 'By rating given')
  await expect(ratings.getByRole('row')).toHaveCount(1 + meta.ratings!.byRating.length)
  for (const told of [RUN.command, RUN.date, meta.protocol]) {
    await expect(page.getByText(told)).toBeVisible()
  }
})

test('the keyboard chooses a number of events and opens a table', async ({
  page,
  context,
}) => {
  await serve(context)
  await openLab(page)
  await page.getByRole('radio', { name: 'all' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('radio', { name: '50' })).toBeChecked()
  await expect(page.getByText(/^With 50 events the probability is/)).toBeVisible()
  await expect(page.getByText(/^With 50 events the largest difference/)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: /Difference in NDCG/ })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 } })

      test('axe finds nothing, nothing is wider than the page, nothing jumps', async ({
        page,
        context,
      }) => {
        await serve(context)
        await page.addInitScript(() => {
          const shifts: unknown[] = []
          Object.assign(window, { shifts })
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shifts.push(entry.toJSON())
          }).observe({ type: 'layout-shift', buffered: true })
        })
        await openLab(page)
        const shifts = await page.evaluate(
          () => (window as unknown as { shifts: { value: number }[] }).shifts,
        )
        expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.01)
        for (const summary of await page.locator('summary').all()) await summary.click()
        const widest = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(widest).toBeLessThanOrEqual(width)
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual(
          [],
        )
      })
    })
  }
}

test('a site without figures says so', async ({ page, context }) => {
  await serve(context, null)
  await page.goto('/#/lab')
  await expect(page.getByRole('heading', { name: 'No figures here' })).toBeVisible()
})

test('a run without ratings and ablations says so in their places', async ({
  page,
  context,
}) => {
  const { meta, ...counts } = sampleEvaluation()
  const { ratings: _, ...rest } = meta
  const rows = Object.fromEntries(
    Object.entries(meta.rows).filter(([, kind]) => kind !== 'ablation'),
  )
  await serve(context, { ...counts, meta: { ...rest, rows } })
  await page.goto('/#/lab')
  await expect(page.getByText('This run predicts no ratings')).toBeVisible()
  await expect(page.getByText('it was made without --ablate')).toBeVisible()
  await expect(page.locator('.lab-plot')).toHaveCount(5)
})

test('each catalogue that was evaluated has its address', async ({ page, context }) => {
  await serve(context)
  const { meta, ...counts } = sampleEvaluation()
  const films = { ...counts, meta: { ...meta, name: 'Sample Films', visitors: 31 } }
  const runs = [RUN, { ...RUN, id: 'films', name: 'Sample Films', file: 'films.json' }]
  await context.route('**/lab/index.json', (route) =>
    route.fulfill({ body: JSON.stringify({ version: 1, runs }) }),
  )
  await context.route('**/lab/films.json', (route) =>
    route.fulfill({ body: JSON.stringify(films) }),
  )
  await page.goto('/#/lab')
  await page.getByRole('link', { name: 'Sample Films' }).click()
  await expect(page.getByText('31 visitors, 10,000 items').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'The Lab' })).toBeFocused()
  await page.goBack()
  await expect(page.getByText('2,000 visitors, 10,000 items').first()).toBeVisible()
  await page.goto('/#/lab/nowhere')
  await expect(page.getByRole('heading', { name: 'No figures here' })).toBeVisible()
})

const damages = [
  ['missing', { status: 404, body: '' }, 'got status 404'],
  ['a web page', { contentType: 'text/html', body: '<!doctype html>' }, 'a web page'],
  ['of another shape', { body: '{"meta": {"version": 1}}' }, 'meta.name: got nothing'],
] as const
for (const [what, answer, words] of damages) {
  test(`figures ${what}: one clear error and a retry that works`, async ({
    page,
    context,
  }) => {
    await serve(context)
    await context.route('**/lab/sample.json', (route) => route.fulfill({ ...answer }))
    await page.goto('/#/lab')
    await expect(page.getByRole('alert')).toContainText(words)
    await context.unroute('**/lab/sample.json')
    await serve(context)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.locator('.lab-plot')).toHaveCount(7)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}
