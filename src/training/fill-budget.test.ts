import { expect, test } from 'vitest'
import { encodeSparse } from '../catalogue/sparse-block.ts'
import { openColumnThreads } from './column-threads.ts'
import { fillBudget } from './fill-budget.ts'
import { cfDefaults } from './fit-cf.ts'
import { positivesOf, randomLists } from './planted.ts'

const ITEMS = 400
const lists = randomLists({ users: 300, items: ITEMS, seed: 8 })
const positives = positivesOf(lists, ITEMS)
const threads = openColumnThreads(0)

test.each([24, 48])(
  'the written block takes %i bytes an item or a little less',
  async (bytesPerItem) => {
    const { rows } = await fillBudget(positives, cfDefaults, { bytesPerItem, threads })
    const bytes = encodeSparse('cf', rows).length / ITEMS
    expect(bytes).toBeLessThanOrEqual(bytesPerItem)
    expect(bytes).toBeGreaterThan(bytesPerItem * 0.95)
  },
)

test('a budget below the rows themselves gives rows without entries', async () => {
  const { rows } = await fillBudget(positives, cfDefaults, { bytesPerItem: 1, threads })
  expect(rows.indices).toHaveLength(0)
})
