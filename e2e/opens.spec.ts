/** What the visitor opens is counted by list on You, and two rankings are compared there. */
import { askProfile, expect, type Page, shelf, test } from './visit.ts'

const cards = (page: Page) => page.locator('hearth-feed .card .link')
const opensSection = (page: Page) => page.locator('app-you .opens')

/** Until this many items of the page's lists were seen for long enough. */
async function waitForViews(page: Page, least: number, policy = /./) {
  await expect
    .poll(async () => {
      const events = await askProfile(page, 'events')
      return events.filter(({ shown }) => shown && policy.test(shown.policy)).length
    })
    .toBeGreaterThanOrEqual(least)
}

test('opens are counted by list, and taken back with their events', async ({
  page,
}) => {
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  await waitForViews(page, 2)
  await cards(page).first().click()
  await page.locator('app-item h1').waitFor()
  await page.goto('/#/you')
  await expect(opensSection(page)).toContainText('Your one open came from Widely read.')
  await expect(opensSection(page)).toContainText('Too few to tell')
  const events = await askProfile(page, 'events')
  const opens = events.filter(({ kind }) => kind === 'click')
  await askProfile(
    page,
    'remove',
    opens.map(({ seq }) => seq),
  )
  await expect(opensSection(page)).toContainText('Nothing opened from a list yet.')
})

test('ticked on You, the shelf for the visitor is drafted from two rankings', async ({
  page,
}) => {
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  await page
    .getByRole('button', { name: /^Like: / })
    .first()
    .click()
  await page.goto('/#/you')
  await page.getByRole('checkbox', { name: /Fill For you half/ }).check()
  await expect(opensSection(page)).toContainText('Nothing opened from the mixed shelf')
  await page.goto('/#/')
  await shelf(page, 'For you').scrollIntoViewIfNeeded()
  await waitForViews(page, 2, /^team:/)
  await page.reload()
  await page.goto('/#/you')
  await expect(page.getByRole('checkbox', { name: /Fill For you half/ })).toBeChecked()
})
