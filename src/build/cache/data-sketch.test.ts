import { expect, test } from 'vitest'
import type { ItemRecord } from '../../pack/item.ts'
import { positivesOf, randomLists } from '../planted.test-data.ts'
import { differenceOf, sketchOf } from './data-sketch.ts'

const ITEMS = 400
const items: readonly ItemRecord[] = Array.from({ length: ITEMS }, (_, n) => ({
  ...{ id: `i${n}`, title: `Title ${n}`, price: n },
}))
const lists = randomLists({ users: 300, items: 90, seed: 4 })
const sketch = (users: readonly (readonly number[])[], of = items) =>
  sketchOf({ items: of, positives: positivesOf(users, of.length) })

test('the same data differ in nothing, whatever the order of users and items', () => {
  const reversed = items.toReversed()
  const moved = lists.toReversed().map((list) => list.map((item) => ITEMS - 1 - item))
  expect(differenceOf(sketch(lists), sketch(moved, reversed))).toEqual({
    items: 0,
    interactions: 0,
  })
})

test('a price is nothing that models read; a word is', () => {
  const changed = items.map((item, n) =>
    n < 8 ? { ...item, title: 'Other' } : { ...item, price: 0 },
  )
  expect(differenceOf(sketch(lists), sketch(lists, changed)).items).toBe(8 / ITEMS)
})

test('items that came and went count, and so does text that only the encoder reads', () => {
  const { items: share } = differenceOf(
    sketchOf({ items: items.slice(4) }),
    sketchOf({ items: items.slice(0, -2) }),
  )
  expect(share).toBe((4 + 2) / (ITEMS - 2))
  const bodies = items.map((_, n) => (n === 0 ? 'a page' : undefined))
  expect(differenceOf(sketchOf({ items }), sketchOf({ items, bodies })).items).toBe(
    1 / ITEMS,
  )
})

test('a tenth more users is about a tenth more interactions; other tastes are all of them', () => {
  const more = [...lists, ...randomLists({ users: 30, items: 90, seed: 5 })]
  const { interactions } = differenceOf(sketch(lists), sketch(more))
  expect(interactions).toBeGreaterThan(0.02)
  expect(interactions).toBeLessThan(0.12)
  const others = lists.map((list) => list.map((item) => item + 200))
  expect(differenceOf(sketch(lists), sketch(others)).interactions).toBe(1)
})

test('the same counts in other company are another thing', () => {
  const together = Array.from({ length: 40 }, (_, u) => (u % 2 ? [0, 1] : [2, 3]))
  const apart = Array.from({ length: 40 }, (_, u) => (u % 2 ? [0, 2] : [1, 3]))
  expect(differenceOf(sketch(together), sketch(apart)).interactions).toBeGreaterThan(
    0.2,
  )
})
