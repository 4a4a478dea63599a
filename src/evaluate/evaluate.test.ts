import { beforeAll, describe, expect, test } from 'vitest'
import type { Dataset } from '../build/dataset/dataset.ts'
import { plantedDataset } from '../build/planted.test-data.ts'
import { evaluateDataset } from './evaluate.ts'
import type { EvaluationJson, FiguresJson, RowsJson } from './json.ts'
import { formatEvaluation } from './report.ts'

const dataset = plantedDataset({ users: 80, items: 40, choices: 10, seed: 2 })
const at = (json: EvaluationJson, k: number | 'all', name: string) =>
  (json[`${k}` as 'all'] as RowsJson)[name] as FiguresJson

/** Without iALS, whose search for settings takes long. */
const components = ['popularity', 'cf', 'tower', 'attributes', 'item-knn', 'ease+prior']

describe('evaluateDataset', () => {
  let result: EvaluationJson

  beforeAll(async () => {
    const options = { ks: [0, 3], seed: 4, threads: 0, ablate: true, components }
    result = await evaluateDataset(dataset, options)
  })

  test('measures every component, baseline and ablation at every number of events', () => {
    expect(Object.keys(result)).toEqual(['0', '3', 'all', 'meta'])
    for (const k of [0, 3, 'all'] as const) {
      expect(Object.keys(result[`${k}`]!)).toEqual(Object.keys(result.meta.rows))
    }
    expect(result.meta.rows).toMatchObject({
      popularity: 'component',
      cf: 'component',
      fusion: 'fusion',
      'half-blend': 'ablation',
      'fusion-diverse': 'ablation',
      'fusion-without-popularity': 'ablation',
      'item-knn': 'baseline',
      'ease+prior': 'baseline',
    })
    expect(result.meta.visitors).toBe(16)
  })

  test('co-use, the fusion and the baselines find the planted groups', () => {
    const floor = at(result, 3, 'popularity')['recall@20']! * 1.3
    for (const name of ['cf', 'fusion', 'item-knn', 'ease+prior']) {
      expect(at(result, 3, name)['recall@20'], name).toBeGreaterThan(floor)
    }
  })

  test('popularity, the fusion and EASE with its prior are one list before the first event', () => {
    const { popularity, fusion, 'ease+prior': ease } = result['0']!
    expect(fusion).toEqual(popularity)
    expect(ease).toEqual(popularity)
    expect(result.meta.differences['0']!.popularity!['ndcg@20']).toBe(0)
  })

  test('gives what the fusion gains on each other row, with an interval', () => {
    const gain = result.meta.differences.all!.popularity!
    const expected =
      at(result, 'all', 'fusion')['ndcg@20']! -
      at(result, 'all', 'popularity')['ndcg@20']!
    expect(gain['ndcg@20']).toBeCloseTo(expected, 9)
    expect(gain['ndcg@20:low']!).toBeGreaterThan(0)
    expect(gain['ndcg@20:high']!).toBeGreaterThan(gain['ndcg@20']!)
  })

  test('has no probabilities where too few people could be held out in training', () => {
    expect(result.meta.calibration).toEqual({})
  })

  test('prints as a table', () => {
    const table = formatEvaluation(result)
    expect(table).toContain('planted: 40 items, 16 visitors, seed 4')
    const lines = table.split('\n')
    expect(lines.filter((line) => /^3 +fusion /.test(line))).toHaveLength(4)
    expect(table).toMatch(/^ease\+prior: ridge .*prior@3/m)
  })
})

test('probabilities are held against all that visitors chose, with that many events', async () => {
  const many = plantedDataset({ users: 260, items: 60, choices: 12, seed: 2 })
  const options = { components: ['popularity'], ks: [0, 3], threads: 0, seed: 4 }
  const result = await evaluateDataset(many, options)
  const { calibration } = result.meta
  // nobody has 100 events, and nothing is hidden beside the targets at "all"
  expect(Object.keys(calibration)).toEqual(['0', '3'])
  const { visitors, ece, bce, baseBce, bins } = calibration['3']!
  expect(visitors).toBe(52)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(52 * 20)
  // who chose 3 of a group's 30 chose 9 of its other 27
  const chosen = bins.reduce((sum, bin) => sum + bin.observed * bin.count, 0)
  expect(chosen / (52 * 20)).toBeCloseTo(9 / 27, 1)
  expect(ece).toBeLessThan(0.06)
  // nothing in the list tells one of the group's items from another
  expect(Math.abs(bce - baseBce)).toBeLessThan(0.02)
  expect(formatEvaluation(result)).toMatch(/^3 +52 +0\.3/m)
})

const small = plantedDataset({ users: 40, items: 30, choices: 6, seed: 2 })

test('measures only what was requested and the fusion; the same seed, the same bytes', async () => {
  const options = { components: ['cf', 'item-knn'], ks: [], threads: 0, seed: 4 }
  const result = await evaluateDataset(small, options)
  expect(Object.keys(result.meta.rows)).toEqual(['cf', 'fusion', 'item-knn'])
  const again = await evaluateDataset(small, options)
  expect(JSON.stringify(again)).toBe(JSON.stringify(result))
})

test('with five folds every user is a visitor once', async () => {
  const options = { components: ['popularity'], ks: [], threads: 0, folds: 5 }
  const { meta, all } = await evaluateDataset(small, options)
  expect(meta.visitors).toBe(40)
  expect(Object.keys(all!)).toEqual(['popularity', 'fusion'])
  expect(meta.notes.at(-1)).toContain('the first of 5 folds')
  await expect(evaluateDataset(small, { split: 'time', folds: 2 })).rejects.toThrow(
    'invalid folds of a split by time: got 2',
  )
})

test('by time, the newest choice of each user is the only target', async () => {
  const times = Float64Array.from(small.interactions!.users, (_, event) => event)
  const timed: Dataset = {
    ...small,
    interactions: { ...small.interactions!, times },
  }
  const options = {
    split: 'time',
    components: ['popularity'],
    ks: [],
    threads: 0,
  } as const
  const { meta, all } = await evaluateDataset(timed, options)
  expect(meta.visitors).toBe(40)
  expect(meta.split).toBe('time')
  // one target each: recall is the chance of a hit
  expect(all!.popularity!['recall@20']).toBe(all!.popularity!['hit@20'])
  await expect(evaluateDataset(small, options)).rejects.toThrow('without times')
})

test('refuses an unknown component and a bad number of events before any work', async () => {
  await expect(evaluateDataset(dataset, { components: ['magic'] })).rejects.toThrow(
    'unknown component: got magic, expected one of popularity, cf,',
  )
  await expect(evaluateDataset(dataset, { ks: [-1] })).rejects.toThrow(
    'invalid number of events: got -1',
  )
})
