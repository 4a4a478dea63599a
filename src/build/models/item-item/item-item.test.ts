import { describe, expect, test } from 'vitest'
import { encodeSparse } from '../../../pack/sparse-block.ts'
import { toPositives } from '../../dataset/positives.ts'
import { plantedDataset, positivesOf, randomLists } from '../../planted.test-data.ts'
import { pairBytes } from './budget.ts'
import { openColumnThreads } from './column-threads.ts'
import { itemItemModel } from './item-item.ts'
import type { CfSettings } from './kernel.ts'

const ITEMS = 400
const lists = randomLists({ users: 300, items: ITEMS, seed: 8 })
const positives = positivesOf(lists, ITEMS)
const threads = openColumnThreads(0)
const settings = { candidates: 120 }

test.each([24, 48])(
  'the written block takes %i bytes an item or a little less',
  async (bytesPerItem) => {
    const rows = await itemItemModel.fit({ positives, bytesPerItem, threads }, settings)
    const bytes = encodeSparse('cf', rows).length / ITEMS
    expect(bytes).toBeLessThanOrEqual(bytesPerItem)
    expect(bytes).toBeGreaterThan(bytesPerItem * 0.95)
  },
)

test('a low-rank term is part of the budget, and cut down to one that is small', async () => {
  const latent = { ...settings, latentDim: 64 }
  for (const bytesPerItem of [60, 40]) {
    const rows = await itemItemModel.fit({ positives, bytesPerItem, threads }, latent)
    expect(rows.pairs!.latent!.dim).toBe(bytesPerItem === 60 ? 64 : 32)
    const bytes = encodeSparse('cf', rows).length / ITEMS
    expect(bytes).toBeLessThanOrEqual(bytesPerItem)
    expect(bytes).toBeGreaterThan(bytesPerItem * 0.9)
  }
})

test('a tiny catalogue gets its pairs whatever the budget', async () => {
  const few = positivesOf(
    [
      [0, 1, 2],
      [0, 1],
      [3, 4],
      [3, 4, 0],
    ],
    5,
  )
  const rows = await itemItemModel.fit({ positives: few, bytesPerItem: 8, threads })
  expect(rows.indices.length).toBeGreaterThanOrEqual(8)
})

test('a budget below the rows themselves gives rows without entries', async () => {
  const rows = await itemItemModel.fit(
    { positives, bytesPerItem: 1, threads },
    settings,
  )
  expect(encodeSparse('cf', rows).length).toBeLessThanOrEqual(2048)
})

describe('on planted data', () => {
  const PLANTED = 40
  const dataset = plantedDataset({ users: 400, items: PLANTED, choices: 8, seed: 4 })
  const planted = toPositives(dataset.interactions!, PLANTED)
  const bytesPerItem = pairBytes(10, PLANTED)
  const learn = (changes: Partial<CfSettings> = {}) =>
    itemItemModel.fit({ positives: planted, bytesPerItem, threads }, changes)

  test('recovers what goes with what: no entry crosses the two groups', async () => {
    const rows = await learn()
    expect(rows.indices.length).toBeGreaterThan(PLANTED * 4)
    for (let row = 0; row < PLANTED; row++) {
      for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
        expect(rows.indices[e] < PLANTED / 2).toBe(row < PLANTED / 2)
      }
    }
  })

  test('gives sorted rows of positive values, none on the diagonal', async () => {
    const { kind, indptr, indices, values } = await learn()
    expect(kind).toBe('item-item')
    expect(values.every((value) => value > 0)).toBe(true)
    for (let row = 0; row < PLANTED; row++) {
      const columns = [...indices.subarray(indptr[row], indptr[row + 1])]
      expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b))
      expect(columns).not.toContain(row)
    }
  })

  test('the same positives and settings give the same rows', async () => {
    const [one, other] = [await learn(), await learn()]
    expect(one).toEqual(other)
  })

  test('a target held back by its popularity scores less', async () => {
    const plain = await learn({ targetPower: 0 })
    const held = await learn({ targetPower: 0.5 })
    const counts = new Float64Array(PLANTED)
    for (const row of planted.rows) counts[row]++
    const mean = planted.rows.length / PLANTED
    plain.values.forEach((value, e) => {
      const isPopular = counts[plain.indices[e]] > mean * 1.05
      if (isPopular) expect(held.values[e]).toBeLessThan(value)
    })
  })

  test('copes with one user, one item', async () => {
    const single = toPositives(
      {
        userCount: 1,
        users: Uint32Array.of(0),
        rows: Uint32Array.of(0),
        weights: Float32Array.of(1),
        hasRatings: false,
      },
      1,
    )
    const rows = await itemItemModel.fit({
      positives: single,
      bytesPerItem: pairBytes(1, 1),
      threads,
    })
    expect(rows.indices).toHaveLength(0)
  })
})
