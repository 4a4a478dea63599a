/**
 * What every browser test stands on: a page that is watched. The test fails if the page
 * asked for anything outside its origin, sent anything but plain GETs of static files,
 * broke the CSP or threw.
 */
import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
} from '@playwright/test'
import type { Hearth, Profile } from '../src/index.ts'
import { StockWebKit } from './webkit/stock-webkit.ts'

export { expect, type Page }

export interface Watched {
  /** Problems seen so far, one line each. */
  readonly problems: string[]
  /** Every URL asked for. */
  readonly asked: string[]
}

interface Options {
  /** Console errors a test brings about on purpose; a list would be read as a fixture. */
  readonly expectedErrors: RegExp
  /** What a site's own framework asks of its origin, as `HEAD /a/` or `GET /a?b=c`. */
  readonly expectedRequest: RegExp
}

interface Windows {
  /** Tabs a test opens: stock WebKit has to open its windows first. */
  readonly tabs: number
  /** How the next context's windows look. */
  readonly windows: undefined
}

/** Tests without a page, beside others in one file: they share a worker and what it serves. */
export const pageless = base.extend({ browser: [openBrowser, { scope: 'worker' }] })

export const test = pageless.extend<{ watched: Watched } & Options & Windows>({
  tabs: [1, { option: true }],
  windows: async ({ browser, tabs, viewport, colorScheme, baseURL }, use) => {
    if (browser instanceof StockWebKit) {
      browser.next = {
        ...(viewport ?? { width: 1280, height: 720 }),
        isDark: colorScheme === 'dark',
        baseURL: baseURL!,
        tabs,
      }
    }
    await use(undefined)
  },
  // in this order: its windows look as the test asks
  context: async ({ windows: _, context }, use) => use(context),
  expectedErrors: [/^$/, { option: true }],
  expectedRequest: [/^$/, { option: true }],
  watched: [
    async ({ context, baseURL, expectedErrors, expectedRequest }, use, info) => {
      const watched: Watched = { problems: [], asked: [] }
      const { origin } = new URL(baseURL!)
      watch(context, { watched, origin, expectedErrors, expectedRequest })
      await use(watched)
      if (info.status === 'skipped') return
      expect(watched.problems).toEqual([])
      expect(watched.asked.length).toBeGreaterThan(0)
    },
    { auto: true },
  ],
})

/** Stock WebKit is not launched by Playwright; the others are, as it does itself. */
async function openBrowser(
  {
    playwright,
    browserName,
  }: Pick<PlaywrightWorkerArgs, 'playwright'> &
    Pick<PlaywrightWorkerOptions, 'browserName'>,
  use: (browser: Browser) => Promise<void>,
) {
  const browser =
    browserName === 'webkit'
      ? await StockWebKit.open()
      : await playwright[browserName].launch()
  await use(browser as Browser)
  await browser.close()
}

/** Skips the rest of a test in one browser, whose driver lacks something; says what. */
export function driverCannot(driver: 'firefox' | 'webkit', what: string) {
  test.skip(test.info().project.name === driver, `its driver cannot ${what}`)
}

function watch(
  context: BrowserContext,
  parts: Options & { readonly watched: Watched; readonly origin: string },
) {
  const { watched, origin, expectedErrors, expectedRequest } = parts
  const isExpected = (text: string) => expectedErrors.test(text)
  context.on('request', (request) => {
    const url = request.url()
    watched.asked.push(url)
    const path = url.startsWith(`${origin}/`) ? url.slice(origin.length) : undefined
    const isOfTheSite = path && expectedRequest.test(`${request.method()} ${path}`)
    const problem = isOfTheSite ? undefined : problemOf(request.method(), url, origin)
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

type Calls = Omit<Hearth, 'on' | 'profile'>

/** The Hearth of the page's elements, called in the page. */
export function askHearth<M extends keyof Calls>(
  page: Page,
  method: M,
  ...args: Parameters<Calls[M]>
): Promise<Awaited<ReturnType<Calls[M]>>> {
  return ask(page, { method, args, ofProfile: false }) as never
}

/** Its profile, called in the page. */
export function askProfile<M extends keyof Profile>(
  page: Page,
  method: M,
  ...args: Parameters<Profile[M]>
): Promise<Awaited<ReturnType<Profile[M]>>> {
  return ask(page, { method, args, ofProfile: true }) as never
}

interface Asked {
  readonly method: string
  readonly args: readonly unknown[]
  readonly ofProfile: boolean
}

function ask(page: Page, asked: Asked): Promise<unknown> {
  return page.evaluate(async ({ method, args, ofProfile }) => {
    const elements = document.querySelectorAll<Element & { hearth?: Hearth }>(
      'hearth-feed, hearth-related, hearth-search, hearth-profile',
    )
    const hearth = [...elements].find((element) => element.hearth)?.hearth
    if (!hearth) throw new Error('no element of this page has a Hearth')
    const target: unknown = ofProfile ? hearth.profile : hearth
    const call = (target as Record<string, (...args: unknown[]) => unknown>)[method]!
    return await call(...args)
  }, asked)
}

/** What the visitor did, besides what was only seen, newest first. */
export async function done(page: Page) {
  const events = await askProfile(page, 'events')
  return events.filter(({ kind }) => kind !== 'impression')
}

/** Waits until the log holds that many events besides impressions. */
export async function expectDone(page: Page, count: number, timeout = 10_000) {
  await expect.poll(async () => (await done(page)).length, { timeout }).toBe(count)
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
