import { beforeAll, describe, expect, test } from 'vitest'
import type { UserSplit } from '../training/dataset.ts'
import { hideEntries } from '../training/hide-entries.ts'
import { plantedDataset, positivesOf } from '../training/planted.ts'
import { toPositives } from '../training/positives.ts'
import { evaluateSplit, type SplitResult } from './evaluate-split.ts'
import { formatSplit, splitJson } from './split-report.ts'

const ITEMS = 60
const planted = plantedDataset({ users: 120, items: ITEMS, choices: 14, seed: 2 })
const positives = toPositives(planted.interactions!, ITEMS)
const { train, valid: test20 } = hideEntries(positives, { share: 0.2, seed: 7 })
const split: UserSplit = {
  name: 'planted',
  itemIds: planted.items.map(({ id }) => id),
  train,
  test: test20,
}

describe('evaluateSplit', () => {
  let result: SplitResult

  beforeAll(async () => {
    result = await evaluateSplit(split, { bytesPerItem: 24, seed: 4, threads: 0 })
  })

  test('measures popularity, co-use, their fusion and the dense baseline', () => {
    expect(Object.keys(result.measured)).toEqual(['popularity', 'cf', 'fusion', 'ease'])
    expect(result.users).toBe(120)
  })

  test('co-use, the fusion and EASE find the planted groups, popularity does not', () => {
    const { cf, fusion, popularity, ease } = result.measured
    const floor = popularity.recall.mean * 1.3
    for (const { recall } of [cf, fusion, ease]) {
      expect(recall.mean).toBeGreaterThan(floor)
    }
  })

  test('the written block keeps to the budget, and uses most of it', () => {
    // the file's own head and levels are 0.3 kB, 5 B an item here
    expect(result.bytesPerItem.cf).toBeLessThanOrEqual(24)
    expect(result.bytesPerItem.cf).toBeGreaterThan(20)
  })

  test('prints a table, and JSON under the key all', () => {
    const { all } = JSON.parse(splitJson(result))
    expect(Object.keys(all)).toEqual(['popularity', 'cf', 'fusion', 'ease'])
    expect(all.cf).toEqual({
      'recall@20': result.measured.cf.recall.mean,
      'ndcg@20': result.measured.cf.ndcg.mean,
    })
    expect(formatSplit(result)).toContain('planted: 60 items, 120 test users')
  })

  test('the same split and seed give the same figures', async () => {
    const again = await evaluateSplit(split, { bytesPerItem: 24, seed: 4, threads: 0 })
    expect(again.measured).toEqual(result.measured)
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
    { threads: 0 },
  )
  expect(result.measured.popularity.recall.mean).toBeCloseTo(20 / 30, 6)
  expect(result.measured.popularity.ndcg.mean).toBeCloseTo(1, 6)
})

test('validation that came with the split is trained on in the end', async () => {
  const { train: less, valid } = hideEntries(train, { share: 0.3, seed: 1 })
  const options = { bytesPerItem: 24, seed: 4, threads: 0 }
  const { measured } = await evaluateSplit({ ...split, train: less, valid }, options)
  const { measured: whole } = await evaluateSplit(split, options)
  expect(measured.popularity).toEqual(whole.popularity)
})

test('refuses a test without users, and an unknown part, before any work', async () => {
  const none = positivesOf(
    Array.from({ length: 120 }, () => []),
    ITEMS,
  )
  await expect(evaluateSplit({ ...split, test: none })).rejects.toThrow(
    'no user to test: got 0',
  )
  await expect(evaluateSplit(split, { parts: ['magic'] })).rejects.toThrow(
    'unknown part: got magic',
  )
})
