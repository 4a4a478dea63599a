/** Stock WebKitGTK for Playwright: windows of its own, driven through its inspector. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, type Locator, type Page, webkit } from '@playwright/test'
import { proxyOf, targetsOf } from './inspector-proxy.ts'

const WINDOW = fileURLToPath(new URL('window.py', import.meta.url))
/** How long the windows may take to open, ms; this machine may be busy. */
const PATIENCE_MS = 30_000

export interface WindowOptions {
  readonly width: number
  readonly height: number
  readonly isDark: boolean
  readonly baseURL: string
  /** How many windows: no more can be opened later. */
  readonly tabs: number
  /** Of the X server, as ":7". */
  readonly display: string
}

/** A profile of its own with `tabs` windows, which `newPage()` hands out. */
export async function launchWebKit(options: WindowOptions): Promise<BrowserContext> {
  const home = mkdtempSync(join(tmpdir(), 'hearth-webkit-'))
  const inspector = await freePort()
  const child = openWindows(options, { home, inspector })
  await untilOpen(inspector, options.tabs)
  const { server, port } = await proxyOf(inspector)
  const browser = await webkit.connectOverCDP(`http://127.0.0.1:${port}`)
  const context = browser.contexts()[0]!
  const pages = [...context.pages()]
  for (const page of pages) lendWhatLacks(page, { baseURL: options.baseURL, home })
  context.newPage = async () => {
    const next = pages.shift()
    if (!next) throw new Error('no window left: name more `tabs` for this test')
    return next
  }
  context.close = async () => {
    // it may wait for an answer of a page that is gone
    await Promise.race([browser.close().catch(() => {}), sleep(2_000)])
    server.close()
    server.closeAllConnections()
    await ended(child)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  return context
}

function openWindows(
  { width, height, isDark, baseURL, tabs, display }: WindowOptions,
  { home, inspector }: { readonly home: string; readonly inspector: number },
): ChildProcess {
  // a file of the origin: from about:blank the first load would change the process
  const urls = Array.from({ length: tabs }, () => `${baseURL}/favicon.svg`)
  return spawn('/usr/bin/python3', [WINDOW, `${width}`, `${height}`, home, ...urls], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      GTK_THEME: isDark ? 'Adwaita:dark' : 'Adwaita',
      WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${inspector}`,
    },
  })
}

async function untilOpen(inspector: number, tabs: number) {
  const end = Date.now() + PATIENCE_MS
  const count = async () => (await targetsOf(inspector).catch(() => [])).length
  while ((await count()) < tabs) {
    if (Date.now() > end)
      throw new Error('WebKit opens no window: is there an X server?')
    await sleep(100)
  }
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(3_000)])
  if (child.exitCode === null) child.kill('SIGKILL')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** What stock WebKit's inspector cannot do and a test needs. */
function lendWhatLacks(
  page: Page,
  { baseURL, home }: { readonly baseURL: string; readonly home: string },
) {
  const goto = page.goto.bind(page)
  page.goto = async (url, options) => {
    const to = new URL(url, baseURL)
    const isSame = to.hash !== '' && to.href.split('#')[0] === page.url().split('#')[0]
    if (!isSame) return goto(to.href, options)
    // the inspector tells nobody of a step within the page
    await page.evaluate((hash) => {
      location.hash = hash
    }, to.hash)
    return null
  }
  const waitForEvent = page.waitForEvent.bind(page) as (
    event: string,
  ) => Promise<unknown>
  page.waitForEvent = ((event: string) =>
    event === 'download'
      ? nextDownload(join(home, 'downloads'))
      : waitForEvent(event)) as Page['waitForEvent']
  const locators = Object.getPrototypeOf(page.locator('x')) as Locator
  locators.setInputFiles = setFiles
}

/** The file that comes into `folder` next, as far as tests read a download. */
async function nextDownload(folder: string) {
  const finished = () =>
    readdirSync(folder).filter((name) => !name.endsWith('.wkdownload'))
  const before = new Set(finished())
  for (;;) {
    const name = finished().find((each) => !before.has(each))
    if (name)
      return { path: async () => join(folder, name), suggestedFilename: () => name }
    await sleep(100)
  }
}

type GivenFile = string | { readonly name: string; readonly buffer: Buffer }

async function setFiles(this: Locator, given: Parameters<Locator['setInputFiles']>[0]) {
  const files = ([given].flat() as GivenFile[]).map((file) =>
    typeof file === 'string'
      ? { name: file.split('/').at(-1)!, text: readFileSync(file, 'utf8') }
      : { name: file.name, text: file.buffer.toString('utf8') },
  )
  await this.evaluate((input, list) => {
    const data = new DataTransfer()
    for (const { name, text } of list) data.items.add(new File([text], name))
    ;(input as HTMLInputElement).files = data.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }, files)
}
