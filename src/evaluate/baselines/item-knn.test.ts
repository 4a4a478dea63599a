import { expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../build/planted.test-data.ts'
import { itemKnn } from './item-knn.ts'

test('a worked example: shrunk cosines of the history rows', () => {
  const train = positivesOf(
    [
      [0, 1],
      [0, 1],
      [1, 2],
    ],
    3,
  )
  const scorer = itemKnn.fit(train, { shrink: 1, neighbours: 10 })
  const scores = scorer(Uint32Array.of(0, 2))
  // item 1: 2 / (√(2·3) + 1) from row 0 and 1 / (√(1·3) + 1) from row 2
  expect(scores[1]).toBeCloseTo(2 / (Math.sqrt(6) + 1) + 1 / (Math.sqrt(3) + 1), 6)
  expect(scores[0]).toBe(0)
})

test('with one neighbour an item hears only of its nearest', () => {
  const train = positivesOf(
    [
      [0, 1],
      [0, 1],
      [1, 2],
    ],
    3,
  )
  const scorer = itemKnn.fit(train, { shrink: 1, neighbours: 1 })
  expect(scorer(Uint32Array.of(2))[1]).toBe(0)
  expect(scorer(Uint32Array.of(0))[1]).toBeGreaterThan(0)
})

test('agrees with counting every pair of items', () => {
  const lists = randomLists({ users: 40, items: 12, seed: 5 })
  const has = (user: number, item: number) => lists[user].includes(item)
  const count = (...items: number[]) =>
    lists.filter((_, user) => items.every((item) => has(user, item))).length
  const scorer = itemKnn.fit(positivesOf(lists, 12), { shrink: 3, neighbours: 99 })
  const scores = scorer(Uint32Array.of(1, 7))
  for (const item of [0, 2, 5, 11]) {
    const expected = [1, 7].reduce(
      (sum, row) => sum + count(row, item) / (Math.sqrt(count(row) * count(item)) + 3),
      0,
    )
    expect(scores[item]).toBeCloseTo(expected, 5)
  }
})

test('an empty history scores nothing', () => {
  const scorer = itemKnn.fit(positivesOf([[0, 1]], 3), itemKnn.start)
  expect([...scorer(new Uint32Array(0))]).toEqual([0, 0, 0])
})
