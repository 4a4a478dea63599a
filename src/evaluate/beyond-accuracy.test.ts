import { expect, test } from 'vitest'
import type { AttributeBlock } from '../pack/pack.ts'
import {
  beyondAccuracy,
  choosersOf,
  makersOf,
  noveltyOf,
  popularityLift,
} from './beyond-accuracy.ts'
import type { Visitor } from './visitor.ts'

/** Three users of four items: item 0 by all, item 1 by one, 2 and 3 by nobody. */
const choosers = choosersOf({
  rowCount: 4,
  userCount: 3,
  indptr: Uint32Array.of(0, 2, 3, 4),
  rows: Uint32Array.of(0, 1, 0, 0),
})
/** Items 0 and 1 by a, item 2 by b and in genre g, item 3 by nobody. */
const attributes: AttributeBlock = {
  values: [
    { name: 'a', relation: 'author' },
    { name: 'b', relation: 'author' },
    { name: 'g', relation: 'genre' },
  ],
  indptr: Uint32Array.of(0, 1, 2, 4, 4),
  indices: Uint16Array.of(0, 0, 1, 2),
}
const visitor = (history: readonly number[]): Visitor => ({
  user: 0,
  history: Uint32Array.from(history),
  targets: Uint32Array.of(3),
})

test('users are counted by item, and the most chosen are the top', () => {
  expect([...choosers.counts]).toEqual([3, 1, 0, 0])
  expect(choosers.users).toBe(3)
  expect(choosers.top.has(0)).toBe(true)
})

test('novelty is the mean of bits: none for what all chose, log2(users + 1) for what none did', () => {
  expect(noveltyOf([0], choosers)).toBeCloseTo(0, 12)
  expect(noveltyOf([2], choosers)).toBe(2)
  expect(noveltyOf([0, 1, 2], choosers)).toBeCloseTo((0 + 1 + 2) / 3, 12)
  expect(noveltyOf([], choosers)).toBe(0)
})

test('a list twice as popular as the history has a lift of 1', () => {
  // lists: 3 and 1, mean 2; histories: 1 and 1
  expect(popularityLift([[0], [1]], [[1], [1]], choosers)).toBe(1)
  expect(popularityLift([[1]], [[1]], choosers)).toBe(0)
  expect(popularityLift([[2]], [[0]], choosers)).toBe(-1)
  expect(popularityLift([[0]], [[2]], choosers)).toBeUndefined()
})

test('makers are counted once, and an item without one counts for none', () => {
  expect(makersOf([0, 1, 2, 3], attributes)).toBe(2)
  expect(makersOf([0, 1], attributes)).toBe(1)
  expect(makersOf([], attributes)).toBe(0)
})

test('figures are means over visitors', () => {
  const lists = [Uint32Array.of(0, 2), Uint32Array.of(1, 3)]
  const top = { ...choosers, top: new Set([0]) }
  const visitors = [visitor([0]), visitor([1])]
  expect(beyondAccuracy(lists, visitors, { choosers: top, attributes })).toEqual({
    'novelty@20': (1 + 1.5) / 2,
    'popularity-lift@20': -0.5, // (1.5 + .5)/2 over (3 + 1)/2
    'top-50@20': 0.25,
    'makers@20': 1.5,
  })
})

test('what there is nothing to measure by is left out', () => {
  const lists = [Uint32Array.of(0)]
  expect(beyondAccuracy(lists, [visitor([0])], {})).toEqual({})
  const noMakers = {
    ...attributes,
    values: attributes.values.slice(2),
    indptr: new Uint32Array(5),
  }
  expect(beyondAccuracy(lists, [visitor([0])], { attributes: noMakers })).toEqual({})
})
