/** The contract of `model.ts`, over all models, on data whose right answer is known. */
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../math/random.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { Pack } from '../../pack/pack.ts'
import type { PackSource } from '../../pack/pack-source.ts'
import { defaultFusion } from '../../scoring/fusion.ts'
import type { ScoreRequest, ScoringPack } from '../../scoring/score.ts'
import { buildAttributes } from '../dataset/attributes.ts'
import { popularityOf, toPositives } from '../dataset/positives.ts'
import { openTrial } from '../open-trial.ts'
import { plantedDataset, positivesOf } from '../planted.test-data.ts'
import { holdOutUsers } from '../splits/hold-out.ts'
import { calibrationModel } from './calibration/calibration.ts'
import { coldStartModel } from './cold-start/cold-start.ts'
import type { PairRows } from './cold-start/mix.ts'
import { contentModel } from './content/content.ts'
import { fusionModel } from './fusion/fusion.ts'
import { requestOf } from './fusion/simulate.ts'
import { openColumnThreads } from './item-item/column-threads.ts'
import { itemItemModel } from './item-item/item-item.ts'
import { isWithin, type Model } from './model.ts'
import { ratedDataset } from './rating/rated.test-data.ts'
import { ratingModel } from './rating/rating.ts'
import { toSequences } from './sequential/sequences.ts'
import { sequentialModel } from './sequential/sequential.ts'
import { twoTowerModel } from './two-tower/two-tower.ts'

interface Planted<Input, Settings, Fitted, Visitor> {
  readonly input: () => Input | Promise<Input>
  /** To be quick: what differs from the defaults. */
  readonly settings?: Partial<Settings>
  readonly source: (fitted: Fitted) => PackSource
  readonly visitor: (scoring: ScoringPack) => Visitor
  /** The visitor should see `right` above `wrong`. */
  readonly right: number
  readonly wrong: number
  /** What `write` and `read` make of it, and where the pack has it. */
  readonly written?: (fitted: Fitted) => unknown
  readonly block?: (pack: Pack) => unknown
  readonly empty: Input
  /** What is learned of the empty input, and whether it is as it should be. */
  readonly isNothing: (fitted: Fitted | undefined) => boolean
}

function holdsContract<Input, Settings extends object, Fitted, Visitor>(
  name: string,
  model: Model<Input, Settings, Fitted, Visitor>,
  planted: Planted<Input, Settings, Fitted, Visitor>,
) {
  const { settings = {} } = planted
  const learn = async () => (await model.fit(await planted.input(), settings))!
  let fitted: Promise<Fitted> | undefined
  const learnOnce = () => {
    fitted ??= learn()
    return fitted
  }

  describe(name, () => {
    test('has defaults within their ranges', () => {
      const names = Object.keys(model.ranges) as (keyof Settings)[]
      expect(names.sort()).toEqual(Object.keys(model.defaults).sort())
      for (const name of names) {
        expect(isWithin(model.defaults[name], model.ranges[name])).toBe(true)
      }
    })

    test('refuses a setting out of range', async () => {
      const input = await planted.input()
      for (const name of Object.keys(model.ranges)) {
        const wrong = { [name]: Number.NaN } as Partial<Settings>
        await expect(async () => model.fit(input, wrong)).rejects.toThrow(
          expect.objectContaining({
            code: 'bad-argument',
            message: expect.stringMatching(`^invalid ${name}: got NaN, expected `),
          }),
        )
      }
    })

    test('learns the same from the same input and seed', async () => {
      expect(comparable(await learn())).toEqual(comparable(await learnOnce()))
    })

    test('ranks the planted right answer above a wrong one', async () => {
      const scoring = await openTrial(planted.source(await learnOnce()))
      const scores = model.score(scoring, planted.visitor(scoring))
      expect(scores).toHaveLength(scoring.pack.itemCount)
      expect(scores[planted.right]).toBeGreaterThan(scores[planted.wrong])
    })

    const { written, block } = planted
    if (written && block) {
      test('writes and reads what scoring uses', async () => {
        const learned = await learnOnce()
        const { pack } = await openTrial(planted.source(learned))
        expect(block(pack)).toBeDefined()
        expect(written(learned)).toEqual(block(pack))
      })
    }

    test('has an answer to an empty input', async () => {
      expect(planted.isNothing(await model.fit(planted.empty, settings))).toBe(true)
    })
  })
}

