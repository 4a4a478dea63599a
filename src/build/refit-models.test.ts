import { expect, test } from 'vitest'
import { sampleCalibration } from '../pack/sample-calibration.test-data.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { Dataset } from './dataset/dataset.ts'
import { toPositives } from './dataset/positives.ts'
import type { LearnReport, Reusable } from './learn-models.ts'
import { coldStartModel } from './models/cold-start/cold-start.ts'
import { itemItemModel } from './models/item-item/item-item.ts'
import { ratingModel } from './models/rating/rating.ts'
import { sequenceStart } from './models/sequential/tune.ts'
import { plantedDataset } from './planted.test-data.ts'
import { refitModels } from './refit-models.ts'
import { trainPack } from './train-pack.ts'

const ITEMS = 40
const COLD = 2

/** Two groups with ratings and times, and two items of the first that nobody has chosen. */
function ratedAndTimed(): Dataset {
  const planted = plantedDataset({ users: 60, items: ITEMS, choices: 8, seed: 3 })
  const { interactions } = planted
  if (!interactions) throw new Error('planted without interactions')
  return {
    ...planted,
    items: planted.items,
    interactions: {
      ...interactions,
      rows: interactions.rows.map((row) => (row < COLD ? row + COLD : row)),
      hasRatings: true,
      weights: interactions.weights.map((_, n) => 4 + (n % 2)),
      times: Float64Array.from(interactions.users, (_, n) => n * 1000),
    },
  }
}

const reusable: Reusable = {
  cf: { ...itemItemModel.defaults, ridge: 2 },
  sequence: sequenceStart,
  fusion: { fusion: { ...defaultFusion, source: 'fitted' }, report: { buckets: [] } },
  calibration: sampleCalibration,
  ratings: { shrinkage: { item: 4, user: 8 }, variances: ratingModel.defaults },
  ratingNote: 'Ratings are predicted within 0.5.',
  cold: { ...coldStartModel.defaults, ridge: 0.7 },
}
const report: LearnReport = {
  heldOutUsers: 30,
  cf: { chosen: reusable.cf, tried: [], entriesPerItem: 8, threads: 0 },
  sequence: { share: 0.5, tried: [], note: 'Sequence has 50 % of the bytes.' },
}

async function refitted(former = reusable) {
  const dataset = ratedAndTimed()
  const { interactions, ...items } = dataset
  if (!interactions) throw new Error('planted without interactions')
  const { source: base } = await trainPack(items)
  const nowhere = (count: number) => new Int32Array(count).fill(-1)
  return refitModels(
    {
      ...{ dataset, base, content: undefined, bytesPerItem: 200, seed: 1, threads: 0 },
      positives: toPositives(interactions, ITEMS),
      onProgress: () => {},
    },
    {
      ...{ reusable: former, report },
      places: {
        itemOf: nowhere(ITEMS),
        attributeOf: nowhere(base.attributes.values.length),
      },
    },
  )
}

test('every model is learned again on everyone, by the settings that were chosen', async () => {
  const learned = await refitted()
  expect(learned.fusion).toEqual(reusable.fusion?.fusion)
  expect(learned.calibration).toEqual(sampleCalibration)
  expect(learned.sequence?.values.length).toBeGreaterThan(0)
  expect(learned.decaySettings).toMatchObject({
    decay: sequenceStart.decaySettings.decay,
  })
  expect(learned.ratings).toMatchObject({
    low: 4,
    high: 5,
    variances: ratingModel.defaults,
  })
  expect(learned.ratings?.mean).toBeCloseTo(4.5, 1) // a choice made twice counts once
  expect(learned.report.cold?.chosen).toEqual(reusable.cold)
  expect(learned.report.sequence.share).toBe(0.5)
  expect(learned.reusable).toEqual(reusable)
})

test('a cold-start item has a row, and goes with its own half', async () => {
  const { cf } = await refitted()
  if (!cf) throw new Error('CF is off')
  const row = cf.indices.subarray(cf.indptr[0], cf.indptr[1])
  expect(row.length).toBeGreaterThan(0)
  const own = row.filter((item) => item < ITEMS / 2)
  expect(own.length).toBeGreaterThan(row.length / 2)
})

test('the notes keep what was measured, and name that it was reused', async () => {
  const { notes } = await refitted()
  expect(notes).toContain(report.sequence.note)
  expect(notes).toContain(reusable.ratingNote)
  expect(notes.at(-1)).toMatch(/^Settings were chosen on earlier data/)
})

test('what was off stays off', async () => {
  const { sequence: _, ratings: __, fusion: ___, ...rest } = reusable
  const learned = await refitted(rest)
  expect(learned).not.toHaveProperty('sequence')
  expect(learned).not.toHaveProperty('ratings')
  expect(learned).not.toHaveProperty('fusion')
  expect(learned).not.toHaveProperty('tower')
})
