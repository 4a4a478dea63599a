/** In a frame that may do nothing of its own, the page's own content stays. */
import { expect, test } from './visit.ts'

test.use({ expectedErrors: /./ })

test('a sandboxed frame shows what its element holds', async ({ page, context }) => {
  // a host that lets other origins read its scripts: without that none would run
  await context.route('**/small/**', async (route) => {
    const response = await route.fetch()
    const text = (await response.text()).replace(
      '<hearth-feed pack="pack">',
      '<hearth-feed pack="pack"><p>What everyone reads</p>',
    )
    const isPage = route.request().url().endsWith('/small/')
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'access-control-allow-origin': '*' },
      ...(isPage ? { body: text } : {}),
    })
  })
  await page.goto('/favicon.svg')
  await page.goto('/small/')
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.src = '/small/'
    document.body.replaceChildren(frame)
  })
  await expect(
    page.frameLocator('iframe').getByText('What everyone reads'),
  ).toBeVisible()
})
