/**
 * How long from a click to a new top 20, and to all shelves? The demo pack without the
 * page. Beside it, in the same run, the plain-JS float32 scan of the content vectors.
 *
 *   npx tsx bench/click.ts [pack folder]
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEngine } from '../src/engine/create-engine.ts'
import { createExplainer } from '../src/explain/explain.ts'
import { deriveTaste } from '../src/feedback/taste.ts'
import { createRandom } from '../src/math/random.ts'
import { createScanner } from '../src/math/simd-scanner.ts'
import { openItems } from '../src/pack/items.ts'
import { readBlocks, readManifest } from '../src/pack/read-pack.ts'
import { prepareScoring } from '../src/scoring/prepare-scoring.ts'
import { rankItems } from '../src/scoring/rank.ts'
import { createScores } from '../src/scoring/score.ts'
import { scoreAll } from '../src/scoring/score-all.ts'
import { userInput } from '../src/scoring/tower-input.ts'
import { openProfile } from '../src/store/open-store.ts'
import { forwardReference } from '../src/towers/forward.ts'

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
  ...{ pack, items, scanner, firstItems: [] },
  store: await openProfile({
    onDemand: () => import('../src/store/on-demand.ts'),
    name: 'bench',
    storage: 'memory',
    now: () => at,
    uid: () => `${++uid}`,
  }),
  readColumn: absent,
  openEncoder: absent,
  openTowers: absent,
  now: () => at,
  clock: () => performance.now(),
  later: () => {},
  notify: () => {},
})

/** Wall clock and processor time, ms: on a busy machine only the second means much. */
interface Spent {
  readonly wall: number
  readonly cpu: number
}

/** Starts now; what is returned tells what was spent since. */
function stopwatch(): () => Spent {
  const start = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wall: performance.now() - start, cpu: (user + system) / 1000 }
  }
}

/** The new top 20 alone: fold in, score all parts, diversify, explain. */
const scoring = prepareScoring(pack, scanner)
const into = createScores(pack.itemCount)
const explainer = createExplainer(pack, items)
async function topTwenty(): Promise<Spent> {
  const { events } = await engine.export()
  const logged = events.map((event, seq) => ({ ...event, seq }))
  const start = stopwatch()
  const taste = deriveTaste(logged, items.indexOf, at)
  const input = userInput(pack, taste.history)
  const userVector = forwardReference(pack.tower!.user, input, 1)
  const request = { taste, userVector }
  const scores = scoreAll(scoring, request, into)
  const ranked = rankItems(scoring, scores, request, { count: 20 })
  const kinds = new Map(taste.history.map(({ index, kind }) => [index, kind]))
  const explain = explainer.of({
    request,
    kindOf: (row: number) => kinds.get(row),
    reactionOf: () => undefined,
  })
  const reasons = explain(ranked, 'score')
  const spent = start()
  if (reasons.length !== 20) throw new Error('no list')
  return spent
}

const random = createRandom(5)
const clicks: Spent[] = []
const tops: Spent[] = []
for (let i = 0; i < CLICKS + WARM_UP; i++) {
  at += 60_000
  const item = items.record(random.integer(pack.itemCount)).id
  const spent = stopwatch()
  await engine.record({ kind: i % 3 === 0 ? 'like' : 'click', item, at })
  const { shelves } = await engine.shelves({ count: 20 })
  const whole = spent()
  if (shelves.length === 0) throw new Error('no list')
  if (i >= WARM_UP) {
    clicks.push(whole)
    tops.push(await topTwenty())
  }
}

const { codes, scales, dim } = pack.content!.vectors
const floats = Float32Array.from(
  codes,
  (code, i) => code * scales[Math.floor(i / dim)]!,
)
const query = Float32Array.from({ length: dim }, () => random.normal())
const out = new Float32Array(pack.itemCount)
const scans: Spent[] = []
for (let i = 0; i < 200; i++) {
  const spent = stopwatch()
  scanFloats()
  scans.push(spent())
}

function scanFloats() {
  for (let row = 0; row < pack.itemCount; row++) {
    let sum = 0
    for (let d = 0; d < dim; d++) sum += floats[row * dim + d]! * query[d]!
    out[row] = sum
  }
}

const at_ = (times: readonly Spent[], share: number, clock: keyof Spent) =>
  times.map((time) => time[clock]).sort((a, b) => a - b)[
    Math.floor(share * (times.length - 1))
  ]!
const row = (what: string, times: readonly Spent[]) => {
  const ratio = at_(times, 0.5, 'cpu') / at_(scans, 0.5, 'cpu')
  const figures = [
    at_(times, 0.5, 'wall'),
    at_(times, 0.95, 'wall'),
    at_(times, 0.5, 'cpu'),
    at_(times, 0.95, 'cpu'),
    ratio,
  ]
  console.log(
    `${what.padEnd(40)} ${figures.map((x) => x.toFixed(2).padStart(8)).join('')}`,
  )
}
console.log(
  `${pack.itemCount} items, scan ${scanner.kind}, up to ${CLICKS + WARM_UP} events; pack opened in ${openMs.toFixed(0)} ms`,
)
const heads = ['p50', 'p95', 'cpu p50', 'cpu p95', 'ratio']
console.log(
  `${'ms'.padEnd(40)} ${heads.map((head) => head.padStart(8)).join('')}   (ratio: cpu p50)`,
)
row('click → new top 20', tops)
row('click → recorded → all shelves of 20', clicks)
row('baseline: one float32 scan in plain JS', scans)
