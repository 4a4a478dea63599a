/**
 * Is Hearth's encoder faster than the usual choice, all-MiniLM-L6-v2 in int8, and does it
 * stay small? One run in Chromium on WASM, one thread, both through the same runtime,
 * blocks of each in turn; then its memory over a thousand texts, its start with an empty
 * and a full HTTP cache, and in Node the item texts of a catalogue.
 *
 *   npx tsx bench/encoder.ts [--model folder] [--calls 20] [--blocks 15] [--items 10000]
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build, defaultClientConditions } from 'vite'
import { findChromium } from '../e2e/ensure-chromium.ts'
import { cosine } from '../src/math/dot.ts'
import { reportNode } from './encoder-node.ts'
import type { RaceRequest } from './encoder-page/main.ts'
import { thirtyTwoTokens, twelveTokens } from './encoder-page/texts.ts'
import { ratioLine, spreadLine } from './spread.ts'
import { startStaticHost } from './static-host.ts'

const MINILM = '.cache/minilm-int8'
const PAGE = '.cache/bench/encoder-page'
/** The first calls run slower, while the browser compiles the runtime again, better. */
const WARM_UP = 80
const WORN_TEXTS = 1_000
const STARTS = 3

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'public/models/hearth-encoder' },
    calls: { type: 'string', default: '20' },
    blocks: { type: 'string', default: '15' },
    items: { type: 'string', default: '10000' },
  },
})
const hasMiniLm = existsSync(MINILM)
if (!hasMiniLm) {
  console.log(
    `${MINILM} is missing, so Hearth runs alone. Make it: ` +
      'python encoder-training/export_int8.py (see encoder-training/README.md).',
  )
}

await buildPage()
const host = await startStaticHost({
  mounts: [
    { at: '/runtime/', folder: 'node_modules/onnxruntime-web/dist' },
    { at: '/hearth/', folder: values.model },
    { at: '/minilm/', folder: MINILM },
    { at: '/', folder: PAGE },
  ],
})
const executablePath = findChromium()
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-background-networking'],
  ...(executablePath ? { executablePath } : {}),
})
try {
  console.log(`Chromium ${browser.version()}, WASM, one thread, ms a text`)
  await reportRace(browser)
  await reportMemory(browser)
  await reportStarts(browser)
} finally {
  await browser.close()
  host.close()
}
await reportNode(values.model, Number(values.items))

function places(name: 'hearth' | 'minilm') {
  return { modelUrl: `${host.url}${name}/`, runtimeUrl: `${host.url}runtime/` }
}

async function open(from: Pick<Browser, 'newPage'>): Promise<Page> {
  const page = await from.newPage()
  await page.goto(host.url)
  await page.waitForFunction(() => window.bench !== undefined)
  return page
}

async function reportRace(from: Browser) {
  const page = await open(from)
  await page.evaluate((at) => window.bench.startHearth(at), places('hearth'))
  if (hasMiniLm) {
    await page.evaluate((at) => window.bench.startMiniLm(at), places('minilm'))
    const text = twelveTokens[0]
    const both = await page.evaluate((asked) => window.bench.vectors(asked), text)
    const near = cosine(Float32Array.from(both.hearth), Float32Array.from(both.miniLm))
    console.log(`the two agree on "${text}": cosine ${near.toFixed(3)}`)
  }
  for (const [tokens, texts] of [
    [12, twelveTokens],
    [32, thirtyTwoTokens],
  ] as const) {
    const request: RaceRequest = {
      ...{ texts, warmUp: WARM_UP, isRace: hasMiniLm },
      ...{ blocks: Number(values.blocks), calls: Number(values.calls) },
    }
    const took = await page.evaluate((asked) => window.bench.race(asked), request)
    console.log(spreadLine(`Hearth, ${tokens} tokens`, took.hearth))
    if (!hasMiniLm) continue
    console.log(spreadLine(`MiniLM-L6 int8, ${tokens} tokens`, took.miniLm))
    console.log(ratioLine(`MiniLM ÷ Hearth, ${tokens} tokens`, took))
  }
  await page.close()
}

/** Flat or not: the runtime's own memory, and all that the browser's pages hold. */
async function reportMemory(from: Browser) {
  const page = await open(from)
  await page.evaluate((at) => window.bench.startHearth(at), places('hearth'))
  const texts = [...twelveTokens, ...thirtyTwoTokens, longText()]
  const sizes: string[] = []
  for (const count of [texts.length, WORN_TEXTS, WORN_TEXTS]) {
    const bytes = await page.evaluate(
      (asked) => window.bench.wear(asked.texts, asked.count),
      { texts, count },
    )
    sizes.push(`${megabytes(bytes)} (pages ${megabytes(await pagesBytes(from))})`)
  }
  console.log(
    `runtime's memory after ${texts.length}, 1,000 and 2,000 texts: ${sizes.join(', ')}`,
  )
  await page.close()
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** Resident memory of the browser's page processes, not collected first; NaN off Linux. */
async function pagesBytes(from: Browser): Promise<number> {
  const session = await from.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.reduce((sum, { id }) => sum + residentBytes(id), 0)
}

function residentBytes(pid: number): number {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return Number.NaN
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

function longText(): string {
  return Array.from({ length: 12 }, () => thirtyTwoTokens[0]).join('. ')
}

async function reportStarts(from: Browser) {
  for (const name of hasMiniLm
    ? (['hearth', 'minilm'] as const)
    : (['hearth'] as const)) {
    const cold: number[] = []
    const warm: number[] = []
    for (let i = 0; i < STARTS; i++) {
      const context = await from.newContext()
      cold.push(await start(await open(context), name))
      warm.push(await start(await open(context), name))
      await context.close()
    }
    console.log(spreadLine(`${name} start to first vector, empty HTTP cache`, cold))
    console.log(spreadLine(`${name} start to first vector, full HTTP cache`, warm))
  }
}

async function start(page: Page, name: 'hearth' | 'minilm'): Promise<number> {
  return page.evaluate(
    ([which, at]) =>
      which === 'hearth' ? window.bench.startHearth(at) : window.bench.startMiniLm(at),
    [name, places(name)] as const,
  )
}

async function buildPage() {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: 'bench/encoder-page',
    base: './',
    publicDir: false,
    build: { outDir: `../../${PAGE}`, emptyOutDir: true, target: 'es2023' },
    worker: { format: 'es' },
    resolve: {
      conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
    },
  })
}
