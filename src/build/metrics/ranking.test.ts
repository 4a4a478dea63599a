import { describe, expect, test } from 'vitest'
import {
  bootstrapDifference,
  bootstrapMean,
  f1Of,
  precisionAt,
  recallAt,
  recallOfAll,
  reciprocalRankAt,
} from './ranking.ts'

describe('recallAt', () => {
  test('counts hits against the targets that fit the list', () => {
    expect(recallAt([1, 2, 3], new Set([2, 9]), 3)).toBe(0.5)
    // three targets, a list of two: both hits is all that can be had
    expect(recallAt([1, 2], new Set([1, 2, 3]), 2)).toBe(1)
  })

  test('reads no further than asked, and is 0 without targets', () => {
    expect(recallAt([1, 2], new Set([2]), 1)).toBe(0)
    expect(recallAt([1], new Set(), 20)).toBe(0)
  })
})

test('recall of all counts hits against every target, also those past the list', () => {
  expect(recallOfAll([1, 2], new Set([1, 2, 3, 4]), 2)).toBe(0.5)
  expect(recallOfAll([1], new Set(), 20)).toBe(0)
})

test('precision is of the whole list asked for, even where fewer were shown', () => {
  expect(precisionAt([1, 2, 3, 4], new Set([2, 3, 9]), 4)).toBe(0.5)
  expect(precisionAt([2], new Set([2]), 4)).toBe(0.25)
  expect(precisionAt([], new Set([2]), 0)).toBe(0)
})

test('F1 of .5 and .25 is a third, and 0 without hits', () => {
  expect(f1Of(0.5, 0.25)).toBeCloseTo(1 / 3, 12)
  expect(f1Of(0, 0)).toBe(0)
})

test('the reciprocal rank is that of the first hit, within the list', () => {
  expect(reciprocalRankAt([7, 8, 9], new Set([9, 8]), 3)).toBe(0.5)
  expect(reciprocalRankAt([7, 8, 9], new Set([9]), 2)).toBe(0)
})

describe('bootstrapMean', () => {
  test('holds the mean, inside an interval of about two standard errors', () => {
    const values = Array.from({ length: 400 }, (_, n) => n % 2)
    const { mean, low, high } = bootstrapMean(values, 1)
    expect(mean).toBe(0.5)
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.025, 1)
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.025, 1)
    expect(high - low).toBeGreaterThan(0.08)
    expect(high - low).toBeLessThan(0.12)
  })

  test('has no width when everyone is the same', () => {
    expect(bootstrapMean([0.3, 0.3, 0.3], 1)).toEqual({
      mean: 0.3,
      low: 0.3,
      high: 0.3,
    })
  })

  test('is seeded, and zero without users', () => {
    const values = [0.1, 0.5, 0.9, 0.2]
    expect(bootstrapMean(values, 7)).toEqual(bootstrapMean(values, 7))
    expect(bootstrapMean([], 1)).toEqual({ mean: 0, low: 0, high: 0 })
  })
})

describe('bootstrapDifference', () => {
  test('of the same users twice has no width, however different the users are', () => {
    const values = [0, 1, 0.5, 0.2]
    const shifted = values.map((value) => value - 0.25)
    const { mean, low, high } = bootstrapDifference(values, shifted, 1)
    for (const end of [mean, low, high]) expect(end).toBeCloseTo(0.25, 12)
  })

  test('refuses lists of different users', () => {
    expect(() => bootstrapDifference([1], [1, 2], 1)).toThrow(
      'wrong length for b: got 2, expected 1',
    )
  })
})
