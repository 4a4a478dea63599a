/**
 * What does a long log cost a visitor? The built site in a real Chromium, with logs of 100,000
 * events put into its database: until the engine is ready, for the feed, for the profile's page,
 * and how much is stored. Each figure stands beside that of an empty log, in the same run.
 *
 *   npx tsx bench/long-log.ts [events] [part of a log.s name]      after `npm run build:site`
 */
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../e2e/browsers.ts'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { startStaticHost } from './static-host.ts'

const EVENTS = Number(process.argv[2] ?? 100_000)
/** Opens of each log before and after what it need not keep is dropped; the median counts. */
const OPENS = 1
const LATER_OPENS = 3
const FEEDS = 20
const NAME = 'hearth-profile:hearth:/catalogues/books/'

/** Share of a log's events by kind; the rest are impressions. */
const LOGS = {
  'no event': undefined,
  'impressions alone': { acts: 0 },
  'a fifth acts': { acts: 0.2 },
} as const

/** Runs in the page: fills the database as a store of this version left it. */
const fill = async ({ name, events, acts }: Record<string, string | number>) => {
  const hearth = (document.querySelector('hearth-feed') as unknown as Shown).hearth
  const { items } = await hearth.first()
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(String(name), 2)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const tx = db.transaction('events', 'readwrite')
  const store = tx.objectStore('events')
  const start = Date.now() - 300 * 86_400_000
  const kinds = ['click', 'dwell', 'like', 'save', 'rate', 'search']
  for (let i = 0; i < Number(events); i++) {
    const isAct = (i * 0.618034) % 1 < Number(acts)
    const kind = isAct ? kinds[i % kinds.length] : 'impression'
    const at = start + i * 250_000
    const slate = `slate-${Math.floor(i / 12)}`
    const shown = {
      ...{ place: i % 12, propensity: 1, policy: 'shipped' },
      parts: { cf: 0.5, tower: 0.25, popularity: -0.125, content: 0.1 },
    }
    store.add({
      ...{ uid: i.toString(16).padStart(32, '0'), kind, at },
      ...(kind === 'search'
        ? { text: 'the sea' }
        : { item: items[(i * 7) % items.length]!.id }),
      ...(kind === 'dwell' ? { value: 40 } : kind === 'rate' ? { value: 4 } : {}),
      ...(kind === 'impression' ? { slate, shown } : {}),
    })
  }
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve
    tx.onerror = () => reject(tx.error)
  })
  db.close()
}

interface Shown {
  readonly hearth: {
    first(): Promise<{ items: { id: string }[] }>
    state(): Promise<{ events: number }>
    shelves(): Promise<{ tookMs: number }>
  }
}

/** Runs in the page, from its start: ms until the engine has answered, and of its lists. */
const measure = async (feeds: number) => {
  const { hearth } = document.querySelector('hearth-feed') as unknown as Shown
  const { events } = await hearth.state()
  const ready = performance.now()
  const took: number[] = []
  for (let i = 0; i < feeds; i++) took.push((await hearth.shelves()).tookMs)
  took.sort((a, b) => a - b)
  return { events, ready, feed: took[Math.floor(feeds / 2)]! }
}

/** Runs in the page: ms from the press of "You" until its entries are there and painted. */
const drawProfile = async () => {
  const start = performance.now()
  location.hash = '#/you'
  const find = () => {
    const page = document.querySelector('app-you')
    return (page?.shadowRoot ?? page)?.querySelector('hearth-profile')?.shadowRoot
  }
  while (!find()?.querySelector('.log li time, .empty')) {
    await new Promise((resolve) => setTimeout(resolve))
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return {
    ms: performance.now() - start,
    nodes: find()!.querySelectorAll('*').length,
  }
}

/** Runs in the page: what the database holds, bytes. */
const stored = async () => {
  const { usageDetails } = (await navigator.storage.estimate()) as {
    usageDetails?: { indexedDB?: number }
  }
  return usageDetails?.indexedDB ?? 0
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(findChromium() ? { executablePath: findChromium()! } : {}),
})
const host = await startStaticHost({
  mounts: [{ at: '/', folder: 'dist/site' }],
  headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
})

async function open(page: Page) {
  await page.goto(host.url)
  await page.waitForSelector('hearth-feed[state=ready]')
}

const rows: Record<string, Record<string, string | number>> = {}
const only = process.argv[3]
for (const [name, log] of Object.entries(LOGS)) {
  if (only !== undefined && !name.includes(only)) continue
  const first: Awaited<ReturnType<typeof measure>>[] = []
  const later: typeof first = []
  const drawn: Awaited<ReturnType<typeof drawProfile>>[] = []
  let bytes = 0
  for (let i = 0; i < OPENS; i++) {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    // what tsx adds to functions, some of which run in the page
    await page.addInitScript('globalThis.__name = (made) => made')
    await open(page)
    const filling = Date.now()
    if (log) await page.evaluate(fill, { name: NAME, events: EVENTS, ...log })
    console.error(`${name}: filled in ${Date.now() - filling} ms`)
    await page.goto('about:blank')
    await open(page)
    first.push(await page.evaluate(measure, FEEDS))
    drawn.push(await page.evaluate(drawProfile))
    await page.waitForTimeout(3000) // what a long log need not keep is dropped meanwhile
    for (let n = 0; n < LATER_OPENS; n++) {
      await page.goto('about:blank')
      await open(page)
      later.push(await page.evaluate(measure, FEEDS))
    }
    bytes = await page.evaluate(stored)
    await context.close()
  }
  rows[name] = {
    'ready, ms': Math.round(median(first.map(({ ready }) => ready))),
    'feed, ms': median(first.map(({ feed }) => feed)).toFixed(2),
    'profile drawn, ms': Math.round(median(drawn.map(({ ms }) => ms))),
    nodes: median(drawn.map(({ nodes }) => nodes)),
    'events left': median(later.map(({ events }) => events)),
    'ready later, ms': Math.round(median(later.map(({ ready }) => ready))),
    'feed later, ms': median(later.map(({ feed }) => feed)).toFixed(2),
    'stored, MB': (bytes / 1e6).toFixed(1),
  }
}
await browser.close()
await host.close()
console.table(rows)
const at = (name: keyof typeof LOGS, column: string) => Number(rows[name]![column])
for (const name of Object.keys(LOGS).slice(1) as (keyof typeof LOGS)[]) {
  const over = at(name, 'ready, ms') - at('no event', 'ready, ms')
  const ratio = at(name, 'feed later, ms') / at('no event', 'feed later, ms')
  console.log(`${name}: ready ${over} ms over an empty log, feed × ${ratio.toFixed(2)}`)
}
