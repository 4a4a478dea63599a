import { expect, test } from 'vitest'
import { rowsOf } from '../dataset/positives.ts'
import { positivesOf, randomLists } from '../planted.test-data.ts'
import { hideEntries, mergePositives, usersToFind } from './hide-entries.ts'

const positives = positivesOf(randomLists({ users: 50, items: 40, seed: 5 }), 40)

test('what is hidden and what is kept make up the whole again, sharing nothing', () => {
  const { train, valid } = hideEntries(positives, { share: 0.1, seed: 1 })
  expect(train.rows.length + valid.rows.length).toBe(positives.rows.length)
  expect(mergePositives(train, valid)).toEqual(positives)
})

test('a user of five or more hides at least one entry, one of fewer none', () => {
  const { valid } = hideEntries(positives, { share: 0.1, seed: 1 })
  for (let user = 0; user < positives.userCount; user++) {
    const size = rowsOf(positives, user).length
    const expected = size < 5 ? 0 : Math.max(1, Math.round(size * 0.1))
    expect(rowsOf(valid, user)).toHaveLength(expected)
  }
})

test('only users with something to find are asked, with all they are known by', () => {
  const known = positivesOf([[0, 1, 2], [3], []], 5)
  const wanted = positivesOf([[4], [], [1, 2]], 5)
  const users = usersToFind(known, wanted, 1)
  expect(users.map(({ user }) => user)).toEqual([0, 2])
  expect([...users[0].history].sort()).toEqual([0, 1, 2])
  expect([...users[1].targets]).toEqual([1, 2])
  expect(users[1].history).toHaveLength(0)
})
