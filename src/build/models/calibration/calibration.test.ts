import { beforeAll, describe, expect, test } from 'vitest'
import { topK } from '../../../math/top-k.ts'
import type { Calibration } from '../../../pack/calibration.ts'
import type { PackSource } from '../../../pack/pack-source.ts'
import { constantFusion } from '../../../scoring/fusion.ts'
import { matcherOf } from '../../../scoring/match.ts'
import type { ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { popularityOf, toPositives } from '../../dataset/positives.ts'
import { openTrial } from '../../open-trial.ts'
import { plantedDataset } from '../../planted.test-data.ts'
import { type HeldOutUser, holdOutUsers } from '../../splits/hold-out.ts'
import { requestOf, seenMask } from '../fusion/simulate.ts'
import { pairBytes } from '../item-item/budget.ts'
import { openColumnThreads } from '../item-item/column-threads.ts'
import { itemItemModel } from '../item-item/item-item.ts'
import { calibrationModel } from './calibration.ts'
import { momentOf, momentsIn } from './moments.ts'

const ITEMS = 60
const CHOICES = 14
const fusion = constantFusion({ cf: 1, popularity: 0.1 })
const dataset = plantedDataset({ users: 600, items: ITEMS, choices: CHOICES, seed: 8 })
let heldOut: readonly HeldOutUser[]
let scoring: ScoringPack
let source: PackSource

beforeAll(async () => {
  const positives = toPositives(dataset.interactions!, ITEMS)
  const split = holdOutUsers(positives, { share: 0.5, seed: 2 })
  heldOut = split.heldOut
  source = {
    name: 'planted',
    licence: 'none',
    attribution: '',
    provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
    items: dataset.items,
    fusion,
    cf: await itemItemModel.fit({
      positives: split.train,
      bytesPerItem: pairBytes(15, ITEMS),
      threads: openColumnThreads(0),
    }),
    attributes: {
      values: [],
      indptr: new Uint32Array(ITEMS + 1),
      indices: new Uint16Array(0),
    },
    popularity: popularityOf(split.train),
    flags: new Uint8Array(ITEMS),
    firstItems: [0],
  }
  scoring = await openTrial(source)
})

const fitOn = (people: readonly HeldOutUser[], settings = {}) =>
  calibrationModel.fit({ trials: [{ scoring, heldOut: people }], fusion }, settings)

/** What the page says of the first ten of each list with `k` events, and what is so. */
async function saidAndSo(
  calibration: Calibration,
  people: readonly HeldOutUser[],
  k: number,
) {
  const { pack } = await openTrial({ ...source, calibration })
  let said = 0
  let so = 0
  for (const { history, targets } of people) {
    const known = history.subarray(0, k)
    const others = new Set([...history.subarray(k), ...targets])
    const request = requestOf(scoring, known)
    const scores = scoreAll(scoring, request)
    const matchOf = matcherOf(pack.manifest.calibration, scores, request)!
    for (const index of topK(scores.score, 10, seenMask(ITEMS, known))) {
      said += matchOf(index)! / 10 / people.length
      so += Number(others.has(index)) / 10 / people.length
    }
  }
  return { said, so }
}

describe('calibrationModel', () => {
  test('what is said of people it was not fitted on is so', async () => {
    const fitted = fitOn(heldOut.filter((_, n) => n % 2 === 0))!
    const others = heldOut.filter((_, n) => n % 2 === 1)
    for (const k of [1, 3, 5]) {
      const { said, so } = await saidAndSo(fitted, others, k)
      // who chose k of a group's 30 chose 14 − k of its other 30 − k
      expect(so).toBeGreaterThan(0.35)
      expect(Math.abs(said - so)).toBeLessThan(0.04)
    }
  })

  test('counts the people, and has no curve where too few have such a history', () => {
    const { people, buckets } = fitOn(heldOut)!
    expect(people).toBe(300)
    // 14 choices, 3 of them targets: nobody has 12 events or more
    expect(buckets.map((curve) => curve !== null)).toEqual([
      ...[true, true, true, true],
      ...[false, false, false],
    ])
    expect(fitOn(heldOut.slice(0, 99))).toBeUndefined()
    expect(fitOn(heldOut.slice(0, 100))?.people).toBe(100)
  })

  test('fits on no more people than it may', () => {
    const few = heldOut.slice(0, 40)
    const settings = { minPeople: 1, maxPeople: 20 }
    const everySecond = few.filter((_, n) => n % 2 === 0)
    expect(fitOn(few, settings)?.buckets.slice(0, 4)).toEqual(
      fitOn(everySecond, settings)?.buckets.slice(0, 4),
    )
  })
})

test('a person’s moments are those the history is long enough for', () => {
  const user = { user: 0, history: new Uint32Array(8), targets: Uint32Array.of(1) }
  expect(momentsIn(0, user)).toEqual([0])
  expect(momentsIn(3, user)).toEqual([6])
  expect(momentsIn(4, user)).toEqual([])
})

test('all else that a person chose counts, not the targets alone', () => {
  const user = { user: 0, history: Uint32Array.of(0, 1, 2), targets: Uint32Array.of(3) }
  const { chosen, eventCount } = momentOf(scoring, user, { eventCount: 1, fusion })
  expect(eventCount).toBe(1)
  expect(chosen.reduce((sum, is) => sum + is, 0)).toBeLessThanOrEqual(3)
  const whole = momentOf(scoring, user, { eventCount: 3, fusion })
  expect(whole.chosen.reduce((sum, is) => sum + is, 0)).toBeLessThanOrEqual(1)
})
