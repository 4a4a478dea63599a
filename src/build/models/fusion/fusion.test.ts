import { beforeAll, describe, expect, test } from 'vitest'
import { topK } from '../../../math/top-k.ts'
import {
  FUSED_COMPONENTS,
  FUSION_BUCKETS,
  type FusionWeights,
  type SparseBlock,
} from '../../../pack/pack.ts'
import type { PackSource } from '../../../pack/pack-source.ts'
import { constantFusion } from '../../../scoring/fusion.ts'
import type { ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { popularityOf, toPositives } from '../../dataset/positives.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import { openTrial } from '../../open-trial.ts'
import { plantedDataset } from '../../planted.test-data.ts'
import { type HoldOut, holdOutUsers } from '../../splits/hold-out.ts'
import { pairBytes } from '../item-item/budget.ts'
import { openColumnThreads } from '../item-item/column-threads.ts'
import { itemItemModel } from '../item-item/item-item.ts'
import { type FusionInput, fusionModel } from './fusion.ts'
import { requestOf, seenMask } from './simulate.ts'

const ITEMS = 60
const dataset = plantedDataset({ users: 300, items: ITEMS, choices: 14, seed: 8 })
let split: HoldOut
let scoring: ScoringPack
let fitted: NonNullable<ReturnType<typeof fusionModel.fit>>

const full = { histories: 'full' } as const
const fitOn = (own: ScoringPack, heldOut: FusionInput['trials'][0]['heldOut']) =>
  fusionModel.fit({ trials: [{ scoring: own, heldOut }] })

beforeAll(async () => {
  split = holdOutUsers(toPositives(dataset.interactions!, ITEMS), {
    share: 0.3,
    seed: 2,
  })
  const cf = await itemItemModel.fit({
    positives: split.train,
    bytesPerItem: pairBytes(15, ITEMS),
    threads: openColumnThreads(0),
  })
  const source: PackSource = {
    name: 'planted',
    licence: 'none',
    attribution: '',
    provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
    items: dataset.items,
    fusion: constantFusion({ popularity: 1 }),
    cf,
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
  fitted = fitOn(scoring, split.heldOut)!
})

function emptyCf(cf: SparseBlock): SparseBlock {
  return { ...cf, indptr: new Uint32Array(cf.indptr.length) }
}

/** Mean NDCG@20 of held-out users after `k` events, through the real scoring. */
function quality(fusion: FusionWeights, k: number) {
  const values = split.heldOut.map(({ history, targets }) => {
    const newest = history.subarray(0, k)
    const { score } = scoreAll(scoring, { ...requestOf(scoring, newest), fusion })
    return ndcgAt(topK(score, 20, seenMask(ITEMS, newest)), new Set(targets), 20)
  })
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('fusionModel', () => {
  test('finds that co-use predicts more than popularity where it does', () => {
    const { fusion } = fitted
    expect(fusion.source).toBe('fitted')
    expect(fusion.buckets).toHaveLength(FUSION_BUCKETS.length)
    const popularity = constantFusion({ popularity: 1 })
    for (const k of [1, 5, 9]) {
      expect(quality(fusion, k)).toBeGreaterThan(quality(popularity, k) * 1.3)
    }
  })

  test('is nowhere below popularity on the users it was fitted on', () => {
    const { report } = fitted
    expect(report.buckets.length).toBeGreaterThan(2)
    for (const { fused, popularity } of report.buckets) {
      expect(fused).toBeGreaterThanOrEqual(popularity)
    }
  })

  test('gives weights that are not negative, and none to a component the pack lacks', () => {
    const { fusion } = fitted
    for (const bucket of fusion.buckets) {
      for (const component of FUSED_COMPONENTS)
        expect(bucket[component]).toBeGreaterThanOrEqual(0)
      expect(bucket.tower + bucket.content + bucket.sequence + bucket.attributes).toBe(
        0,
      )
      expect(bucket.popularity).toBeGreaterThan(0) // all there is without a history
    }
  })

  test('scales the first twenty picks to a score of about 2', () => {
    const { fusion } = fitted
    const tops = split.heldOut.flatMap(({ history }) => {
      const newest = history.subarray(0, 5)
      const { score } = scoreAll(scoring, { ...requestOf(scoring, newest), fusion })
      return [...topK(score, 20, seenMask(ITEMS, newest))].map((row) => score[row])
    })
    const mean = tops.reduce((sum, score) => sum + score, 0) / tops.length
    expect(mean).toBeCloseTo(2, 0)
  })

  test('the same users give the same weights', () => {
    expect(fitOn(scoring, split.heldOut)).toEqual(fitted)
  })

  test('asked for full histories it plays each user once, with all events known', () => {
    const trials = [{ scoring, heldOut: split.heldOut }]
    const { report } = fusionModel.fit({ trials }, full)!
    const played = report.buckets.reduce((sum, { histories }) => sum + histories, 0)
    expect(played).toBe(split.heldOut.length)
  })

  test('takes the users of several packs together, each through its own', () => {
    const halves = [0, 1].map((odd) => ({
      scoring,
      heldOut: split.heldOut.filter((_, n) => n % 2 === odd),
    }))
    const { pack } = scoring
    const silent = { ...scoring, pack: { ...pack, cf: emptyCf(pack.cf!) } }
    const quality = (first: ScoringPack, second: ScoringPack) => {
      const trials = [first, second].map((own, h) => ({ ...halves[h], scoring: own }))
      const { report } = fusionModel.fit({ trials }, full)!
      const played = report.buckets.reduce((n, { histories }) => n + histories, 0)
      expect(played).toBe(split.heldOut.length)
      return Math.max(...report.buckets.map(({ fused }) => fused))
    }
    const [all, none] = [quality(scoring, scoring), quality(silent, silent)]
    for (const one of [quality(silent, scoring), quality(scoring, silent)]) {
      expect(one).toBeLessThan(all)
      expect(one).toBeGreaterThan(none)
    }
  })

  test('refuses to guess from a handful of users', () => {
    expect(fitOn(scoring, split.heldOut.slice(0, 3))).toBeUndefined()
  })
})

test('rows that are hidden are not ranked: the weights are fitted without them', () => {
  // all targets but one user's are hidden: nothing is left to learn from
  const hidden = new Uint8Array(ITEMS).fill(1)
  hidden[split.heldOut[0].targets[0]] = 0
  const trials = [{ scoring, heldOut: split.heldOut }]
  const { report } = fusionModel.fit({ trials, hidden }, full)!
  for (const { fused } of report.buckets) expect(fused).toBeLessThan(0.3)
  const all = fusionModel.fit({ trials }, full)!
  expect(Math.max(...all.report.buckets.map(({ fused }) => fused))).toBeGreaterThan(0.3)
})
