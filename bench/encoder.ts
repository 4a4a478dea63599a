/**
 * Is Hearth's encoder faster than the usual choice, all-MiniLM-L6-v2 in int8, and does it
 * stay small? One run in Chromium on WASM, one thread, Hearth's on its own kernel and MiniLM
 * on onnxruntime, blocks of each in turn; then its memory over a thousand texts, its start with an empty
 * and a full HTTP cache, and in Node the item texts of a catalogue.
 *
 *   npx tsx bench/encoder.ts [--model folder] [--beside folder] [--only race] [--calls 20] [--blocks 15] [--items 10000]
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../e2e/browsers.ts'
import { cosine } from '../src/math/vectors.ts'
import { buildEncoderPage } from './build-encoder-page.ts'
import { reportNode } from './encoder-node.ts'
import type { Which } from './encoder-page/main.ts'
import { thirtyTwoTokens, twelveTokens } from './encoder-page/texts.ts'
import type { TimedEncoder } from './encoder-page/timed-worker.ts'
import { cpuMs, residentBytes } from './page-processes.ts'
import { ratio, spreadLine } from './spread.ts'
import { startStaticHost } from './static-host.ts'

const PAGE = '.cache/bench/encoder-page'
/** The first calls run slower, while the browser compiles the runtime again, better. */
const WARM_UP = 80
const WORN_TEXTS = 1_000
const STARTS = 3

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'public/models/hearth-encoder' },
    beside: { type: 'string', default: '.cache/minilm-int8' },
    calls: { type: 'string', default: '20' },
    blocks: { type: 'string', default: '15' },
    items: { type: 'string', default: '10000' },
    only: { type: 'string' },
  },
})
const hasMiniLm = existsSync(values.beside)
const racers: readonly Which[] = hasMiniLm ? ['hearth', 'minilm'] : ['hearth']
const NAMES = { hearth: 'Hearth', minilm: 'MiniLM-L6 int8' } as const
if (!hasMiniLm) {
  console.log(
    `${values.beside} is missing, so Hearth runs alone. Make it: ` +
      'python encoder-training/export_int8.py (see encoder-training/README.md).',
  )
}

await buildEncoderPage(PAGE)
const host = await startStaticHost({
  mounts: [
    { at: '/runtime/', folder: 'node_modules/onnxruntime-web/dist' },
    { at: '/hearth/', folder: values.model },
    { at: '/minilm/', folder: values.beside },
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
  if (values.only === undefined) {
    await reportMemory(browser)
    await reportStarts(browser)
  }
} finally {
  await browser.close()
  host.close()
}
if (values.only === undefined) await reportNode(values.model, Number(values.items))

function places(which: Which) {
  return { modelUrl: `${host.url}${which}/`, runtimeUrl: `${host.url}runtime/` }
}

async function open(from: Pick<Browser, 'newPage'>): Promise<Page> {
  const page = await from.newPage()
  await page.goto(host.url)
  await page.waitForFunction(() => window.bench !== undefined)
  return page
}

/** One call of an encoder's worker. */
function ask<M extends keyof TimedEncoder>(
  page: Page,
  [which, method, ...args]: [Which, M, ...Parameters<TimedEncoder[M]>],
) {
  const answer = page.evaluate(
    ({ which, method, args }): Promise<unknown> =>
      window.bench[which].call(method, args as never),
    { which, method: method as keyof TimedEncoder, args: args as unknown[] },
  )
  return answer as ReturnType<TimedEncoder[M]>
}

async function reportRace(from: Browser) {
  const page = await open(from)
  for (const which of racers) await ask(page, [which, 'start', places(which)])
  if (hasMiniLm) await reportAgreement(page)
  for (const [tokens, texts] of [
    [12, twelveTokens],
    [32, thirtyTwoTokens],
  ] as const) {
    const times = await race(page, from, texts)
    for (const { which, wall, cpu } of times) {
      console.log(spreadLine(`${NAMES[which]}, ${tokens} tokens`, wall))
      console.log(spreadLine('  processor time, by blocks', cpu))
    }
    const [hearth, miniLm] = times
    if (hearth === undefined || miniLm === undefined) continue
    const by = `${ratio(miniLm.wall, hearth.wall)} (by processor time ${ratio(miniLm.cpu, hearth.cpu)})`
    console.log(`${NAMES.minilm} ÷ ${NAMES.hearth}, ${tokens} tokens: ${by}`)
  }
  await page.close()
}

interface Times {
  readonly which: Which
  /** ms of every call. */
  readonly wall: number[]
  /** Processor ms a call, of every block. */
  readonly cpu: number[]
}

/** Blocks in turn, so that what else the machine does falls on both alike. */
async function race(page: Page, from: Browser, texts: readonly string[]) {
  const times: Times[] = racers.map((which) => ({ which, wall: [], cpu: [] }))
  for (const which of racers) await ask(page, [which, 'time', texts, WARM_UP])
  const calls = Number(values.calls)
  for (let block = 0; block < Number(values.blocks); block++) {
    for (const { which, wall, cpu } of times) {
      const before = await cpuMs(from)
      wall.push(...(await ask(page, [which, 'time', texts, calls])))
      cpu.push(((await cpuMs(from)) - before) / calls)
    }
  }
  return times
}

async function reportAgreement(page: Page) {
  const text = twelveTokens[0]
  const [a, b] = [
    await ask(page, ['hearth', 'vectorOf', text]),
    await ask(page, ['minilm', 'vectorOf', text]),
  ]
  const near = cosine(Float32Array.from(a), Float32Array.from(b))
  console.log(`both read "${text}" alike: cosine ${near.toFixed(3)}`)
}

/** Whether memory stays flat: WebAssembly's own, and all that the browser's pages hold. */
async function reportMemory(from: Browser) {
  const page = await open(from)
  await ask(page, ['hearth', 'start', places('hearth')])
  const texts = [...twelveTokens, ...thirtyTwoTokens, longText()]
  const sizes: string[] = []
  for (const count of [texts.length, WORN_TEXTS, WORN_TEXTS]) {
    await ask(page, ['hearth', 'time', texts, count])
    const wasm = await ask(page, ['hearth', 'wasmBytes'])
    const pages = await residentBytes(from)
    sizes.push(`${megabytes(wasm)} (resident ${megabytes(pages)})`)
  }
  console.log(
    `WebAssembly's memory after ${texts.length}, then 1,000, then 1,000 more texts: ${sizes.join(', ')}`,
  )
  await page.close()
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function longText(): string {
  return Array.from({ length: 12 }, () => thirtyTwoTokens[0]).join('. ')
}

async function reportStarts(from: Browser) {
  for (const which of racers) {
    const cold: number[] = []
    const warm: number[] = []
    for (let i = 0; i < STARTS; i++) {
      const context = await from.newContext()
      cold.push(await ask(await open(context), [which, 'start', places(which)]))
      warm.push(await ask(await open(context), [which, 'start', places(which)]))
      await context.close()
    }
    const what = `${NAMES[which]}, start to first vector`
    console.log(spreadLine(`${what}, empty HTTP cache`, cold))
    console.log(spreadLine(`${what}, full HTTP cache`, warm))
  }
}
