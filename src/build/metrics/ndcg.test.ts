import { expect, test } from 'vitest'
import { ndcgAt } from './ranking.ts'

test('equals the figure worked by hand', () => {
  // hits at ranks 1 and 3 of 2 targets: (1 + 1/2) / (1 + 1/log2 3)
  expect(ndcgAt([7, 8, 9], new Set([7, 9]), 3)).toBeCloseTo(
    1.5 / (1 + 1 / Math.log2(3)),
    9,
  )
})

test('is 1 for all targets first, also when they are more than the list holds', () => {
  expect(ndcgAt([1, 2], new Set([1, 2, 3]), 2)).toBeCloseTo(1, 9)
})

test('is 0 without a hit, without targets and for an empty list', () => {
  expect(ndcgAt([1], new Set([2]), 20)).toBe(0)
  expect(ndcgAt([1], new Set(), 20)).toBe(0)
  expect(ndcgAt([], new Set([1]), 20)).toBe(0)
})

test('reads no further than asked', () => {
  expect(ndcgAt([1, 2], new Set([2]), 1)).toBe(0)
})
