import { expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../build/planted.test-data.ts'
import { transpose } from './baseline.ts'

test('lists the users of each item, rising', () => {
  const { indptr, rows, userCount, rowCount } = transpose(
    positivesOf([[0, 2], [], [2]], 4),
  )
  expect([userCount, rowCount]).toEqual([4, 3])
  expect([...indptr]).toEqual([0, 1, 1, 3, 3])
  expect([...rows]).toEqual([0, 0, 2])
})

test('twice is where it began', () => {
  const positives = positivesOf(randomLists({ users: 20, items: 15, seed: 3 }), 15)
  expect(transpose(transpose(positives))).toEqual(positives)
})
