/**
 * How fast are 100,000 rows of a CSV read and built without text? Beside it, in the same run,
 * csv-parse alone over the same file: what no reader of its cells can be faster than.
 *
 *   npx tsx bench/rows.ts [rows]
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { buildCatalogue } from '../src/build/build-catalogue.ts'
import { trainPack } from '../src/build/train-pack.ts'
import { createRandom } from '../src/math/random.ts'

const ROWS = Number(process.argv[2] ?? 100_000)
const SEED = 2026
/** What the design asks of 100,000 rows, on two cores. */
const MAX_SECONDS = 30
const MAX_MEMORY_MB = 1024

const DEPS = {
  stderr: { write: () => {} },
  now: Date.now,
  clock: () => performance.now(),
  trainPack,
  createEncoder: () => Promise.reject(new Error('no text is encoded here')),
}

const ADJECTIVES = 'blue red old warm small large bright quiet wild soft'.split(' ')
const NOUNS = 'shirt hat shoe lamp chair bowl scarf clock table basket'.split(' ')
const MAKERS = Array.from({ length: 400 }, (_, i) => `Maker ${i}`)
const CATEGORIES = Array.from({ length: 120 }, (_, i) => `Category ${i}`)
const WORDS = 'of fine wool and oak made by hand in a small town near the sea'.split(
  ' ',
)

/** A shop's rows: quoted cells, markup, a path of categories, prices, dates, stock. */
function* rowsOfShop(count: number) {
  const random = createRandom(SEED)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)]!
  yield 'sku,name,brand,categories,description,price,currency,stock,published,image,url,color,weight\n'
  for (let i = 0; i < count; i++) {
    const title = `${pick(ADJECTIVES)} ${pick(NOUNS)} no. ${i}`
    const words = Array.from({ length: 40 }, () => pick(WORDS)).join(' ')
    const path = `${pick(CATEGORIES)} > ${pick(CATEGORIES)}`
    const date = new Date(
      Date.UTC(2015 + Math.floor(random.next() * 10), i % 12, 1 + (i % 28)),
    )
    yield [
      `SKU-${i}`,
      `"The ${title}, ""classic"""`,
      pick(MAKERS),
      `"${path}, ${pick(CATEGORIES)}"`,
      `"<p>A ${title}, ${words}.</p>"`,
      (random.next() * 200).toFixed(2),
      'EUR',
      1 + Math.floor(random.next() * 9),
      date.toISOString().slice(0, 10),
      `https://shop.example/img/${i}.jpg`,
      `/p/${i}`,
      pick(ADJECTIVES),
      `${(random.next() * 9).toFixed(1)}\n`,
    ].join(',')
  }
}

/** Seconds by the clock and of all cores, the latter whatever else the machine does. */
async function timesOf(work: () => Promise<unknown>) {
  const [start, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { clock: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

const folder = mkdtempSync(join(tmpdir(), 'hearth-rows-'))
try {
  const path = join(folder, 'shop.csv')
  await pipeline(rowsOfShop(ROWS), createWriteStream(path))
  const options = { items: path, out: join(folder, 'pack'), force: false, training: {} }
  const build = await timesOf(async () => {
    const { items } = (await buildCatalogue(options, DEPS)).dataset
    if (items.length !== ROWS) throw new Error(`read ${items.length} of ${ROWS} rows`)
  })
  // before anything else takes memory
  const memory = process.resourceUsage().maxRSS / 1024
  let cells = 0
  const baseline = await timesOf(async () => {
    const records = createReadStream(path).pipe(parse())
    for await (const record of records) cells += (record as string[]).length
  })
  const shown = ({ clock, cpu }: typeof build) =>
    `${clock.toFixed(1)} s (${cpu.toFixed(1)} s of CPU)`
  console.log(`csv-parse alone, ${cells} cells: ${shown(baseline)}`)
  console.log(`build of ${ROWS} rows without text: ${shown(build)}`)
  console.log(`${(build.cpu / baseline.cpu).toFixed(1)} × the CPU of csv-parse`)
  console.log(`peak memory ${memory.toFixed(0)} MB`)
  const isOver = build.cpu > MAX_SECONDS || memory > MAX_MEMORY_MB
  if (ROWS === 100_000 && isOver) {
    console.error(`over: asked for ${MAX_SECONDS} s and ${MAX_MEMORY_MB} MB`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
