/**
 * What a filter costs: the first list with it (its mask is made), and every list after a
 * click, in ratio to the same list without one, in the same run. Processor time.
 *
 *   npx tsx bench/large-pack.ts .cache/large 100000 && npx tsx bench/filter.ts .cache/large
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEngine } from '../src/engine/create-engine.ts'
import type { ListOptions } from '../src/engine/hearth.ts'
import { createRandom } from '../src/math/random.ts'
import { createScanner } from '../src/math/simd-scanner.ts'
import type { AttributeColumn } from '../src/pack/attribute-column.ts'
import { openItems } from '../src/pack/items.ts'
import { readBlocks, readManifest } from '../src/pack/read-pack.ts'
import { openProfile } from '../src/store/open-store.ts'

const folder = process.argv[2] ?? '.cache/large'
const CLICKS = 60
const WARM_UP = 15

const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
const manifest = await readManifest(read)
const blocks = await readBlocks(manifest, read)
const { scanner } = await createScanner(async () =>
  WebAssembly.compile(await readFile('src/math/scan.wasm')),
)
const random = createRandom(7)
const COLUMNS: readonly AttributeColumn[] = [
  {
    name: 'material',
    type: 'category',
    values: Array.from({ length: blocks.itemCount }, () => `m${random.integer(9)}`),
  },
  {
    name: 'weight',
    type: 'number',
    values: Array.from({ length: blocks.itemCount }, () => random.next()),
  },
]
const FILTERS: Readonly<Record<string, ListOptions>> = {
  'no filter': {},
  'a field: year > 1960': { filter: 'year > 1960' },
  'a list of a field: category': { filter: "category = 'genre 3'" },
  'two columns': { filter: "material = 'm3' and weight < 0.5" },
  'a text of each: title contains': { filter: "title contains '77'" },
  'a boost': { boost: [{ filter: 'year > 1960', by: 0.5 }] },
  'filter, threshold and fallback': {
    ...{ filter: "material in ('m1', 'm2')", threshold: 0.4, fallback: 'popular' },
  },
}

async function open() {
  let at = Date.UTC(2026, 0, 1)
  let uid = 0
  const items = await openItems(manifest, read)
  const absent = () => Promise.reject(new Error('not in this bench'))
  const columns = COLUMNS.map(({ name, type }) => ({
    name,
    type,
    file: manifest.first,
  }))
  const engine = await createEngine({
    ...{ items, scanner, firstItems: [] },
    pack: { ...blocks, manifest: { ...manifest, columns } },
    readColumn: async (name) => COLUMNS.find((column) => column.name === name)!,
    store: await openProfile({
      onDemand: () => import('../src/store/on-demand.ts'),
      ...{ name: 'bench', storage: 'memory', now: () => at, uid: () => `${++uid}` },
    }),
    openEncoder: absent,
    openTowers: absent,
    now: () => at,
    clock: () => performance.now(),
    later: () => {},
    notify: () => {},
  })
  const click = async (options: ListOptions) => {
    at += 1000
    const item = `${random.integer(blocks.itemCount)}`
    const kind = uid % 3 === 0 ? 'like' : 'click'
    await engine.record({ kind, item, at })
    return spent(() => engine.recommend({ count: 20, ...options }))
  }
  return { engine, click }
}

/** Processor time, ms: on a busy machine the clock on the wall means little. */
async function spent(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!

console.log(`${blocks.itemCount} items, scan ${scanner.kind}, ${CLICKS} clicks`)
console.log(
  `${'ms'.padEnd(34)}${['first', 'click', 'added', 'ratio'].map((head) => head.padStart(9)).join('')}`,
)
// each beside its own clicks without a filter, one after the other, so that a busy machine
// is busy for both
for (const [what, options] of Object.entries(FILTERS)) {
  const { engine, click } = await open()
  const plain: number[] = []
  const own: number[] = []
  for (let i = 0; i < WARM_UP; i++) await click({})
  const first = await spent(() => engine.recommend({ count: 20, ...options }))
  for (let i = 0; i < CLICKS; i++) {
    plain.push(await click({}))
    own.push(await click(options))
  }
  const [without, within] = [median(plain), median(own)]
  const figures = [first, within, within - without, within / without]
  console.log(
    `${what.padEnd(34)}${figures.map((figure) => figure.toFixed(2).padStart(9)).join('')}`,
  )
  await engine.close()
}
