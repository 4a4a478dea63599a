/**
 * The low-rank term: V [rows, dim], the leading right singular vectors of
 *
 *   N = D_u^−½ · X · diag(a)        a = √P, the row factors of the kernel
 *
 * by subspace iteration on NᵀN (Halko, Martinsson and Tropp 2011, arXiv 0909.4061), which
 * never holds more than a few blocks of [rows, dim].
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { solveSpdInto } from '../../../math/cholesky.ts'
import { createRandom } from '../../../math/random.ts'
import type { Positives } from '../../dataset/dataset.ts'

export interface LatentVectors {
  readonly dim: number
  /** Row-major [rows, dim]; its columns are of length 1 and at right angles. */
  readonly vectors: Float32Array
}

/** Vectors iterated beyond those wanted: they converge faster. */
const SPARE = 8
const ROUNDS = 8
const SEED = 1
/** Beside the block's own size: keeps a block of less rank factorable. */
const JITTER = 1e-10

/**
 * @param factors [rows] a; a row of factor 0 gets the zero vector
 * @param dim 1 or more; fewer come back if there are fewer rows
 */
export function latentVectors(
  positives: Positives,
  factors: Float32Array,
  dim: number,
): LatentVectors {
  const rows = factors.length
  const width = Math.min(rows, dim + SPARE)
  const random = createRandom(SEED)
  let block = new Float64Array(rows * width).map(() => random.normal())
  orthonormaliseInto(block, width)
  for (let round = 0; round < ROUNDS; round++) {
    block = applySquare(positives, factors, block)
    orthonormaliseInto(block, width)
  }
  const image = applySquare(positives, factors, block)
  const kept = Math.min(dim, width)
  return { dim: kept, vectors: rotate(block, leading(block, image, width), kept) }
}

/** NᵀN · block */
function applySquare(
  { indptr, rows, userCount }: Positives,
  factors: Float32Array,
  block: Float64Array,
): Float64Array<ArrayBuffer> {
  const width = block.length / factors.length
  const out = new Float64Array(block.length)
  const sum = new Float64Array(width)
  for (let user = 0; user < userCount; user++) {
    const [from, to] = [indptr[user], indptr[user + 1]]
    sum.fill(0)
    for (let e = from; e < to; e++) {
      const base = rows[e] * width
      const factor = factors[rows[e]] / (to - from) // both D_u^−½ at once
      for (let d = 0; d < width; d++) sum[d] += factor * block[base + d]
    }
    for (let e = from; e < to; e++) {
      const base = rows[e] * width
      const factor = factors[rows[e]]
      for (let d = 0; d < width; d++) out[base + d] += factor * sum[d]
    }
  }
  return out
}

/** Columns to length 1 and right angles, by the Cholesky factor of blockᵀ·block. */
function orthonormaliseInto(block: Float64Array, width: number) {
  // twice: the first time leaves rounding of the order of the block's condition
  for (let time = 0; time < 2; time++) {
    const lower = products(block, block, width)
    let largest = 0
    for (let d = 0; d < width; d++) largest = Math.max(largest, lower[d * width + d])
    for (let d = 0; d < width; d++) {
      lower[d * width + d] += largest * JITTER + Number.MIN_VALUE
    }
    solveSpdInto(lower, new Float64Array(width), width) // leaves L in its place
    for (let base = 0; base < block.length; base += width) {
      for (let i = 0; i < width; i++) {
        let value = block[base + i]
        for (let k = 0; k < i; k++) value -= lower[i * width + k] * block[base + k]
        block[base + i] = value / lower[i * width + i]
      }
    }
  }
}

/** aᵀ·b [width, width], lower triangle. */
function products(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width * width)
  for (let base = 0; base < a.length; base += width) {
    for (let i = 0; i < width; i++) {
      const value = a[base + i]
      if (value === 0) continue
      for (let k = 0; k <= i; k++) out[i * width + k] += value * b[base + k]
    }
  }
  return out
}

/** Eigenvectors of blockᵀ·NᵀN·block, the largest eigenvalue first: [width][width]. */
function leading(block: Float64Array, image: Float64Array, width: number): number[][] {
  const lower = products(block, image, width)
  const whole = Matrix.zeros(width, width)
  for (let i = 0; i < width; i++) {
    for (let k = 0; k <= i; k++) {
      whole.set(i, k, lower[i * width + k])
      whole.set(k, i, lower[i * width + k])
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(whole, {
    assumeSymmetric: true,
  })
  return realEigenvalues
    .map((value, index) => ({ value, vector: eigenvectorMatrix.getColumn(index) }))
    .sort((a, b) => b.value - a.value)
    .map(({ vector }) => vector)
}

/** block · the first `kept` directions */
function rotate(
  block: Float64Array,
  directions: readonly (readonly number[])[],
  kept: number,
): Float32Array {
  const width = directions.length
  const rows = block.length / width
  const out = new Float32Array(rows * kept)
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < kept; d++) {
      let sum = 0
      const direction = directions[d]
      for (let k = 0; k < width; k++) sum += block[row * width + k] * direction[k]
      out[row * kept + d] = sum
    }
  }
  return out
}
