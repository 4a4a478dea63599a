import { expect, test } from 'vitest'
import { encodeSparse } from '../../../pack/sparse-block.ts'
import { positivesOf, randomLists } from '../../planted.test-data.ts'
import { openColumnThreads } from './column-threads.ts'
import { fillBudget } from './item-item.ts'
import { cfDefaults } from './kernel.ts'

const ITEMS = 400
const lists = randomLists({ users: 300, items: ITEMS, seed: 8 })
const positives = positivesOf(lists, ITEMS)
const threads = openColumnThreads(0)
const settings = { ...cfDefaults, candidates: 120 }

test.each([24, 48])(
  'the written block takes %i bytes an item or a little less',
  async (bytesPerItem) => {
    const { rows } = await fillBudget(positives, settings, { bytesPerItem, threads })
    const bytes = encodeSparse('cf', rows).length / ITEMS
    expect(bytes).toBeLessThanOrEqual(bytesPerItem)
    expect(bytes).toBeGreaterThan(bytesPerItem * 0.95)
  },
)

test('a low-rank term is part of the budget, and cut down to one that is small', async () => {
  const latent = { ...settings, latentDim: 64 }
  for (const bytesPerItem of [60, 40]) {
    const { rows } = await fillBudget(positives, latent, { bytesPerItem, threads })
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
  const { rows } = await fillBudget(few, cfDefaults, { bytesPerItem: 8, threads })
  expect(rows.indices.length).toBeGreaterThanOrEqual(8)
})

test('a budget below the rows themselves gives rows without entries', async () => {
  const { rows } = await fillBudget(positives, settings, { bytesPerItem: 1, threads })
  expect(encodeSparse('cf', rows).length).toBeLessThanOrEqual(2048)
})
