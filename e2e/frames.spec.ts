/** In a frame that may do nothing of its own, the page's own content stays. */
import type { Route } from '@playwright/test'
import { expect, test } from './visit.ts'

test.use({ expectedErrors: /./ })

test('a sandboxed frame shows what its element holds', async ({ page, context }) => {
  // a host that lets other origins read its scripts: without that none would run
  const open = async (route: Route) => {
    const isPage = route.request().url().endsWith('/small/')
    const response = await route.fetch()
    const headers = { ...response.headers(), 'access-control-allow-origin': '*' }
    if (!isPage) return route.fulfill({ response, headers })
    const text = (await response.text()).replace(
      '<hearth-feed pack="pack">',
      '<hearth-feed pack="pack"><p>What everyone reads</p>',
    )
    await route.fulfill({ response, headers, body: text })
  }
  // what a page that is gone had asked for is answered to nobody
  await context.route('**/small/**', (route) => open(route).catch(() => {}))
  await page.goto('/small/')
  await page.waitForLoadState('networkidle') // what is under way would end with its page
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
