import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../planted.test-data.ts'
import { latentVectors } from './latent-vectors.ts'

const ITEMS = 26
const lists = randomLists({ users: 120, items: ITEMS, seed: 5 })
const positives = positivesOf(lists, ITEMS)
const factors = Float32Array.from({ length: ITEMS }, (_, row) => 0.2 + (row % 5) / 10)

/** The leading eigenvectors of the whole NᵀN, as a projector. */
function oracle(dim: number): Matrix {
  const n = Matrix.zeros(lists.length, ITEMS)
  lists.forEach((list, user) => {
    for (const row of list) n.set(user, row, factors[row] / Math.sqrt(list.length))
  })
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    n.transpose().mmul(n),
    { assumeSymmetric: true },
  )
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
  const v = eigenvectorMatrix.subMatrixColumn(order.slice(0, dim))
  return v.mmul(v.transpose())
}

describe('latentVectors', () => {
  test('span the leading directions', () => {
    const dim = 3
    const { vectors } = latentVectors(positives, factors, dim)
    const truth = oracle(dim)
    for (let i = 0; i < ITEMS; i++) {
      for (let j = 0; j < ITEMS; j++) {
        let sum = 0
        for (let d = 0; d < dim; d++) sum += vectors[i * dim + d] * vectors[j * dim + d]
        expect(sum).toBeCloseTo(truth.get(i, j), 1)
      }
    }
  })

  test('are of length 1 and at right angles', () => {
    const { dim, vectors } = latentVectors(positives, factors, 10)
    expect(dim).toBe(10)
    for (let a = 0; a < dim; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0
        for (let row = 0; row < ITEMS; row++)
          sum += vectors[row * dim + a] * vectors[row * dim + b]
        expect(sum).toBeCloseTo(a === b ? 1 : 0, 4)
      }
    }
  })

  test('are as many as there are rows, at most', () => {
    expect(
      latentVectors(
        positivesOf(
          [
            [0, 1],
            [1, 2],
          ],
          3,
        ),
        factors.subarray(0, 3),
        64,
      ).dim,
    ).toBe(3)
  })

  test('stay finite without interactions, and for rows of factor 0', () => {
    const none = latentVectors(positivesOf([[]], 4), new Float32Array(4), 2)
    expect(none.vectors.every(Number.isFinite)).toBe(true)
    const holes = factors.map((factor, row) => (row === 7 ? 0 : factor))
    const { vectors, dim } = latentVectors(positives, holes, 4)
    expect(vectors.every(Number.isFinite)).toBe(true)
    for (let d = 0; d < dim; d++)
      expect(Math.abs(vectors[7 * dim + d])).toBeLessThan(1e-6)
  })
})
