/**
 * What does a visitor wait for? The built site in a real Chromium: from the address to the
 * first cards, and from a click to the new shelves, measured in the worker (`tookMs`) and
 * at the page (the round trip). Beside it, in the same run, one plain-JS float32 scan of
 * as many vectors.
 *
 *   npx tsx bench/page.ts [pack folder]      after `npm run build`
 */
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../e2e/browsers.ts'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { startStaticHost } from './static-host.ts'

/** Stands in for the demo's own. */
const folder = process.argv[2] ?? 'dist/site/catalogues/books'
const VISITS = 5
const CLICKS = 120
const PICKS = 20

/** Runs in the page, as text: what a bundler would add to a function does not exist there. */
const MEASURE = `(async () => {
  const element = document.querySelector('hearth-feed')
  const { hearth } = element
  let feed = await hearth.shelves({ count: ${PICKS} })
  let at = Date.now()
  async function clicks(count) {
    const worker = [], page = []
    for (let i = 0; i < count + 20; i++) {
      const picks = feed.shelves.flatMap((shelf) => shelf.items)
      const item = picks[(i * 7) % picks.length].id
      const start = performance.now()
      await hearth.record({ kind: i % 3 ? 'click' : 'like', item, at: ++at })
      feed = await hearth.shelves({ count: ${PICKS} })
      if (i >= 20) { page.push(performance.now() - start); worker.push(feed.tookMs) }
    }
    return { worker, page }
  }
  const shown = await clicks(${CLICKS})
  element.remove() // nothing re-renders any more: the worker alone
  const alone = await clicks(${CLICKS})
  const rows = 10000, dim = 128, scans = []
  const floats = Float32Array.from({ length: rows * dim }, () => Math.random() - 0.5)
  const query = floats.slice(0, dim), out = new Float32Array(rows)
  for (let n = 0; n < 100; n++) {
    const start = performance.now()
    for (let row = 0; row < rows; row++) {
      let sum = 0
      for (let d = 0; d < dim; d++) sum += floats[row * dim + d] * query[d]
      out[row] = sum
    }
    scans.push(performance.now() - start)
  }
  return { shown, alone, scan: scans.sort((a, b) => a - b)[50] }
})()`

interface Times {
  readonly worker: number[]
  readonly page: number[]
}

interface Measured {
  readonly shown: Times
  readonly alone: Times
  readonly scan: number
}

const host = await startStaticHost({
  mounts: [
    { at: '/catalogues/books/', folder },
    { at: '/', folder: 'dist/site' },
  ],
  headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
})
const executablePath = findChromium()
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-background-networking'],
  ...(executablePath ? { executablePath } : {}),
})
try {
  const firsts: number[] = []
  for (let i = 0; i < VISITS; i++) firsts.push(await firstCards())
  report('address → first cards, empty cache (ms)', firsts, Number.NaN)
  const { shown, alone, scan } = await clicks()
  report(`click → all shelves of ${PICKS}, in the worker (ms)`, alone.worker, scan)
  report('… there and back (ms)', alone.page, scan)
  report('… in the worker while the page re-renders (ms)', shown.worker, scan)
  report(
    '… there and back, with the page’s own re-rank before it (ms)',
    shown.page,
    scan,
  )
  console.log(
    `baseline: one float32 scan of 10,000 × 128 in plain JS, p50 ${scan.toFixed(2)} ms`,
  )
} finally {
  await browser.close()
  host.close()
}

async function openShop(): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(host.url, { waitUntil: 'commit' })
  return page
}

async function firstCards(): Promise<number> {
  const page = await openShop()
  await page.locator('hearth-feed [data-hearth-item]').first().waitFor()
  const ms = await page.evaluate('performance.now()')
  await page.context().close()
  return ms as number
}

async function clicks(): Promise<Measured> {
  const page = await openShop()
  await page.locator('hearth-feed[state=ready]').waitFor()
  const measured = (await page.evaluate(MEASURE)) as Measured
  await page.context().close()
  return measured
}

function report(what: string, times: number[], baseline: number) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  const ratio = Number.isNaN(baseline)
    ? ''
    : `, ${(at(0.5) / baseline).toFixed(1)} × baseline`
  console.log(`${what}: p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)}${ratio}`)
}
