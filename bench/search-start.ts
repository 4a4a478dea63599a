/**
 * How long does a visitor wait for search? The built shop from a host that sends at
 * 10 Mbit/s (all connections together, brotli where hosts compress): from the first
 * keystroke to results by words and by meaning, with an empty and a full HTTP cache and
 * with the encoder running; what was sent for it; and whether picks wait meanwhile.
 *
 *   npx tsx bench/search-start.ts [--site dist/site] [--mbit 10] [--visits 3]
 *                                 after `npm run build`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium } from '../e2e/browsers.ts'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { SEARCH_SCRIPT, type SearchTimes } from './search-start-page.ts'
import { spreadLine } from './spread.ts'
import { type Sent, startStaticHost } from './static-host.ts'

/** Round trip of a good line, ms. */
const LATENCY_MS = 40
/** A quick typist's pause between two keys, ms. */
const KEY_MS = 120
const TYPED = 'a sad story at sea'
const NEXT_TYPED = 'how to run a small business'

const { values } = parseArgs({
  options: {
    site: { type: 'string', default: 'dist/site' },
    mbit: { type: 'string', default: '10' },
    visits: { type: 'string', default: '3' },
  },
})

interface Visit {
  readonly cold: SearchTimes
  readonly warm: SearchTimes
  readonly running: SearchTimes
  readonly sent: readonly Sent[]
  readonly sentWarm: readonly Sent[]
}

const mounts = [{ at: '/', folder: values.site }]
const headers = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY }
await fillCompressed()
const host = await startStaticHost({
  ...{ mounts, headers, latencyMs: LATENCY_MS },
  mbitPerSecond: Number(values.mbit),
})
console.log(`${values.mbit} Mbit/s, ${LATENCY_MS} ms a round trip; times in ms`)
const pasted: Visit[] = []
const typed: Visit[] = []
for (let i = 0; i < Number(values.visits); i++) {
  pasted.push(await visit(0))
  typed.push(await visit(KEY_MS))
}
report('whole text at once', pasted)
report(`typed, a key each ${KEY_MS} ms`, typed)
reportBytes(pasted[0]!)
host.close()

async function visit(keyMs: number): Promise<Visit> {
  return inNewBrowser(async (context) => {
    const first = await openShop(context, host.url)
    host.forget()
    const cold = await search(first, TYPED, keyMs)
    const sent = [...host.sent]
    const running = await search(first, NEXT_TYPED, keyMs)
    await first.close()
    const again = await openShop(context, host.url)
    host.forget()
    const warm = await search(again, TYPED, keyMs)
    return { cold, warm, running, sent, sentWarm: [...host.sent] }
  })
}

/** A profile folder of its own: a private window keeps no file of some megabytes. */
async function inNewBrowser<T>(work: (context: BrowserContext) => Promise<T>) {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'))
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(folder, {
    args: ['--no-sandbox', '--disable-background-networking'],
    ...(executablePath ? { executablePath } : {}),
  })
  try {
    return await work(context)
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One visit at full speed, so that no visit waits for the host to compress a file. */
async function fillCompressed() {
  const full = await startStaticHost({ mounts, headers })
  await inNewBrowser(async (context) =>
    search(await openShop(context, full.url), TYPED, 0),
  )
  full.close()
}

async function openShop(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('hearth-feed[state=ready]').waitFor()
  return page
}

async function search(page: Page, text: string, keyMs: number): Promise<SearchTimes> {
  const asked = JSON.stringify({ text, keyMs })
  return (await page.evaluate(`(${SEARCH_SCRIPT})(${asked})`)) as SearchTimes
}

function report(how: string, visits: readonly Visit[]) {
  for (const when of ['cold', 'warm', 'running'] as const) {
    const cache = {
      cold: 'empty cache',
      warm: 'full cache, new page',
      running: 'encoder running',
    }[when]
    const times = visits.map((visit) => visit[when])
    console.log(`${how}, ${cache}`)
    const words = times.map(({ wordsMs }) => wordsMs)
    const meaning = times.map(({ meaningMs }) => meaningMs)
    console.log(spreadLine('  first keystroke → by words', words))
    console.log(spreadLine('  first keystroke → by meaning', meaning))
    console.log(
      spreadLine(
        '  a list of picks meanwhile',
        times.flatMap((t) => t.picksMs),
      ),
    )
  }
}

/** What was sent between the first keystroke and the answer by meaning. */
function reportBytes({ sent, sentWarm }: Visit) {
  const groups = [
    ['model', /\/models\//],
    ['runtime', /\/runtime\//],
    [
      'encoder’s scripts and kernel',
      /\/assets\/(encoder-worker|bert|transformers-model)/,
    ],
    ['anything else, such as what is kept for offline use', /./],
  ] as const
  let rest = sent
  for (const [name, pattern] of groups) {
    const mine = rest.filter(({ path }) => pattern.test(path))
    rest = rest.filter((one) => !mine.includes(one))
    console.log(`sent, ${name}: ${megabytes(mine)}`)
    if (name.startsWith('anything')) continue
    for (const { path, encoding, bytes } of mine) {
      console.log(`       ${path}: ${bytes.toLocaleString('en')} bytes, ${encoding}`)
    }
  }
  console.log(`sent on a full cache: ${megabytes(sentWarm)}`)
}

function megabytes(sent: readonly Sent[]): string {
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0)
  return `${(bytes / 1e6).toFixed(2)} MB in ${sent.length} answers`
}
