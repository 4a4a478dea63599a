import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { type UserRatings, userRatings } from '../../dataset/user-ratings.ts'
import {
  biasPredictor,
  chooseShrinkage,
  ratingBias,
  ratingCases,
  rmseOf,
  userBias,
} from './bias.ts'
import { ratedDataset } from './rated.test-data.ts'

/** Two users of two ratings each: 5 and 3 on index 0, 4 and 2 on index 1. */
const square: UserRatings = {
  ...{ userCount: 2, rowCount: 3, low: 1, high: 5 },
  indptr: Uint32Array.of(0, 2, 4),
  rows: Uint32Array.of(0, 1, 0, 1),
  ratings: Float32Array.of(5, 4, 3, 2),
}

describe('ratingBias', () => {
  test('finds what is additive, an unknown item having none', () => {
    const bias = ratingBias(square, { item: 1e-9, user: 1e-9 })
    expect(bias.mean).toBe(3.5)
    expect(bias.item[0]).toBeCloseTo(0.5, 5)
    expect(bias.item[1]).toBeCloseTo(-0.5, 5)
    expect(bias.item[2]).toBe(0)
  })

  test('doubts few ratings: by hand, the first round of an item', () => {
    // (1.5 − 0.5) / (2 + 2) = 0.25, and users are even, so later rounds change nothing
    const bias = ratingBias(square, { item: 2, user: 1e9 })
    expect(bias.item[0]).toBeCloseTo(0.25, 5)
  })

  test('of no users at all the mean is the middle of the scale', () => {
    const bias = ratingBias(square, { item: 1, user: 1 }, () => false)
    expect(bias.mean).toBe(3)
    expect([...bias.item]).toEqual([0, 0, 0])
  })

  test('a user without ratings has no bias', () => {
    const none = { rows: new Uint32Array(0), ratings: new Float32Array(0) }
    expect(userBias(none, ratingBias(square, { item: 1, user: 1 }), 1)).toBe(0)
  })
})

describe('the baseline of biases', () => {
  const ratings = userRatings(
    ratedDataset({ users: 40, items: 20, ratings: 12, seed: 3 }).interactions!,
    20,
  )!
  const cases = ratingCases(ratings, [0, 1, 2, 3, 4, 5], createRandom(1))

  test('is the best of all shrinkages on the cases, learned without them', () => {
    const isIn = (user: number) => user > 5
    const chosen = chooseShrinkage(ratings, cases, isIn)
    for (const user of [0.5, 8]) {
      const bias = ratingBias(ratings, { item: 4, user }, isIn)
      const other = rmseOf(cases, biasPredictor(bias, { ...ratings, shrink: user }))
      expect(chosen.rmse).toBeLessThanOrEqual(other)
    }
  })

  test('cases ask for a fifth and share no index with what is known', () => {
    expect(cases).toHaveLength(6)
    for (const { known, targets } of cases) {
      expect([known.length, targets.length]).toEqual([10, 2])
      const rows = new Set(known.map(({ index }) => index))
      expect(targets.some(({ index }) => rows.has(index))).toBe(false)
    }
  })

  test('with times, the newest are asked for', () => {
    const times = Float64Array.from(ratings.rows, (_, n) => -n)
    const [first] = ratingCases({ ...ratings, times }, [0], createRandom(1))
    expect(first!.targets.map(({ index }) => index)).toEqual([
      ...ratings.rows.slice(0, 2),
    ])
  })
})
