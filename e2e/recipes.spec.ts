/**
 * The sites under `examples/`, each built by its own tool with the package as an owner gets
 * it, served under the strict CSP, opened, clicked through.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRecipe, installHearth, RECIPES, siteServer } from './recipe-sites.ts'
import { expect, type Page, pageless, shelf, test } from './visit.ts'

const PORT = 4182
const server = siteServer(PORT)
let folder: string
let tarball: string

test.describe.configure({ mode: 'default' })

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-recipes-'))
  tarball = installHearth(folder)
  await server.open()
})
test.afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const cards = (page: Page, tag: string) => page.locator(tag).getByRole('listitem')
const links = (page: Page, tag: string) =>
  cards(page, tag).getByRole('heading').getByRole('link')

/** Shelves in order, each with its titles in order. */
const shelvesOf = (page: Page) =>
  page
    .locator('hearth-feed')
    .getByRole('region')
    .evaluateAll((shelves) => shelves.map((shelf) => shelf.textContent))

for (const recipe of RECIPES) {
  test.describe(recipe.name, () => {
    test.describe.configure({ mode: 'serial' })
    test.use({
      baseURL: `http://127.0.0.1:${PORT}`,
      ...(recipe.requests && { expectedRequest: recipe.requests }),
    })

    pageless('is built with one command more', () => {
      pageless.setTimeout(600_000)
      const site = buildRecipe(recipe, { folder, tarball })
      server.serve(site, recipe)
    })

    test('shows its pages on the home page, and each is there', async ({ page }) => {
      await page.goto('/')
      await expect(links(page, 'hearth-feed').first()).toBeVisible()
      const addresses = await links(page, 'hearth-feed').evaluateAll((all) =>
        all.map((link) => (link as HTMLAnchorElement).href),
      )
      expect(new Set(addresses).size).toBeGreaterThanOrEqual(4)
      for (const address of new Set(addresses)) {
        expect((await page.request.get(address)).status(), address).toBe(200)
      }
    })

    test('a click opens the page of its title, and teaches', async ({ page }) => {
      await page.goto('/')
      const card = links(page, 'hearth-feed').nth(2)
      await expect(card).toBeVisible()
      await expect(page.locator('hearth-feed')).toHaveAttribute('state', 'ready')
      const before = await shelvesOf(page)
      const title = await card.innerText()
      await card.click()
      await expect(
        page.getByRole('heading', { level: 1, name: title, exact: true }),
      ).toBeVisible()
      await page.goto('/')
      await expect(shelf(page, 'For you')).toBeVisible()
      expect(await shelvesOf(page)).not.toEqual(before)
    })

    test('a page shows others that go with it, and not itself', async ({ page }) => {
      await page.goto(recipe.page)
      const title = await page.locator('main h1').first().innerText()
      await expect(links(page, 'hearth-related').first()).toBeVisible()
      const related = await links(page, 'hearth-related').allInnerTexts()
      expect(related).not.toContain(title)
      await links(page, 'hearth-related').first().click()
      await expect(
        page.getByRole('heading', { level: 1, name: related[0]!, exact: true }),
      ).toBeVisible()
    })

    if (recipe.search) {
      const [text, title] = recipe.search
      test('its search finds a page', async ({ page }) => {
        await page.goto('/')
        const box = page.locator('hearth-search').getByRole('combobox')
        await box.fill(text)
        const found = page.locator('hearth-search').getByRole('option', { name: title })
        await expect(found.first()).toBeVisible()
        await expect(page.locator('hearth-search').getByRole('status')).toContainText(
          'meaning',
        )
      })
    }
  })
}
