import { expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { invertSpd } from './invert-spd.ts'

test('a worked example: [[4, 2], [2, 3]] has the inverse [[3, −2], [−2, 4]] / 8', () => {
  const a = Float64Array.of(4, NaN, 2, 3)
  invertSpd(a, 2)
  expect([a[0], a[2], a[3]].map((value) => value * 8)).toEqual([3, -2, 4])
})

test.each([1, 13, 64, 67])('%i wide: times the matrix it is the identity', (n) => {
  const random = createRandom(3)
  const x = Float64Array.from({ length: n * n }, () => random.normal())
  const at = (i: number, j: number) =>
    Array.from({ length: n }, (_, k) => x[i * n + k] * x[j * n + k]).reduce(
      (a, b) => a + b,
      i === j ? 1 : 0,
    )
  const a = Float64Array.from({ length: n * n }, (_, e) => at(Math.floor(e / n), e % n))
  const inverse = a.slice()
  invertSpd(inverse, n)
  let furthest = 0
  const lower = (i: number, j: number) => inverse[Math.max(i, j) * n + Math.min(i, j)]
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? -1 : 0
      for (let k = 0; k < n; k++) sum += a[i * n + k] * lower(k, j)
      furthest = Math.max(furthest, Math.abs(sum))
    }
  }
  expect(furthest).toBeLessThan(1e-9)
})

test('refuses a matrix of another size', () => {
  expect(() => invertSpd(new Float64Array(3), 2)).toThrow('wrong length for a')
})
