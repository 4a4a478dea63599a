import { expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { ridgeTable } from './mix.ts'

test('worked by hand: two known items, one cold', () => {
  // K = [[2, 1], [1, 2]], λ = 1: (K + λI)⁻¹ = [[3, −1], [−1, 3]] / 8
  const rows = [
    [2, 1],
    [1, 2],
    [1, 0],
  ]
  const table = ridgeTable({ known: 2, cold: 1, ridge: 1 }, (row, out, at) =>
    out.set(rows[row], at),
  )
  table.takeIn(2)
  expect(table.alpha(2)[0]).toBeCloseTo(3 / 8, 12)
  expect(table.alpha(2)[1]).toBeCloseTo(-1 / 8, 12)
})

test('solves for cold-start items, and for known ones not taken in yet', () => {
  const random = createRandom(2)
  const [known, cold, dim] = [40, 7, 6]
  const points = Array.from({ length: known + cold }, () =>
    Array.from({ length: dim }, () => random.normal()),
  )
  const kernel = (i: number, j: number) =>
    points[i].reduce((sum, x, d) => sum + x * points[j][d], 0)
  const table = ridgeTable({ known, cold, ridge: 0.5 }, (row, out, at) => {
    for (let j = 0; j < known; j++) out[at + j] = kernel(row, j)
  })
  const furthest = (upTo: number, row: number) => {
    const alpha = table.alpha(row)
    expect(alpha).toHaveLength(upTo)
    const left = Array.from({ length: upTo }, (_, j) => {
      const sum = alpha.reduce((s, a, k) => s + a * kernel(j, k), 0)
      return Math.abs(sum + 0.5 * alpha[j] - kernel(row, j))
    })
    return Math.max(...left)
  }
  table.takeIn(30)
  for (const row of [30, 39, 40, 46]) expect(furthest(30, row)).toBeLessThan(1e-8)
  table.takeIn(known)
  for (const row of [40, 46]) expect(furthest(known, row)).toBeLessThan(1e-8)
})
