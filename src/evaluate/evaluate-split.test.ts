import { beforeAll, describe, expect, test } from 'vitest'
import type { UserSplit } from '../build/dataset/dataset.ts'
import { toPositives } from '../build/dataset/positives.ts'
import { plantedDataset, positivesOf } from '../build/planted.test-data.ts'
import { hideEntries } from '../build/splits/hide-entries.ts'
import { evaluateSplit } from './evaluate-split.ts'
import type { EvaluationJson, FiguresJson, RowsJson } from './json.ts'
import { formatEvaluation } from './report.ts'

const ITEMS = 40
const planted = plantedDataset({ users: 80, items: ITEMS, choices: 12, seed: 2 })
const positives = toPositives(planted.interactions!, ITEMS)
const { train, valid: test20 } = hideEntries(positives, { share: 0.2, seed: 7 })
const split: UserSplit = {
  name: 'planted',
  itemIds: planted.items.map(({ id }) => id),
  train,
  test: test20,
}
const allOf = (json: EvaluationJson) => json.all as RowsJson
const row = (json: EvaluationJson, name: string) => allOf(json)[name] as FiguresJson

/** Without iALS, whose search for settings takes long. */
const components = ['popularity', 'cf', 'item-knn', 'ease']
const options = { bytesPerItem: 24, seed: 4, threads: 0, components }

describe('evaluateSplit', () => {
  let result: EvaluationJson

  beforeAll(async () => {
    result = await evaluateSplit(split, options)
  })

  test('measures popularity, co-use, their fusion and the baselines, on whole histories', () => {
    expect(Object.keys(result)).toEqual(['all', 'meta'])
    expect(result.meta.rows).toEqual({
      popularity: 'component',
      cf: 'component',
      fusion: 'fusion',
      'item-knn': 'baseline',
      ease: 'baseline',
    })
    expect(result.meta.visitors).toBe(80)
  })

  test('all but popularity find the planted groups', () => {
    const floor = row(result, 'popularity')['recall@20']! * 1.3
    for (const name of ['cf', 'fusion', 'item-knn', 'ease']) {
      expect(row(result, name)['recall@20'], name).toBeGreaterThan(floor)
    }
  })

  test('the written block keeps to the budget, and uses most of it', () => {
    // the file's own head and levels are 0.3 kB, 8 B an item here
    expect(result.meta.bytesPerItem.cf).toBeLessThanOrEqual(24)
    expect(result.meta.bytesPerItem.cf).toBeGreaterThan(16)
  })

  test('prints as a table, with what the baselines were tuned to', () => {
    const table = formatEvaluation(result)
    expect(table).toContain('planted: 40 items, 80 visitors, seed 4')
    expect(table).toMatch(/^ease: ridge \d/m)
    expect(table).toMatch(/^all +fusion − cf/m)
  })

  test('the same split and seed give the same figures', async () => {
    expect(await evaluateSplit(split, options)).toEqual(result)
  })
})

test('recall is of all targets: 30 to find and 20 shown is at most two thirds', async () => {
  const everything = Array.from({ length: 40 }, (_, row) => row)
  const lists = Array.from({ length: 8 }, () => everything.slice(0, 10))
  const rest = Array.from({ length: 8 }, () => everything.slice(10))
  const result = await evaluateSplit(
    {
      name: 'all',
      itemIds: everything.map(String),
      train: positivesOf(lists, 40),
      test: positivesOf(rest, 40),
    },
    { threads: 0, components: ['popularity'] },
  )
  expect(row(result, 'popularity')['recall@20']).toBeCloseTo(20 / 30, 6)
  expect(row(result, 'popularity')['ndcg@20']).toBeCloseTo(1, 6)
  expect(row(result, 'popularity')['precision@20']).toBe(1)
})

test('validation that came with the split is trained on in the end', async () => {
  const { train: less, valid } = hideEntries(train, { share: 0.3, seed: 1 })
  const only = { ...options, components: ['popularity'] }
  const result = await evaluateSplit({ ...split, train: less, valid }, only)
  const whole = await evaluateSplit(split, only)
  expect(row(result, 'popularity')).toEqual(row(whole, 'popularity'))
})

test('refuses a test without users, and an unknown component, before any work', async () => {
  const none = positivesOf(
    Array.from({ length: 80 }, () => []),
    ITEMS,
  )
  await expect(evaluateSplit({ ...split, test: none })).rejects.toThrow(
    'no user to test: got 0',
  )
  await expect(evaluateSplit(split, { components: ['magic'] })).rejects.toThrow(
    'unknown component: got magic',
  )
})
