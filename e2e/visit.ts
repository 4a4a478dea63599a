/**
 * What every browser test stands on: a page that is watched. The test fails if the page
 * asked for anything outside its origin, sent anything but plain GETs of static files,
 * broke the CSP or threw.
 */
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { Engine } from '../src/engine/engine.ts'

export { expect, type Page }

export interface Watched {
  /** Problems seen so far, one line each. */
  readonly problems: string[]
  /** Every URL asked for. */
  readonly asked: string[]
}

export const test = base.extend<{ watched: Watched; expectedErrors: RegExp[] }>({
  /** Console errors a test brings about on purpose. */
  expectedErrors: [[], { option: true }],
  watched: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const watched: Watched = { problems: [], asked: [] }
      watch(context, { watched, origin: new URL(baseURL!).origin, expectedErrors })
      await use(watched)
      expect(watched.problems).toEqual([])
      expect(watched.asked.length).toBeGreaterThan(0)
    },
    { auto: true },
  ],
})

function watch(
  context: BrowserContext,
  parts: { watched: Watched; origin: string; expectedErrors: RegExp[] },
) {
  const { watched, origin, expectedErrors } = parts
  const isExpected = (text: string) => expectedErrors.some((error) => error.test(text))
  context.on('request', (request) => {
    const url = request.url()
    watched.asked.push(url)
    const problem = problemOf(request.method(), url, origin)
    if (problem || request.postData()) watched.problems.push(`${problem}: ${url}`)
  })
  context.on('console', (message) => {
    const text = message.text()
    if (message.type() !== 'error' || isExpected(text)) return
    watched.problems.push(`console: ${text}`)
  })
  context.on('weberror', (error) => {
    const { message } = error.error()
    if (!isExpected(message)) watched.problems.push(`thrown: ${message}`)
  })
}

/** A static site needs GETs of paths alone: a query or a body could carry behaviour. */
function problemOf(method: string, url: string, origin: string): string | undefined {
  const { protocol, origin: asked, search, pathname } = new URL(url)
  if (protocol === 'blob:' || protocol === 'data:') return `${protocol} URL`
  if (asked !== origin) return 'outside the origin'
  if (method !== 'GET') return `a ${method}`
  const isForcedDevice = /^\?device=(webgpu|wasm|js)$/.test(search)
  const isPage = pathname.endsWith('/') || pathname.endsWith('.html')
  if (search !== '' && !(isPage && isForcedDevice)) return 'a query'
  return undefined
}

/** The engine behind the page's first Hearth element, called through its worker. */
export function askEngine<M extends keyof Engine>(
  page: Page,
  method: M,
  ...args: Parameters<Engine[M]>
): Promise<Awaited<ReturnType<Engine[M]>>> {
  return page.evaluate(
    async ([method, args]) => {
      const element = document.querySelector(
        'hearth-feed, hearth-related, hearth-search',
      )
      const { session } = element as unknown as {
        session: { hearth: { engine: Engine } }
      }
      const call = session.hearth.engine[method] as (
        ...args: unknown[]
      ) => Promise<unknown>
      return (await call(...args)) as never
    },
    [method, args] as const,
  )
}

/** The shelf under the heading `title`. */
export function shelf(page: Page, title: string | RegExp) {
  return page.getByRole('region', { name: title })
}

/** Presses an action of the card of `title` in whatever shelf shows it first. */
export async function act(page: Page, action: string, title: string) {
  const button = page.getByRole('button', { name: `${action}: ${title}`, exact: true })
  await button.first().dispatchEvent('click')
}

/** Titles of the cards in a shelf, in order. */
export function titlesIn(page: Page, title: string | RegExp) {
  return shelf(page, title).getByRole('heading', { level: 3 }).allInnerTexts()
}
