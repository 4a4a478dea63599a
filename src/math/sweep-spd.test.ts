import { expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { invertSpd, sweepSpd } from './sweep-spd.ts'

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

test.each([
  [1, 1, 0],
  [5, 3, 2],
  [80, 30, 45],
  [131, 70, 20],
])(
  '%i wide, %i swept, %i rows beside: each row is a ridge solution',
  (width, pivots, beside) => {
    const rows = width + beside
    const random = createRandom(5)
    const x = Float64Array.from({ length: rows * rows }, () => random.normal())
    const full = new Float64Array(rows * rows)
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        for (let k = 0; k < rows; k++)
          full[i * rows + j] += x[i * rows + k] * x[j * rows + k]
      }
      full[i * rows + i] += 1
    }
    const a = Float64Array.from(
      { length: rows * width },
      (_, e) => full[Math.floor(e / width) * rows + (e % width)],
    )
    const half = Math.floor(pivots / 2)
    sweepSpd(a, width, { from: 0, to: half })
    sweepSpd(a, width, { from: half, to: pivots }) // goes on where it stopped
    let furthest = 0
    for (let r = pivots; r < rows; r++) {
      for (let j = 0; j < pivots; j++) {
        let sum = -full[r * rows + j]
        for (let k = 0; k < pivots; k++) sum += full[j * rows + k] * a[r * width + k]
        furthest = Math.max(furthest, Math.abs(sum))
      }
    }
    expect(furthest).toBeLessThan(1e-6)
  },
)

test('a sweep refuses a matrix of fewer rows than columns', () => {
  expect(() => sweepSpd(new Float64Array(6), 3, { from: 0, to: 3 })).toThrow(
    'wrong length for a',
  )
})
