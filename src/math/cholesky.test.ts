import { describe, expect, test } from 'vitest'
import { solveSpdInto } from './cholesky.ts'
import { createRandom } from './random.ts'

describe('solveSpdInto', () => {
  test('solves the system worked by hand', () => {
    // [4 2; 2 3]·(1, 2) = (8, 8)
    const b = Float64Array.of(8, 8)
    solveSpdInto(Float64Array.of(4, 2, 2, 3), b, 2)
    expect(b[0]).toBeCloseTo(1, 12)
    expect(b[1]).toBeCloseTo(2, 12)
  })

  test.each([1, 2, 3, 4, 5, 7, 16, 33, 60])('A·x gives b back for n = %i', (n) => {
    const { a, x, b } = makeSystem(n)
    solveSpdInto(a, b, n)
    for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(x[i], 8)
  })

  test('reads only the lower triangle', () => {
    const { a, x, b } = makeSystem(5)
    for (let i = 0; i < 5; i++) a.fill(Number.NaN, i * 5 + i + 1, i * 5 + 5)
    solveSpdInto(a, b, 5)
    for (let i = 0; i < 5; i++) expect(b[i]).toBeCloseTo(x[i], 8)
  })

  test('has nothing to do for n = 0', () => {
    expect(() =>
      solveSpdInto(new Float64Array(0), new Float64Array(0), 0),
    ).not.toThrow()
  })

  test.each([
    ['indefinite', Float64Array.of(1, 2, 2, 1)],
    ['singular', Float64Array.of(1, 1, 1, 1)],
    ['zero', new Float64Array(4)],
    ['not a number', Float64Array.of(1, 0, 0, Number.NaN)],
  ])('refuses a matrix that is %s', (_, a) => {
    expect(() => solveSpdInto(a, new Float64Array(2), 2)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
  })

  test('refuses a matrix of another size', () => {
    expect(() => solveSpdInto(new Float64Array(3), new Float64Array(2), 2)).toThrow(
      'wrong length for a: got 3, expected 4.',
    )
  })
})

/** A = M·Mᵀ + I for a random M, with a known x and b = A·x. */
function makeSystem(n: number) {
  const random = createRandom(n)
  const m = Float64Array.from({ length: n * n }, () => random.normal())
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0
      for (let k = 0; k < n; k++) sum += m[i * n + k] * m[j * n + k]
      a[i * n + j] = sum
    }
  }
  const x = Float64Array.from({ length: n }, () => random.normal())
  const b = x.map((_, i) => x.reduce((sum, v, j) => sum + a[i * n + j] * v, 0))
  return { a, x, b }
}
