import { expect, test } from 'vitest'
import { toScale, toStars } from './rating.ts'

test('a scale that ends at 5 is stars already', () => {
  for (const low of [0, 0.5, 1]) {
    expect(toScale({ low, high: 5 }, 4)).toBe(4)
    expect(toStars({ low, high: 5 }, 3.2)).toBe(3.2)
  }
})

test('any other scale has its ends at one and five stars', () => {
  const tens = { low: 1, high: 10 }
  expect([1, 3, 5].map((stars) => toScale(tens, stars))).toEqual([1, 5.5, 10])
  expect([1, 5.5, 10].map((rating) => toStars(tens, rating))).toEqual([1, 3, 5])
})

test('stars never leave 1 to 5', () => {
  expect(toStars({ low: 0.5, high: 5 }, 0.5)).toBe(1)
  expect(toStars({ low: 0, high: 100 }, 130)).toBe(5)
})
