import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SparseRows } from '../../../pack/pack-source.ts'
import { createFollow, emptySum, findPostings } from './follow.ts'
import { buildSequenceMatrix } from './matrix.ts'
import {
  anySequences,
  anySettings,
  largestOf,
  ROWS,
  slowFollow,
  slowMatrix,
} from './sequence-oracle.test-data.ts'
import { toSequences } from './sequences.ts'
import { sequenceDefaults } from './settings.ts'

fc.configureGlobal({ seed: 1 })

const plain = {
  ...sequenceDefaults,
  lengthPower: 0,
  recency: 0,
  countPower: 1,
  fromPower: 0,
  toPower: 0,
  hop: 0,
}
const wide = { mostPerRow: ROWS }

function dense({ rows, indptr, indices, values }: SparseRows): number[][] {
  return Array.from({ length: rows }, (_, i) => {
    const row = Array(rows).fill(0)
    for (let e = indptr[i]; e < indptr[i + 1]; e++) row[indices[e]] = values[e]
    return row
  })
}

const sequencesOf = (...lists: number[][]) =>
  toSequences(lists, { rowCount: ROWS, isInTimeOrder: true })

describe('what follows what', () => {
  test('worked by hand: forward and backward pairs, by their lag', () => {
    const settings = { ...plain, forward: 0.5, reverse: 0.4, backward: 0.1, window: 2 }
    const rows = dense(buildSequenceMatrix(sequencesOf([0, 1, 2, 3]), settings, wide))
    expect(rows[0].map((x) => Number(x.toFixed(6)))).toEqual([0, 1, 0.5, 0, 0, 0])
    expect(rows[2].map((x) => Number(x.toFixed(6)))).toEqual([0.04, 0.4, 0, 1, 0, 0])
    expect(rows[5]).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('worked by hand: length, recency, counts and frequencies', () => {
    const settings = {
      ...plain,
      reverse: 0,
      lengthPower: 1,
      recency: Math.log(4),
      countPower: 0.5,
      fromPower: 1,
      toPower: 0.5,
      window: 1,
    }
    // first of two: e^(−ln 4 · ½) = ½; three events: a half each pair. f: 2, 2, 1
    const rows = dense(
      buildSequenceMatrix(sequencesOf([0, 1, 2], [0, 1]), settings, wide),
    )
    expect(rows[0][1]).toBeCloseTo(Math.sqrt(0.5 * 0.5 + 1) / 3 / Math.sqrt(3), 6)
    expect(rows[1][2]).toBeCloseTo(Math.sqrt(0.5 * 0.5) / 3 / Math.sqrt(2), 6)
    expect(rows[1][0]).toBe(0)
  })

  test('worked by hand: the second hop goes by the neighbours’ own shares', () => {
    // 0→1 once; 1→2 once and 1→3 once: each gets half of the weight of 0→1
    const settings = { ...plain, reverse: 0, window: 1, hop: 2 }
    const rows = dense(
      buildSequenceMatrix(sequencesOf([0, 1], [1, 2], [1, 3]), settings, wide),
    )
    expect(rows[0]).toEqual([0, 1, 1, 1, 0, 0])
    expect(rows[1]).toEqual([0, 0, 1, 1, 0, 0])
  })

  test('equals the formula, pair by pair', () => {
    fc.assert(
      fc.property(anySequences, anySettings, (sequences, settings) => {
        const follow = createFollow(sequences, findPostings(sequences), settings)
        const expected = slowFollow(sequences, settings)
        for (let row = 0; row < ROWS; row++) {
          const sum = emptySum(ROWS)
          follow(row, sum)
          expect(farthest([...sum.values], expected[row])).toBeLessThan(1e-9)
          const touched = [...sum.touched.subarray(0, sum.count)]
          expect(new Set(touched).size).toBe(touched.length)
        }
        const rows = dense(buildSequenceMatrix(sequences, settings, wide))
        slowMatrix(sequences, settings).forEach((row, i) => {
          expect(farthest(rows[i], row)).toBeLessThan(1e-5)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('keeps the largest entries of each row, and of asked rows only', () => {
    fc.assert(
      fc.property(anySequences, anySettings, (sequences, settings) => {
        const all = dense(buildSequenceMatrix(sequences, settings, wide))
        const only = Uint8Array.of(1, 0, 1, 1, 0, 1)
        const some = dense(
          buildSequenceMatrix(sequences, settings, { mostPerRow: 2, only }),
        )
        some.forEach((row, i) => {
          // of two that tie in float32, float64 decides which stays
          const largest = only[i] ? largestOf(all[i], 2) : row.map(() => 0)
          expect(row.toSorted()).toEqual(largest.toSorted())
          expect(row.every((x, j) => x === 0 || x === all[i][j])).toBe(true)
        })
      }),
      { numRuns: 60 },
    )
  })

  test('of entries that tie the lower column stays', () => {
    const settings = { ...plain, reverse: 0, window: 1 }
    const pairs = [4, 2, 5, 1].map((next) => [0, next])
    const rows = buildSequenceMatrix(sequencesOf(...pairs), settings, { mostPerRow: 2 })
    expect([...rows.indices]).toEqual([1, 2])
  })
})

function farthest(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)
}
