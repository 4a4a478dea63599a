/** What is typed is understood: refusals act, chips can be taken away, the text stays. */
import { expect, test } from './visit.ts'

test('a refusal keeps out what it refuses, and its chip can be taken away', async ({
  page,
}) => {
  await page.goto('/')
  const box = page.locator('hearth-search input')
  await box.fill('fantasy without dragons')
  const chips = page.locator('hearth-search').getByRole('list', { name: 'Understood' })
  await expect(chips.getByRole('button')).toHaveText([/fantasy/, /not dragons/])
  await expect(page.locator('hearth-search [role="option"]').first()).toBeVisible()
  const refusal = chips.getByRole('button', { name: 'remove: not dragons' })
  await refusal.focus()
  await page.keyboard.press('Enter')
  await expect(refusal).toHaveCount(0)
  await expect(box).toHaveValue('fantasy without dragons')
  await expect(box).toBeFocused()
})

test('a refusal on the search page survives a reload', async ({ page }) => {
  await page.goto('/#/search/not%20romance')
  const chip = page
    .locator('app-results')
    .getByRole('button', { name: 'remove: not romance' })
  await expect(chip).toBeVisible()
  await page.reload()
  await expect(chip).toBeVisible()
})