/** Plain data without functions, which no two fits share. */
function comparable(fitted: unknown): unknown {
  return JSON.parse(
    JSON.stringify(fitted, (_, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    ),
  )
}

// Two groups of users who choose only among their own half of the items.

const ITEMS = 24
const HALF = ITEMS / 2
const dataset = plantedDataset({ users: 300, items: ITEMS, choices: 8, seed: 3 })
const positives = toPositives(dataset.interactions!, ITEMS)
const threads = openColumnThreads(0)
/** A visitor of the first group, and an item of each. */
const visitor = (scoring: ScoringPack): ScoreRequest =>
  requestOf(scoring, Uint32Array.of(0, 1, 2))
const groups = { visitor, right: 5, wrong: HALF + 5 }
const expected = { file: 'block.bin', rows: ITEMS }

function sourceOf(
  blocks: Partial<PackSource>,
  items: readonly ItemRecord[] = dataset.items,
): PackSource {
  return {
    name: 'planted',
    licence: 'none',
    attribution: '',
    provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
    items,
    fusion: defaultFusion,
    attributes: buildAttributes(items),
    popularity: new Float32Array(items.length),
    flags: new Uint8Array(items.length),
    firstItems: [0],
    ...blocks,
  }
}

holdsContract('item-item', itemItemModel, {
  ...groups,
  input: () => ({ positives, bytesPerItem: 40, threads }),
  source: (cf) => sourceOf({ cf }),
  written: (cf) =>
    itemItemModel.read(itemItemModel.write(cf), { ...expected, block: 'cf' }),
  block: ({ cf }) => cf,
  empty: { positives: positivesOf([], ITEMS), bytesPerItem: 40, threads },
  isNothing: (cf) => cf?.indices.length === 0,
})

holdsContract('two-tower', twoTowerModel, {
  ...groups,
  input: () => {
    const { train, validation } = holdOutUsers(positives, { share: 0.2, seed: 1 })
    return { positives: train, validation }
  },
  settings: { dim: 8, hidden: 16, maxEpochs: 8, batch: 32, rate: 0.02 },
  source: ({ block }) => sourceOf({ tower: block }),
  written: ({ block }) =>
    twoTowerModel.read(
      twoTowerModel.write(block, ITEMS, 0),
      { ...expected, block: 'tower' },
      { tower: block.dim, content: 0 },
    ),
  block: ({ tower }) => tower,
  empty: { positives: positivesOf([], ITEMS), validation: positivesOf([], ITEMS) },
  isNothing: (towers) => towers === undefined,
})

const order = { rowCount: ITEMS, isInTimeOrder: true }

holdsContract('sequential', sequentialModel, {
  input: () => {
    // everyone walks on by one from some item
    const walks = Array.from({ length: 200 }, (_, user) =>
      Array.from({ length: 5 }, (_, step) => (user * 7 + step) % ITEMS),
    )
    return { sequences: toSequences(walks, order), bytesPerItem: 40 }
  },
  source: (sequence) => sourceOf({ sequence }),
  visitor: (scoring) => requestOf(scoring, Uint32Array.of(6, 5, 4)),
  right: 7,
  wrong: 3,
  written: (rows) =>
    sequentialModel.read(sequentialModel.write(rows), {
      ...expected,
      block: 'sequence',
    }),
  block: ({ sequence }) => sequence,
  empty: { sequences: toSequences([], order), bytesPerItem: 40 },
  isNothing: (rows) => rows?.indices.length === 0,
})

/** The planted items, and one of each group that nobody chose. */
const withCold = [
  ...dataset.items,
  { ...dataset.items[0], id: 'cold sea' },
  { ...dataset.items[HALF], id: 'cold desert' },
]

holdsContract('cold-start', coldStartModel, {
  visitor,
  right: ITEMS,
  wrong: ITEMS + 1,
  input: async () => {
    const known = toPositives(dataset.interactions!, withCold.length)
    const cf = await itemItemModel.fit({ positives: known, bytesPerItem: 40, threads })
    return { rows: cf as PairRows, items: withCold, positives: known, texts: [] }
  },
  source: ({ rows }) => sourceOf({ cf: rows }, withCold),
  empty: {
    rows: (await itemItemModel.fit({
      positives,
      bytesPerItem: 40,
      threads,
    })) as PairRows,
    items: dataset.items,
    positives,
    texts: [],
  },
  isNothing: (items) => items === undefined,
})

const rated = ratedDataset({ users: 60, items: 20, ratings: 12, seed: 5 })

holdsContract('rating', ratingModel, {
  input: async () => ({
    pack: (await openTrial(sourceOf({}, rated.items))).pack,
    heldOut: Array.from({ length: 24 }, (_, user) => ({ user })),
    interactions: rated.interactions,
  }),
  source: ({ head }) => sourceOf(head ? { ratings: head } : {}, rated.items),
  // items are by turns of two authors: one that the visitor likes, one that they do not
  visitor: () => [
    { index: 0, rating: 5 },
    { index: 2, rating: 5 },
    { index: 1, rating: 2 },
  ],
  right: 4,
  wrong: 3,
  written: ({ head }) => {
    const place = { file: 'ratings.bin', block: 'ratings', rows: 20 } as const
    return ratingModel.read(ratingModel.write(head!, 20), place)
  },
  block: ({ ratings }) => ratings,
  empty: {
    pack: (await openTrial(sourceOf({}, rated.items))).pack,
    heldOut: [],
    interactions: rated.interactions,
  },
  isNothing: (learned) => !learned?.head && learned?.note.includes('off') === true,
})

const ENCODER = { name: 'planted', fingerprint: 'f'.repeat(64), dim: 6 }

holdsContract('content', contentModel, {
  ...groups,
  input: () => {
    // each group's texts point one way, with a little noise
    const random = createRandom(4)
    const texts = Float32Array.from({ length: ITEMS * ENCODER.dim }, (_, at) => {
      const group = Math.floor(at / ENCODER.dim) < HALF ? 0 : 1
      return (at % ENCODER.dim === group ? 1 : 0) + 0.1 * random.normal()
    })
    return { texts, encoderDim: ENCODER.dim }
  },
  settings: { dim: 4 },
  source: (content) => sourceOf({ content, encoder: ENCODER }),
  written: (content) =>
    contentModel.read(
      contentModel.write(content, ITEMS),
      { ...expected, block: 'content' },
      { content: 4, encoder: ENCODER.dim },
    ),
  block: ({ content }) => content,
  empty: { texts: new Float32Array(0), encoderDim: ENCODER.dim },
  isNothing: (content) => content?.vectors.length === 0,
})

const split = holdOutUsers(positives, { share: 0.3, seed: 2 })
const trained = sourceOf({
  cf: await itemItemModel.fit({ positives: split.train, bytesPerItem: 40, threads }),
  popularity: popularityOf(split.train),
})

holdsContract('fusion', fusionModel, {
  ...groups,
  input: async () => ({
    trials: [{ scoring: await openTrial(trained), heldOut: split.heldOut }],
  }),
  source: ({ fusion }) => ({ ...trained, fusion }),
  empty: { trials: [] },
  isNothing: (fitted) => fitted === undefined,
})

holdsContract('calibration', calibrationModel, {
  ...groups,
  input: async () => ({
    trials: [{ scoring: await openTrial(trained), heldOut: split.heldOut }],
    fusion: trained.fusion,
  }),
  settings: { minPeople: 50 },
  source: (calibration) => ({ ...trained, calibration }),
  written: (calibration) => calibration,
  block: ({ manifest }) => manifest.calibration,
  empty: { trials: [], fusion: trained.fusion },
  isNothing: (fitted) => fitted === undefined,
})
