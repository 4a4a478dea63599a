import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import type { Pairs } from './pairs.ts'
import { prunePairs } from './pairs.ts'

type Pair = readonly [a: number, b: number, strength: number]

function pairsOf(rows: number, list: readonly Pair[]): Pairs {
  const both = list.flatMap(([a, b, s]) => [[a, b, s] as const, [b, a, s] as const])
  both.sort(([a, b], [c, d]) => a - c || b - d)
  const indptr = new Uint32Array(rows + 1)
  for (const [row] of both) indptr[row + 1]++
  for (let row = 0; row < rows; row++) indptr[row + 1] += indptr[row]
  return {
    indptr,
    indices: Uint32Array.from(both, ([, index]) => index),
    strengths: Float32Array.from(both, ([, , strength]) => strength),
  }
}

function listOf({ indptr, indices, strengths }: Pairs): Pair[] {
  const list: Pair[] = []
  for (let row = 0; row + 1 < indptr.length; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      if (indices[e] > row) list.push([row, indices[e], strengths[e]])
    }
  }
  return list
}

/** Every pair of 12 rows, the stronger the lower. */
const all = Array.from({ length: 12 }, (_, a) =>
  Array.from({ length: 12 }, (_, b) => [a, b, 1 / (a + b + 1)] as Pair).slice(a + 1),
).flat()
const alike = new Float32Array(12).fill(1)

describe('prunePairs', () => {
  test('keeps the strongest over the whole matrix, and four of each row', () => {
    const kept = listOf(prunePairs(pairsOf(12, all), alike, 2))
    const floor = kept.filter(([a, b]) => a > 3 && b > 3)
    expect(floor).toEqual([])
    for (let row = 0; row < 12; row++) {
      const mine = kept.filter(([a, b]) => a === row || b === row)
      expect(mine.length).toBeGreaterThanOrEqual(4)
    }
    const strong = all.filter(([, , s]) => s > 1 / 6)
    for (const pair of strong)
      expect(kept).toContainEqual([pair[0], pair[1], Math.fround(pair[2])])
  })

  test('weighs a pair by how often its rows are chosen', () => {
    const random = createRandom(1)
    const list = all.map(([a, b]) => [a, b, 0.5 + random.next() / 100] as Pair)
    const diagonal = Float32Array.from({ length: 12 }, (_, row) => (row > 5 ? 100 : 1))
    const kept = listOf(prunePairs(pairsOf(12, list), diagonal, 2.5))
    for (let a = 6; a < 12; a++) {
      for (let b = a + 1; b < 12; b++) {
        expect(kept.some(([x, y]) => x === a && y === b)).toBe(true)
      }
    }
  })

  test('keeps as many as asked where every row has its four', () => {
    const kept = prunePairs(pairsOf(12, all), alike, 8)
    expect(kept.indices.length).toBeGreaterThanOrEqual(96)
    expect(kept.indices.length).toBeLessThan(96 + 12) // ties at the floor stay
  })

  test('drops what is not above 0, however few a row has', () => {
    const kept = prunePairs(
      pairsOf(3, [
        [0, 1, -1],
        [0, 2, 0],
        [1, 2, 0.1],
      ]),
      alike.subarray(0, 3),
      4,
    )
    expect(listOf(kept).map(([a, b]) => [a, b])).toEqual([[1, 2]])
  })
})
