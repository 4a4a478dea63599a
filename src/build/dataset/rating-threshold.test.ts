import { expect, test } from 'vitest'
import { ratingScale, ratingThreshold } from './positives.ts'

/** `times` of 1 … 5, then others. */
const stars = (times: number, ...others: number[]) =>
  Float32Array.from([
    ...Array.from({ length: 5 * times }, (_, n) => 1 + (n % 5)),
    ...others,
  ])

test('a like is 4 of 5 stars, and 70 % of the way on another scale', () => {
  expect(ratingThreshold(stars(10))).toBe(4)
  expect(ratingThreshold(stars(10).map((rating) => 2 * rating))).toBeCloseTo(7.6, 5)
})

test('one slip at either end moves no scale, of a short table or a long one', () => {
  for (const times of [6, 100]) {
    const ratings = stars(times, 1e38, -99)
    expect(ratingThreshold(ratings)).toBe(4)
    expect(ratingScale(ratings)).toEqual({ low: 1, high: 5 })
  }
})

test('a rare end of the scale is no slip', () => {
  const others = Float32Array.from({ length: 400 }, (_, n) => 1 + (n % 4))
  const ratings = Float32Array.of(...others, 5)
  expect(ratingScale(ratings)).toEqual({ low: 1, high: 5 })
})

test('of a handful, all count; of equal ones, that one; of none, nothing is liked', () => {
  expect(ratingScale(Float32Array.of(1, 2, 100))).toEqual({ low: 1, high: 100 })
  expect(ratingThreshold(new Float32Array(9).fill(3))).toBe(3)
  expect(ratingThreshold(new Float32Array(0))).toBe(Infinity)
})
