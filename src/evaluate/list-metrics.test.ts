import { expect, test } from 'vitest'
import type { AttributeBlock } from '../pack/pack.ts'
import {
  coverageOf,
  genreDivergence,
  giniOf,
  intraListDistance,
  negativeRate,
} from './figures.ts'

/** Genres a, b and an author c; rows: 0 = {a}, 1 = {a, b}, 2 = {b, c}, 3 = {}. */
const attributes: AttributeBlock = {
  values: [
    { name: 'a', relation: 'genre' },
    { name: 'b', relation: 'genre' },
    { name: 'c', relation: 'author' },
  ],
  indptr: Uint32Array.of(0, 1, 3, 5, 5),
  indices: Uint16Array.of(0, 0, 1, 1, 2),
}

test('coverage is the share of items anybody was shown', () => {
  const lists = [
    [1, 2],
    [2, 3],
  ]
  expect(coverageOf(lists, 6)).toBe(0.5)
  expect(coverageOf([], 0)).toBe(0)
})

test('Gini is 0 when all are shown alike and 1 − 1/n when one takes everything', () => {
  expect(
    giniOf(
      [
        [0, 1],
        [2, 3],
      ],
      4,
    ),
  ).toBe(0)
  expect(giniOf([[2], [2], [2]], 4)).toBe(0.75)
  expect(giniOf([], 4)).toBe(0)
})

test('Gini of the counts 0, 1, 3 is one half', () => {
  // (2 − 4)·0 + (4 − 4)·1 + (6 − 4)·3 = 6, over 3 items · 4 showings
  expect(giniOf([[1, 2], [2], [2]], 3)).toBeCloseTo(0.5, 12)
})

test('list distance is the mean of 1 − cosine over the pairs', () => {
  // rows 0, 1: 1/√2; rows 1, 2: 1/2; rows 0, 2: nothing shared
  const expected = (1 - Math.SQRT1_2 + (1 - 0.5) + 1) / 3
  expect(intraListDistance([0, 1, 2], attributes)).toBeCloseTo(expected, 12)
})

test('list distance is 0 for one row and for twins, 1 where nothing is known', () => {
  expect(intraListDistance([1], attributes)).toBe(0)
  expect(intraListDistance([1, 1], attributes)).toBeCloseTo(0, 12)
  expect(intraListDistance([3, 0], attributes)).toBe(1)
})

test('the negative rate is the share of the list that was disliked', () => {
  expect(negativeRate([1, 2, 3, 4], new Set([2, 9]))).toBe(0.25)
  expect(negativeRate([], new Set([2]))).toBe(0)
})

test('genres are in calibrate with a history of the same mix', () => {
  // {a}, {a, b} and {a, b}, {a}: both ¾ a, ¼ b
  expect(genreDivergence([0, 1], [1, 0], attributes)).toBeCloseTo(0, 12)
})

test('a list without the only genre of the history is as far off as can be', () => {
  expect(genreDivergence([0], [2], attributes)).toBeCloseTo(-Math.log(0.01), 9)
})

test('half of one genre where the history has all of it: ln(1 / .505)', () => {
  expect(genreDivergence([0], [1], attributes)).toBeCloseTo(Math.log(1 / 0.505), 12)
})

test('without genres on either side there is nothing to compare', () => {
  expect(genreDivergence([3], [0], attributes)).toBeUndefined()
  expect(genreDivergence([0], [], attributes)).toBeUndefined()
})
