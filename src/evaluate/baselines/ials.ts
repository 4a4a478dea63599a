/**
 * iALS: implicit matrix factorisation by alternating least squares.
 *
 *   loss = Σ_(u,i) seen (1 − x_u·y_i)² + α·Σ_(u,i) all (x_u·y_i)²
 *        + λ·Σ_u (|u| + α·n)·|x_u|² + λ·Σ_i (|i| + α·m)·|y_i|²
 *   x_u  = (Σ_i∈u y_i·y_iᵀ + α·YᵀY + λ·(|u| + α·n)·I)⁻¹ · Σ_i∈u y_i
 *   score = Y·x_u
 *
 * Hu, Koren and Volinsky 2008 (ICDM); their confidence 1 + α' is this with α = 1/α' and
 * all divided by α'. The ridge that grows with the number of entries, and tuning α, λ
 * and the width together, are from Rendle et al. 2021 (arXiv 2110.14037). The user
 * vector of a visitor comes from the history by the formula of x_u.
 */

import type { Positives } from '../../build/dataset/dataset.ts'
import { solveSpdInto } from '../../math/cholesky.ts'
import { createRandom } from '../../math/random.ts'
import { type Baseline, type Scorer, transpose } from './baseline.ts'

interface IalsSettings {
  /** α > 0: weight of an entry that is not there. */
  readonly unseen: number
  /** λ > 0. */
  readonly ridge: number
  /** Width of the factors. */
  readonly dim: number
}

export const ials: Baseline<IalsSettings> = {
  name: 'ials',
  start: { unseen: 0.1, ridge: 0.003, dim: 32 },
  axes: [
    { setting: 'ridge', factor: 3 },
    { setting: 'unseen', factor: 3 },
    { setting: 'dim', factor: 2, min: 8, max: 128 },
    { setting: 'ridge', factor: 2 },
  ],
  fit: fitIals,
  isAffordable: () => true,
}

const ITERATIONS = 12
/** Of the first factors: sd of x·y about this. */
const START_SCALE = 0.1
const START_SEED = 1

export interface IalsFactors {
  /** Y, row-major [rows, dim]. */
  readonly items: Float64Array
  /** x of a history, [dim]; zeros for an empty one. */
  readonly userVector: (history: Uint32Array) => Float64Array
}

/** The same entries and settings give the same factors. */
export function fitFactors(train: Positives, settings: IalsSettings): IalsFactors {
  const { dim } = settings
  const byItem = transpose(train)
  const random = createRandom(START_SEED)
  const items = Float64Array.from({ length: train.rowCount * dim }, () => {
    return (START_SCALE / Math.sqrt(dim)) * random.normal()
  })
  const users = new Float64Array(train.userCount * dim)
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    solveSide(train, { own: users, other: items, settings })
    solveSide(byItem, { own: items, other: users, settings })
  }
  const solve = createSolver(items, train.rowCount, settings)
  const userVector = (history: Uint32Array) => {
    const factors = new Float64Array(dim)
    solve(history, factors)
    return factors
  }
  return { items, userVector }
}

function fitIals(train: Positives, settings: IalsSettings): Scorer {
  const { items, userVector } = fitFactors(train, settings)
  const { dim } = settings
  return (history) => {
    const factors = userVector(history)
    return Float32Array.from({ length: train.rowCount }, (_, row) => {
      let score = 0
      for (let d = 0; d < dim; d++) score += factors[d] * items[row * dim + d]
      return score
    })
  }
}

/** All factors of one side from those of the other. */
function solveSide(
  { userCount, rowCount, indptr, rows }: Positives,
  {
    own,
    other,
    settings,
  }: {
    readonly own: Float64Array
    readonly other: Float64Array
    readonly settings: IalsSettings
  },
): void {
  const solve = createSolver(other, rowCount, settings)
  const { dim } = settings
  for (let u = 0; u < userCount; u++) {
    const entries = rows.subarray(indptr[u], indptr[u + 1])
    solve(entries, own.subarray(u * dim, (u + 1) * dim))
  }
}

/** @returns the formula of x_u: entries → factors, written into `out` [dim] */
function createSolver(
  other: Float64Array,
  count: number,
  { unseen, ridge, dim }: IalsSettings,
): (entries: Uint32Array, out: Float64Array) => void {
  const base = new Float64Array(dim * dim)
  const everyone = Uint32Array.from({ length: count }, (_, row) => row)
  addOuterInto(base, other, everyone)
  for (let e = 0; e < base.length; e++) base[e] *= unseen
  const matrix = new Float64Array(dim * dim)
  return (entries, out) => {
    out.fill(0)
    if (entries.length === 0) return
    matrix.set(base)
    addOuterInto(matrix, other, entries)
    for (const row of entries) {
      for (let d = 0; d < dim; d++) out[d] += other[row * dim + d]
    }
    const penalty = ridge * (entries.length + unseen * count)
    for (let d = 0; d < dim; d++) matrix[d * dim + d] += penalty
    solveSpdInto(matrix, out, dim)
  }
}

/**
 * matrix += Σ over `rows` of y_row · y_rowᵀ, the lower triangle. Four rows at a time: each
 * number of the matrix is then read and written once for four products.
 */
function addOuterInto(
  matrix: Float64Array,
  vectors: Float64Array,
  rows: Uint32Array,
): void {
  const dim = Math.sqrt(matrix.length)
  const whole = rows.length - (rows.length % 4)
  for (let r = 0; r < whole; r += 4) {
    const p = rows[r] * dim
    const q = rows[r + 1] * dim
    const s = rows[r + 2] * dim
    const t = rows[r + 3] * dim
    for (let a = 0; a < dim; a++) {
      const pa = vectors[p + a]
      const qa = vectors[q + a]
      const sa = vectors[s + a]
      const ta = vectors[t + a]
      const base = a * dim
      for (let b = 0; b <= a; b++) {
        matrix[base + b] +=
          pa * vectors[p + b] +
          qa * vectors[q + b] +
          sa * vectors[s + b] +
          ta * vectors[t + b]
      }
    }
  }
  for (let r = whole; r < rows.length; r++) {
    const p = rows[r] * dim
    for (let a = 0; a < dim; a++) {
      const pa = vectors[p + a]
      for (let b = 0; b <= a; b++) matrix[a * dim + b] += pa * vectors[p + b]
    }
  }
}
