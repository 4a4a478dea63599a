/**
 * How long from a click to a new top 20, and to all shelves? The demo pack without the
 * page. Beside it, in the same run, the plain-JS float32 scan of the content vectors.
 *
 *   npx tsx bench/click.ts [pack folder]
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openItems } from '../src/catalogue/item-table.ts'
import { readBlocks, readManifest } from '../src/catalogue/read-pack.ts'
import { createEngine } from '../src/engine/create-engine.ts'
import { explain } from '../src/explain/explain.ts'
import { createScanner } from '../src/math/create-scanner.ts'
import { createRandom } from '../src/math/random.ts'
import { deriveTaste } from '../src/profile/derive-taste.ts'
import { openProfile } from '../src/profile/open-profile.ts'
import { rankRows } from '../src/scoring/rank.ts'
import { prepareScoring, scoreAll } from '../src/scoring/score-all.ts'
import { userInput } from '../src/scoring/user-input.ts'
import { forwardReference } from '../src/towers/reference.ts'

const folder = process.argv[2] ?? 'public/catalogues/books'
const CLICKS = 300
const WARM_UP = 50

const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
const manifest = await readManifest(read)
const opening = performance.now()
const pack = await readBlocks(manifest, read)
const items = await openItems(manifest, read)
const openMs = performance.now() - opening
const { scanner } = await createScanner(async () =>
  WebAssembly.compile(await readFile('src/math/scan.wasm')),
)
let at = Date.UTC(2026, 0, 1)
let uid = 0
const absent = () => Promise.reject(new Error('not in this bench'))
const engine = await createEngine({
  ...{ pack, items, scanner, firstRows: [] },
  store: await openProfile({
    name: 'bench',
    memoryOnly: true,
    now: () => at,
    uid: () => `${++uid}`,
  }),
  openEncoder: absent,
  openTowers: absent,
  now: () => at,
  clock: () => performance.now(),
  later: () => {},
  notify: () => {},
})

/** The new top 20 alone: fold in, score all parts, diversify, explain. */
const scoring = prepareScoring(pack, scanner)
async function topTwenty(): Promise<number> {
  const { events } = await engine.exportProfile()
  const logged = events.map((event, seq) => ({ ...event, seq }))
  const start = performance.now()
  const taste = deriveTaste(logged, items.rowOf, at)
  const input = userInput(pack, taste.history)
  const userVector = forwardReference(pack.tower!.user, input, 1)
  const request = { taste, userVector }
  const ranked = rankRows(scoring, scoreAll(scoring, request), request, { count: 20 })
  const kinds = new Map(taste.history.map(({ row, kind }) => [row, kind]))
  const { entities } = pack
  const context = {
    record: items.record,
    entities,
    kindOf: (row: number) => kinds.get(row),
  }
  const reasons = ranked.map((row) => explain(row, context))
  const ms = performance.now() - start
  if (reasons.length !== 20) throw new Error('no list')
  return ms
}

const random = createRandom(5)
const clicks: number[] = []
const feeds: number[] = []
const tops: number[] = []
for (let i = 0; i < CLICKS + WARM_UP; i++) {
  at += 60_000
  const itemId = items.record(random.integer(pack.rows)).id
  const start = performance.now()
  await engine.record([{ kind: i % 3 === 0 ? 'like' : 'click', itemId, at }])
  const feed = await engine.feed({ count: 20 })
  const end = performance.now()
  if (feed.shelves.length === 0) throw new Error('no list')
  if (i >= WARM_UP) {
    clicks.push(end - start)
    feeds.push(feed.tookMs)
    tops.push(await topTwenty())
  }
}

const { codes, scales, dim } = pack.content!.vectors
const floats = Float32Array.from(
  codes,
  (code, i) => code * scales[Math.floor(i / dim)]!,
)
const query = Float32Array.from({ length: dim }, () => random.normal())
const out = new Float32Array(pack.rows)
const scans: number[] = []
for (let i = 0; i < 200; i++) {
  const start = performance.now()
  for (let row = 0; row < pack.rows; row++) {
    let sum = 0
    for (let d = 0; d < dim; d++) sum += floats[row * dim + d]! * query[d]!
    out[row] = sum
  }
  scans.push(performance.now() - start)
}

const at_ = (times: number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.floor(share * (times.length - 1))]!
const row = (what: string, times: number[]) => {
  const [p50, p95] = [at_(times, 0.5), at_(times, 0.95)]
  const ratio = p50 / at_(scans, 0.5)
  console.log(
    `${what.padEnd(44)} ${p50.toFixed(2).padStart(7)} ${p95.toFixed(2).padStart(7)} ${ratio.toFixed(2).padStart(7)}`,
  )
}
console.log(
  `${pack.rows} items, scan ${scanner.kind}, up to ${CLICKS + WARM_UP} signals; pack opened in ${openMs.toFixed(0)} ms`,
)
console.log(
  `${'ms'.padEnd(44)} ${'p50'.padStart(7)} ${'p95'.padStart(7)} ${'ratio'.padStart(7)}`,
)
row('click → new top 20', tops)
row('click → recorded → all shelves of 20', clicks)
row('… of which scoring, ranking, explaining', feeds)
row('baseline: one float32 scan in plain JS', scans)
