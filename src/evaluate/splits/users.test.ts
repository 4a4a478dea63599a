import { describe, expect, test } from 'vitest'
import type { Dataset } from '../../build/dataset/dataset.ts'
import { plantedDataset } from '../../build/planted.test-data.ts'
import { sampleVisitors, splitDataset } from './users.ts'

const dataset = plantedDataset({ users: 50, items: 40, choices: 10, seed: 1 })
const byUsers = (seed: number) => splitDataset(dataset, { seed, by: 'users' })

describe('split by users', () => {
  const { train, visitors } = byUsers(5)

  test('holds out a fifth of the users', () => {
    expect(visitors).toHaveLength(10)
  })

  test('leaves no event of a held-out user to train on, and all of the others', () => {
    const isOut = new Set(visitors.map(({ user }) => user))
    const { users, rows, weights } = train.interactions!
    expect(users.some((user) => isOut.has(user))).toBe(false)
    expect(users).toHaveLength(40 * 10)
    expect([rows.length, weights.length]).toEqual([400, 400])
  })

  test('pairs every kept event with its own row', () => {
    const pairs = (d: typeof dataset) =>
      new Set(
        Array.from(d.interactions!.users, (u, e) => `${u}:${d.interactions!.rows[e]}`),
      )
    const all = pairs(dataset)
    for (const pair of pairs(train)) expect(all.has(pair)).toBe(true)
  })

  test('five folds hold out every user once, with the same targets', () => {
    const folds = [0, 1, 2, 3, 4].map((fold) =>
      splitDataset(dataset, { seed: 5, by: 'users', fold }),
    )
    const users = folds.flatMap(({ visitors: own }) => own.map(({ user }) => user))
    expect(users.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, u) => u))
    expect(folds[0].visitors).toEqual(visitors)
  })

  test('is the same for the same seed', () => {
    expect(byUsers(5)).toEqual(byUsers(5))
    expect(byUsers(6).visitors).not.toEqual(visitors)
  })

  test('refuses what cannot be evaluated', () => {
    const { interactions: _, ...none } = dataset
    const options = { seed: 1, by: 'users' } as const
    expect(() => splitDataset(none, options)).toThrow('got no interactions')
    const thin = plantedDataset({ users: 50, items: 40, choices: 4, seed: 1 })
    expect(() => splitDataset(thin, options)).toThrow('got no user to hold out')
  })
})

/** User 0 rates rows 0 … 5 at times 10 … 60, all 5 stars but row 4 with 1. */
const rated: Dataset = {
  name: 'rated',
  items: dataset.items,
  interactions: {
    userCount: 2,
    users: Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 1),
    rows: Uint32Array.of(0, 1, 2, 3, 4, 5, 2, 9),
    weights: Float32Array.of(5, 5, 5, 5, 1, 5, 1, 5),
    hasRatings: true,
    times: Float64Array.of(10, 20, 30, 70, 50, 60, 90, 80),
  },
}

describe('split by time', () => {
  const { train, visitors } = splitDataset(rated, { seed: 1, by: 'time' })

  test('the newest positive is the target, the others the history, newest first', () => {
    expect(visitors).toHaveLength(1)
    expect([...visitors[0].targets]).toEqual([3])
    expect([...visitors[0].history]).toEqual([5, 2, 1, 0])
  })

  test('neither the target nor what its user did later is trained on', () => {
    const { users, rows } = train.interactions!
    const kept = Array.from(users, (user, event) => `${user}:${rows[event]}`)
    // 0:3 is the target at time 70; the second event on row 2 came at 90
    expect(kept).toEqual(['0:0', '0:1', '0:2', '0:4', '0:5', '1:9'])
  })

  test('dislikes are the rows rated badly and never well', () => {
    expect([...visitors[0].disliked!]).toEqual([4])
  })
})

test('a sample is seeded, keeps the order, and is everyone where there are few', () => {
  const { visitors } = byUsers(5)
  expect(sampleVisitors(visitors, { most: 10, seed: 1 })).toBe(visitors)
  const some = sampleVisitors(visitors, { most: 4, seed: 1 })
  expect(some).toHaveLength(4)
  expect(some).toEqual(visitors.filter((visitor) => some.includes(visitor)))
  expect(sampleVisitors(visitors, { most: 4, seed: 1 })).toEqual(some)
})
