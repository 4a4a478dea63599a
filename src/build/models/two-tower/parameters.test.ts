import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { spectralStart } from './parameters.ts'

describe('spectralStart', () => {
  test('equals the singular vectors worked by hand', () => {
    // two users like items 0 and 1, one likes item 2: X̃ᵀX̃ = [[½, ½], [½, ½]] and [1],
    // so the top two directions span (1, 1, 0)/√2 and (0, 0, 1)
    const positives = csr([[0, 1], [0, 1], [2]], 3)
    const start = spectralStart(positives, { components: 2, random: createRandom(1) })
    const [a, b, c] = [0, 1, 2].map((row) => start.subarray(row * 2, row * 2 + 2))
    expect(cosine(a, b)).toBeCloseTo(1, 5)
    expect(cosine(a, c)).toBeCloseTo(0, 5)
    // lengths are 1/√2, 1/√2 and 1; the middle one is 1/√2
    expect(Math.hypot(...a)).toBeCloseTo(1 / 1.3, 5)
    expect(Math.hypot(...c)).toBeCloseTo(1 / (1 + 0.3 / Math.SQRT2), 5)
  })

  test('puts items of one taste together and tastes apart', () => {
    const random = createRandom(3)
    const users = Array.from({ length: 40 }, (_, user) =>
      [0, 1, 2, 3, 4, 5]
        .map((n) => 2 * n + (user % 2))
        .filter(() => random.next() < 0.8),
    )
    const start = spectralStart(csr(users, 12), { components: 2, random })
    const vector = (row: number) => start.subarray(row * 2, row * 2 + 2)
    for (let row = 2; row < 12; row++) {
      expect(cosine(vector(row), vector(row % 2))).toBeGreaterThan(0.99)
      expect(Math.abs(cosine(vector(row), vector(1 - (row % 2))))).toBeLessThan(0.2)
    }
  })

  test('gives zeros for an item nobody liked, and for directions that are not there', () => {
    const start = spectralStart(csr([[0], [0]], 2), {
      components: 2,
      random: createRandom(1),
    })
    expect(start.every(Number.isFinite)).toBe(true)
    expect([...start.subarray(2)].map(Math.abs)).toEqual([0, 0])
  })
})

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, n) => sum + value * b[n], 0)
  return dot / (Math.hypot(...a) * Math.hypot(...b))
}

function csr(users: readonly number[][], rowCount: number): Positives {
  const indptr = new Uint32Array(users.length + 1)
  users.forEach((rows, user) => {
    indptr[user + 1] = indptr[user] + rows.length
  })
  return {
    userCount: users.length,
    rowCount,
    indptr,
    rows: Uint32Array.from(users.flat()),
  }
}
