/**
 * What 4 and 8 bits cost: Recall@20 and NDCG@20 of the pack against the float32 matrices
 * it was written from, the same visitors, the same weights (those of the order of events
 * are set to 0, as it is not scored in floats).
 *
 *   npx tsx bench/quantised.ts <folder of tables> [--no-text] [--seed N]
 */
import { parseArgs } from 'node:util'
import { readDataset } from '../src/build/build-catalogue.ts'
import { findTables } from '../src/build/input/find-tables.ts'
import { openTrial } from '../src/build/open-trial.ts'
import { defaultModelFolder } from '../src/build/package-root.ts'
import { trainPack } from '../src/build/train-pack.ts'
import { differenceOf, evaluateLists, type Measured } from '../src/evaluate/figures.ts'
import { floatScores } from '../src/evaluate/float-scores.ts'
import type { FiguresJson } from '../src/evaluate/json.ts'
import { inTurn, showVisitors } from '../src/evaluate/measure-visitors.ts'
import { packScores, presentComponents } from '../src/evaluate/pack-scores.ts'
import { sampleVisitors, splitDataset } from '../src/evaluate/splits/users.ts'
import { createNodeEncoder } from '../src/text/encoder/node-encoder.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-text': { type: 'boolean' }, seed: { type: 'string', default: '1' } },
})
const seed = Number(values.seed)
const onProgress = () => {}
const tables = await findTables(positionals[0] ?? '')
if (!tables)
  throw new Error('expected a folder with a table of items and one of ratings')
const { dataset } = await readDataset(tables, { now: Date.now(), onProgress })
const encoder = values['no-text']
  ? undefined
  : await createNodeEncoder({ modelFolder: defaultModelFolder() })
const split = splitDataset(dataset, { seed, by: 'users' })
const { source } = await trainPack(split.train, { ...(encoder && { encoder }), seed })
await encoder?.dispose()

const buckets = source.fusion.buckets.map((weights) => ({ ...weights, sequence: 0 }))
const fusion = { ...source.fusion, buckets }
const scoring = await openTrial({ ...source, fusion })
const visitors = sampleVisitors(split.visitors, { most: 2000, seed })
const components = presentComponents(scoring)
const floats = floatScores(source, fusion)
const scores = inTurn(packScores(scoring, { components }), function* (visitor, k) {
  for (const [name, row] of floats(visitor, k)) yield [`${name} in float32`, row]
})
console.log(`${dataset.name}: ${visitors.length} visitors, seed ${seed}`)
console.log(
  'events  component   recall@20 packed, float, change (95 %)   ndcg@20 packed, float, change (95 %)',
)
for (const k of [1, 5, 20, 'all'] as const) {
  const how = { k, rows: scoring.pack.itemCount, seed, recall: 'of-list' } as const
  const { lists } = showVisitors(scores, visitors, how)
  const measured = (name: string) => evaluateLists(lists.get(name)!, visitors, how)
  for (const row of [...components.filter((name) => name !== 'sequence'), 'fusion']) {
    console.log(lineOf(k, row, [measured(row), measured(`${row} in float32`)]))
  }
}

function lineOf(
  k: number | string,
  row: string,
  [packed, float]: readonly [Measured, Measured],
): string {
  const difference = differenceOf(packed, float, seed)
  const cells = (['recall@20', 'ndcg@20'] as const).map((metric) => {
    const of = float.figures[metric] ?? 0
    const change = (what: keyof FiguresJson) => {
      const share = of > 0 ? (100 * (difference[what] ?? 0)) / of : 0
      return `${share.toFixed(2)}`.padStart(6)
    }
    const range = `(${change(`${metric}:low`)} … ${change(`${metric}:high`)})`
    return `${(packed.figures[metric] ?? 0).toFixed(4)}  ${of.toFixed(4)}  ${change(metric)} % ${range}`
  })
  return `${k}`.padEnd(8) + row.padEnd(12) + cells.join('      ')
}
