import { describe, expect, test } from 'vitest'
import {
  caseAt,
  holdOutSequences,
  sampleOf,
  sequenceOf,
  toSequences,
} from './sequences.ts'

const lists = Array.from({ length: 10 }, (_, s) => [s, s + 1, s + 2])

test('a case is what came before, newest first, and what came next', () => {
  const list = Uint32Array.of(4, 7, 4, 9)
  expect(caseAt(list, 3)).toEqual({ recent: Uint32Array.of(4, 7, 4), answer: 9 })
  expect(caseAt(list, 1)).toEqual({ recent: Uint32Array.of(4), answer: 7 })
})

test('of a long history the last twenty count, and all are seen', () => {
  const list = Uint32Array.from({ length: 31 }, (_, i) => i)
  const { recent, seen, answer } = caseAt(list, 30)
  expect([...recent.subarray(0, 2), recent.length]).toEqual([29, 28, 20])
  expect([seen?.length, answer]).toEqual([30, 30])
})

describe('holdOutSequences', () => {
  const options = { share: 0.2, maxCases: 100, seed: 1 }

  test('holds out the newest where their order is known', () => {
    const all = toSequences(lists, { rowCount: 12, isInTimeOrder: true })
    const { train, cases } = holdOutSequences(all, options)
    expect(train.starts).toHaveLength(9)
    expect([...sequenceOf(train, 7)]).toEqual([7, 8, 9])
    expect(cases.map(({ recent, answer }) => [...recent, answer])).toEqual([
      [8, 9],
      [9, 8, 10],
      [9, 10],
      [10, 9, 11],
    ])
  })

  test('holds out any otherwise, the same for the same seed', () => {
    const all = toSequences(lists, { rowCount: 12, isInTimeOrder: false })
    const held = holdOutSequences(all, options)
    expect(held).toEqual(holdOutSequences(all, options))
    expect(held).not.toEqual(holdOutSequences(all, { ...options, seed: 2 }))
    const firsts = [
      ...Array.from({ length: 8 }, (_, s) => sequenceOf(held.train, s)[0]),
      ...held.cases.filter(({ recent }) => recent.length === 1).map((c) => c.recent[0]),
    ]
    expect(firsts.sort((a, b) => a - b)).toEqual(lists.map(([first]) => first))
  })

  test('keeps to its ceiling of cases', () => {
    const all = toSequences(lists, { rowCount: 12, isInTimeOrder: true })
    expect(holdOutSequences(all, { ...options, maxCases: 3 }).cases).toHaveLength(3)
  })
})

test('a sample keeps the order and draws none twice', () => {
  const list = Array.from({ length: 50 }, (_, i) => i)
  const drawn = sampleOf(list, 20, 1)
  expect(new Set(drawn).size).toBe(20)
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
  expect(sampleOf(list, 50, 1)).toEqual(list)
})
