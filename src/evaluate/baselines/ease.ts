/**
 * EASE (Steck 2019, Embarrassingly Shallow Autoencoders), dense and unbounded in bytes.
 *
 *   P = (XᵀX + λI)⁻¹ [items, items] · B_ij = −P_ij / P_jj, diagonal 0
 *   score_j = Σ over history rows i of B_ij
 *
 * With fewer users than items the same P comes from a users' matrix (Woodbury):
 *
 *   P = (I − Xᵀ·K·X) / λ,  K = (XXᵀ + λI)⁻¹ [users, users]
 *   score_j = ((Xᵀ·K·X·h)_j − h_j·q_j) / (1 − q_j),  q_j = (Xᵀ·K·X)_jj
 */

import type { Positives } from '../../build/dataset/dataset.ts'
import { invertSpd } from '../../math/sweep-spd.ts'
import { type Baseline, type Scorer, transpose } from './baseline.ts'

interface EaseSettings {
  /** λ > 0, in users. */
  readonly ridge: number
}

/** Width of the matrix inverted at most: above, an inverse takes minutes. */
export const MAX_EASE_WIDTH = 4500

export const ease: Baseline<EaseSettings> = {
  name: 'ease',
  start: { ridge: 200 },
  axes: [{ setting: 'ridge', factor: 2 }],
  fit: (train, settings) => {
    const known = withoutEmptyUsers(train)
    return known.rowCount <= known.userCount
      ? fitByItems(known, settings)
      : fitByUsers(known, settings)
  },
  isAffordable: (train) => {
    const { userCount, rowCount } = withoutEmptyUsers(train)
    return Math.min(userCount, rowCount) <= MAX_EASE_WIDTH
  },
}

/** @param train with no more items than users for speed's sake; any works */
export function fitByItems(train: Positives, { ridge }: EaseSettings): Scorer {
  const n = train.rowCount
  const inverse = ridgeInverse(train, ridge)
  const weights = new Float32Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const p = i > j ? inverse[i * n + j] : inverse[j * n + i]
      weights[i * n + j] = -p / inverse[j * n + j]
    }
  }
  return (history) => {
    const scores = new Float32Array(n)
    for (const row of history) {
      for (let j = 0; j < n; j++) scores[j] += weights[row * n + j]
    }
    return scores
  }
}

/** The same answers as `fitByItems`, from the inverse of a users' matrix. */
export function fitByUsers(train: Positives, { ridge }: EaseSettings): Scorer {
  const m = train.userCount
  const users = transpose(train)
  const kernel = ridgeInverse(users, ridge) // lower triangle
  const usersOf = (row: number) =>
    users.rows.subarray(users.indptr[row], users.indptr[row + 1])
  const own = Float64Array.from({ length: train.rowCount }, (_, row) =>
    blockSum(kernel, m, usersOf(row)),
  )
  return (history) => {
    const shared = new Float64Array(m) // X·h
    for (const row of history) for (const user of usersOf(row)) shared[user]++
    const mixed = timesSymmetric(kernel, m, shared)
    const scores = new Float32Array(train.rowCount)
    const isIn = new Set(history)
    for (let row = 0; row < scores.length; row++) {
      let sum = isIn.has(row) ? -own[row] : 0
      for (let e = users.indptr[row]; e < users.indptr[row + 1]; e++) {
        sum += mixed[users.rows[e]]
      }
      scores[row] = sum / (1 - own[row])
    }
    return scores
  }
}

/** (XᵀX + λI)⁻¹, its lower triangle: [rows, rows]. */
function ridgeInverse({ rowCount: n, indptr, rows }: Positives, ridge: number) {
  const matrix = new Float64Array(n * n)
  for (let user = 0; user + 1 < indptr.length; user++) {
    for (let a = indptr[user]; a < indptr[user + 1]; a++) {
      const row = rows[a] * n // rows rise: this stays in the lower triangle
      for (let b = indptr[user]; b <= a; b++) matrix[row + rows[b]]++
    }
  }
  for (let i = 0; i < n; i++) matrix[i * n + i] += ridge
  invertSpd(matrix, n)
  return matrix
}

/** Σ over i and j of `list` of the symmetric matrix whose lower triangle is `a`. */
function blockSum(a: Float64Array, n: number, list: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < list.length; i++) {
    for (let j = 0; j < i; j++) sum += 2 * a[list[i] * n + list[j]]
    sum += a[list[i] * n + list[i]]
  }
  return sum
}

/** A·x for the symmetric matrix whose lower triangle is `a`. */
function timesSymmetric(a: Float64Array, n: number, x: Float64Array): Float64Array {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const base = i * n
    const factor = x[i]
    let sum = 0
    for (let j = 0; j < i; j++) {
      sum += a[base + j] * x[j]
      out[j] += a[base + j] * factor
    }
    out[i] += sum + a[base + i] * factor
  }
  return out
}

/** Users renumbered so that each has an entry: held-out users leave empty lists. */
function withoutEmptyUsers({
  rowCount,
  userCount,
  indptr,
  rows,
}: Positives): Positives {
  const ends = new Set<number>()
  for (let user = 0; user < userCount; user++) {
    if (indptr[user + 1] > indptr[user]) ends.add(indptr[user + 1])
  }
  return { rowCount, userCount: ends.size, indptr: Uint32Array.of(0, ...ends), rows }
}
