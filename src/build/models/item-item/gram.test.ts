import { describe, expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../planted.test-data.ts'
import { buildGram, type Gram, userWeights } from './gram.ts'

/** G[i, j], whatever the form. */
function at(gram: Gram, i: number, j: number): number {
  if (i === j) return gram.diagonal[i]
  if (gram.kind === 'dense') return gram.values[i * gram.rows + j]
  const row = gram.indices.subarray(gram.indptr[i], gram.indptr[i + 1])
  const e = row.indexOf(j)
  return e < 0 ? 0 : gram.values[gram.indptr[i] + e]
}

describe('userWeights', () => {
  test('holds heavy users back, with mean 1', () => {
    const positives = positivesOf([[0], [0, 1, 2, 3], []], 4)
    // |u|^-1: 1 and 1/4, mean 5/8
    expect([...userWeights(positives, 0.5)]).toEqual([1.6, 0.4, 0])
  })

  test('weighs everyone alike at power 0', () => {
    expect([...userWeights(positivesOf([[0], [0, 1]], 2), 0)]).toEqual([1, 1])
  })
})

describe('buildGram', () => {
  test('counts co-use, worked by hand', () => {
    const gram = buildGram(positivesOf([[0, 1], [0, 1, 2], [2]], 3), { userPower: 0 })
    const table = [0, 1, 2].map((i) => [0, 1, 2].map((j) => at(gram, i, j)))
    expect(table).toEqual([
      [2, 2, 1],
      [2, 2, 1],
      [1, 1, 2],
    ])
  })

  test('the sparse form holds the same numbers as the dense one', () => {
    const items = 30
    const positives = positivesOf(randomLists({ users: 60, items, seed: 3 }), items)
    const dense = buildGram(positives, { userPower: 0.4 })
    const sparse = buildGram(positives, { userPower: 0.4 }, 0)
    expect([dense.kind, sparse.kind]).toEqual(['dense', 'sparse'])
    for (let i = 0; i < items; i++) {
      for (let j = 0; j < items; j++) {
        expect(at(sparse, i, j)).toBeCloseTo(at(dense, i, j), 4)
      }
    }
  })

  test('a view of strength s counts s^g, worked by hand and alike in both forms', () => {
    const positives = {
      ...positivesOf([[0, 1], [0, 1, 2], [2]], 3),
      strengths: Float32Array.of(1, 0.25, 0.25, 1, 0.25, 1),
    }
    const full = { userPower: 0, strengthPower: 1 }
    for (const denseRows of [12_000, 0]) {
      const gram = buildGram(positives, full, denseRows)
      expect([0, 1, 2].map((i) => [0, 1, 2].map((j) => at(gram, i, j)))).toEqual([
        [1.0625, 0.5, 0.0625],
        [0.5, 1.0625, 0.25],
        [0.0625, 0.25, 1.0625],
      ])
    }
    expect(at(buildGram(positives, { userPower: 0, strengthPower: 0.5 }), 0, 1)).toBe(1)
    const { strengths: _, ...plain } = positives
    expect(buildGram(positives, { userPower: 0 })).toEqual(buildGram(plain, full))
  })

  test('lies in memory that threads share', () => {
    const gram = buildGram(positivesOf([[0, 1]], 2), { userPower: 0 })
    expect(gram.values.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(gram.diagonal.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})
