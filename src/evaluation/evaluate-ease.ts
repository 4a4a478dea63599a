/**
 * The dense baseline: EASE (Steck 2019, Embarrassingly Shallow Autoencoders), unbounded in
 * bytes, its λ chosen on validation.
 *
 *   P = (XᵀX + λI)⁻¹ · B_ij = −P_ij / P_jj, diagonal 0 · score_j = Σ over history B_ij
 */
import { topK } from '../math/top-k.ts'
import type { OnProgress, Positives } from '../training/dataset.ts'
import { buildGram, type DenseGram } from '../training/gram.ts'
import type { HeldOutUser } from '../training/hold-out.ts'
import { seenMask } from '../training/simulate-visit.ts'
import { invertSpd } from './invert-spd.ts'
import { judge, LIST_LENGTH, type Measured } from './measure-visitors.ts'
import { recallOfAll } from './metrics.ts'

/** A larger catalogue takes minutes an inverse: the baseline is left out. */
export const MOST_EASE_ITEMS = 4000
/** λ, rising: the search stops at the first that does worse. */
const RIDGES = [200, 600, 1800]

export interface EaseOptions {
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
  /** Training and validation together. */
  readonly all: Positives
  readonly users: readonly HeldOutUser[]
  readonly seed: number
  readonly onProgress?: OnProgress
}

/** @returns undefined above MOST_EASE_ITEMS */
export function evaluateEase({
  train,
  heldOut,
  all,
  users,
  seed,
  onProgress,
}: EaseOptions): { measured: Measured; ridge: number } | undefined {
  const rows = train.rowCount
  if (rows > MOST_EASE_ITEMS) return undefined
  const gram = denseGram(train)
  let ridge = RIDGES[0]
  let best = -1
  for (const [done, candidate] of RIDGES.entries()) {
    onProgress?.('dense EASE, to compare with', done / (RIDGES.length + 1))
    const lists = listsOf(easeWeights(gram, candidate), heldOut)
    const { ndcg } = judge(lists, heldOut, { rows, seed, recall: recallOfAll })
    if (ndcg.mean <= best) break
    best = ndcg.mean
    ridge = candidate
  }
  const lists = listsOf(easeWeights(denseGram(all), ridge), users)
  onProgress?.('dense EASE, to compare with', 1)
  return { measured: judge(lists, users, { rows, seed, recall: recallOfAll }), ridge }
}

function denseGram(positives: Positives): DenseGram {
  return buildGram(positives, 0, MOST_EASE_ITEMS) as DenseGram
}

/** Row-major [rows, rows]: B, what a row of the history says of each column. */
export function easeWeights(
  { rows: n, values }: DenseGram,
  ridge: number,
): Float32Array {
  const inverse = Float64Array.from(values)
  for (let i = 0; i < n; i++) inverse[i * n + i] += ridge
  invertSpd(inverse, n)
  const weights = new Float32Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const p = i > j ? inverse[i * n + j] : inverse[j * n + i]
      weights[i * n + j] = -p / inverse[j * n + j]
    }
  }
  return weights
}

function listsOf(weights: Float32Array, users: readonly HeldOutUser[]): Uint32Array[] {
  const n = Math.sqrt(weights.length)
  return users.map(({ foldIn }) => {
    const scores = new Float32Array(n)
    for (const row of foldIn) {
      const base = row * n
      for (let column = 0; column < n; column++)
        scores[column] += weights[base + column]
    }
    return topK(scores, LIST_LENGTH, seenMask(n, foldIn))
  })
}
