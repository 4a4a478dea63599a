/**
 * Which attributes and texts serve cold-start items best: their rows made from some of them
 * alone, on the validation items of a folder of cold-start items. Test is not read.
 *
 *   npx tsx bench/new-items.ts <folder> [a,b]     a, b: only these variants
 *
 * Figures are of CF alone, written and read back, by settings that are not searched.
 */

import { buildAttributes } from '../src/build/dataset/attributes.ts'
import { encodeItems } from '../src/build/dataset/item-text.ts'
import { countsOf, popularityOf, toPositives } from '../src/build/dataset/positives.ts'
import { coldStartModel } from '../src/build/models/cold-start/cold-start.ts'
import type { ColdSettings, PairRows } from '../src/build/models/cold-start/mix.ts'
import { contentModel } from '../src/build/models/content/content.ts'
import {
  CF_BYTES_PER_ITEM,
  wholeEntriesBudget,
} from '../src/build/models/item-item/budget.ts'
import { openColumnThreads } from '../src/build/models/item-item/column-threads.ts'
import { itemItemModel } from '../src/build/models/item-item/item-item.ts'
import { openTrial } from '../src/build/open-trial.ts'
import { defaultModelFolder } from '../src/build/package-root.ts'
import { amongShown, coldStartScores } from '../src/evaluate/cold-start-scores.ts'
import {
  findColdStart,
  readColdStart,
} from '../src/evaluate/layouts/read-cold-start.ts'
import { measureVisitors } from '../src/evaluate/measure-visitors.ts'
import { coldStartVisitors, othersOf } from '../src/evaluate/splits/cold-start.ts'
import type { ItemRecord } from '../src/pack/item.ts'
import { defaultFusion } from '../src/scoring/fusion.ts'
import { createNodeEncoder } from '../src/text/encoder/node-encoder.ts'

interface Variant {
  readonly keeps: (item: ItemRecord) => ItemRecord
  readonly reads: boolean
  readonly settings?: Partial<ColdSettings>
}

const whole = (item: ItemRecord) => item
const titled = ({ id, title, description = '' }: ItemRecord) => ({
  id,
  title,
  description,
})
const nothing = ({ id }: ItemRecord) => ({ id, title: '' })
const withoutTexts = (item: ItemRecord) => ({ ...item, title: '', description: '' })

const VARIANTS: Readonly<Record<string, Variant>> = {
  all: { keeps: whole, reads: true },
  text: { keeps: nothing, reads: true },
  words: { keeps: titled, reads: false },
  'text+words': { keeps: titled, reads: true },
  facets: { keeps: withoutTexts, reads: false },
  'words+facets': { keeps: whole, reads: false },
  'no-popularity-power': {
    keeps: whole,
    reads: true,
    settings: { popularityPower: 0 },
  },
  'no-self': { keeps: whole, reads: true, settings: { self: 0 } },
}

const [folder = '', only] = process.argv.slice(2)
const files = await findColdStart(folder)
if (!files) throw new Error('usage: npx tsx bench/new-items.ts <folder> [a,b]')
const split = await readColdStart(files)
const { items, interactions } = split.train
if (!interactions) throw new Error('no interactions')
const positives = toPositives(interactions, items.length)
const encoder = await createNodeEncoder({ modelFolder: defaultModelFolder() })
const content = contentModel.fit({
  texts: await encodeItems(items, encoder),
  encoderDim: encoder.dim,
})
await encoder.dispose()

const counts = countsOf(positives)
const share = counts.filter((count) => count > 0).length / counts.length
const threads = openColumnThreads(0)
const settings = { userPower: 0.35, ridge: 8, targetPower: 0.08 }
const latent = { latentDim: 32, latentShare: 0.5 }
const bytesPerItem = wholeEntriesBudget(share * CF_BYTES_PER_ITEM, items.length)
const cf = await itemItemModel.fit(
  { positives, bytesPerItem, threads },
  { ...settings, ...latent },
)
await threads.close()

const hidden = othersOf(split.valid, items.length)
const visitors = coldStartVisitors(split, split.valid, 1)
const asked = only?.split(',') ?? Object.keys(VARIANTS)
for (const name of asked) {
  const { keeps, reads, settings: changed } = VARIANTS[name]!
  const start = performance.now()
  const added = coldStartModel.fit(
    {
      rows: cf as PairRows,
      items: items.map(keeps),
      positives,
      texts: reads ? [content] : [],
    },
    changed,
  )
  const seconds = (performance.now() - start) / 1000
  const scoring = await openTrial({
    name: split.train.name,
    licence: '',
    attribution: '',
    provenance: { generator: 'bench', interactions: 0, users: 0, notes: [] },
    items,
    fusion: defaultFusion,
    cf: added?.rows ?? cf,
    attributes: buildAttributes(items),
    popularity: popularityOf(positives),
    flags: new Uint8Array(items.length),
    firstItems: [0],
  })
  const scores = coldStartScores(scoring, { components: ['cf'], blends: {}, seed: 1 })
  const how = { k: 'all', rows: items.length, seed: 1, recall: 'of-all' } as const
  const { rows } = measureVisitors(amongShown(scores, hidden), visitors, how)
  const figure = (key: 'recall@20' | 'ndcg@20') => rows.cf?.[key]?.toFixed(4)
  const bytes = (scoring.pack.manifest.blocks.cf?.sizeBytes ?? 0) / items.length
  console.log(
    `${name.padEnd(20)} ${figure('recall@20')} ${figure('ndcg@20')}  ` +
      `${bytes.toFixed(1)} B an item, ${seconds.toFixed(0)} s`,
  )
}
