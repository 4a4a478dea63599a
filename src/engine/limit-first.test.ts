import { expect, test } from 'vitest'
import type { ItemRecord } from '../pack/item.ts'
import { limitFirst } from './limit-first.ts'

const book = (index: number, more: Partial<ItemRecord> = {}): ItemRecord => ({
  ...{ id: `b${index}`, title: `Book ${index}`, authors: [`Author ${index}`] },
  ...more,
})
const blockOf = (items: readonly ItemRecord[]) => ({
  ...{ items, isByPopularity: true },
  indices: items.map((_, place) => 10 + place),
})

test('the first screen shows series from their beginning, and a maker twice at most', () => {
  const items = Array.from({ length: 20 }, (_, index) => book(index))
  items[1] = book(1, { series: { name: 'Saga', position: 7 } })
  for (const index of [2, 3, 4]) items[index] = book(index, { authors: ['Same'] })
  const first = limitFirst(blockOf(items))
  expect(first.items.map(({ id }) => id).slice(0, 4)).toEqual(['b0', 'b2', 'b3', 'b5'])
  expect(first.indices.slice(0, 4)).toEqual([10, 12, 13, 15])
  expect(first.items).toHaveLength(18)
})

test('a block that would leave the screen short stays whole', () => {
  const block = blockOf(
    Array.from({ length: 20 }, (_, index) => book(index, { authors: ['Brand'] })),
  )
  expect(limitFirst(block)).toBe(block)
})
