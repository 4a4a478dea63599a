/** How well a fitted kernel predicts held-out users, for many settings of its factors. */
import { topK } from '../../../math/top-k.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import type { HeldOutUser } from '../../splits/hold-out.ts'
import type { CfSettings, FittedCf } from './kernel.ts'
import { columnFactorsOf } from './kernel.ts'
import type { LatentVectors } from './latent-vectors.ts'

/** The settings that cost no new fit. */
export type CfHyperparameters = Pick<CfSettings, 'targetPower' | 'latentShare'>

interface CfEvaluation {
  /** Mean NDCG@20, by each of the hyperparameters. */
  readonly ndcg: readonly number[]
  /** What a latentShare of 1 weighs: see `latentUnit`. */
  readonly unit: number
}

const LIST_LENGTH = 20

/**
 * @param options.lengths the histories of each user: the newest so many events, in turn
 */
export function evaluateCf(
  fitted: FittedCf,
  hyperparameters: readonly CfHyperparameters[],
  options: {
    readonly heldOut: readonly HeldOutUser[]
    readonly lengths: readonly number[]
    readonly latent?: LatentVectors
  },
): CfEvaluation {
  const { heldOut, lengths, latent } = options
  const items = fitted.precision.length
  const unit = latent ? latentUnit(fitted, latent, heldOut) : 0
  const factors = hyperparameters.map(({ targetPower }) =>
    columnFactorsOf(fitted, targetPower),
  )
  const sums = { pairs: new Float32Array(items), latent: new Float32Array(items) }
  const scores = new Float32Array(items)
  const seen = new Uint8Array(items)
  const ndcg = new Float64Array(hyperparameters.length)
  for (const { history, targets } of heldOut) {
    const wanted = new Set(targets)
    for (const length of lengths) {
      const newest = history.subarray(0, length)
      sumPairsInto(fitted, newest, sums.pairs)
      if (latent) sumLatentInto(fitted, latent, newest, sums.latent)
      seen.fill(0)
      for (const item of newest) seen[item] = 1
      hyperparameters.forEach(({ latentShare }, r) => {
        const weight = unit * latentShare
        for (let item = 0; item < items; item++) {
          scores[item] =
            (sums.pairs[item] + weight * sums.latent[item]) * factors[r][item]
        }
        const top = topK(scores, LIST_LENGTH, seen)
        ndcg[r] += ndcgAt(top, wanted, LIST_LENGTH) / (lengths.length * heldOut.length)
      })
    }
  }
  return { ndcg: [...ndcg], unit }
}

/** Users that the unit is taken from at most. */
const UNIT_USERS = 200

/** The weight of the low-rank term at which it spreads the scores as much as the pairs do. */
export function latentUnit(
  fitted: FittedCf,
  latent: LatentVectors,
  users: readonly Pick<HeldOutUser, 'history'>[],
): number {
  const factors = columnFactorsOf(fitted, 0)
  const sums = new Float32Array(factors.length)
  const step = Math.max(1, Math.floor(users.length / UNIT_USERS))
  let [pairs, dense] = [0, 0]
  for (let u = 0; u < users.length; u += step) {
    sumPairsInto(fitted, users[u].history, sums)
    pairs += varianceOf(sums, factors)
    sumLatentInto(fitted, latent, users[u].history, sums)
    dense += varianceOf(sums, factors)
  }
  return dense > 0 ? Math.sqrt(pairs / dense) : 0
}

function varianceOf(sums: Float32Array, factors: Float32Array): number {
  let [sum, square] = [0, 0]
  for (let item = 0; item < sums.length; item++) {
    const score = sums[item] * factors[item]
    sum += score
    square += score * score
  }
  return square / sums.length - (sum / sums.length) ** 2
}

/** Σ over the history of √P_i · s_ij, where that is above 0: [items], without column factors. */
function sumPairsInto(
  { pairs, precision }: FittedCf,
  history: Uint32Array,
  out: Float32Array,
) {
  const { indptr, indices, strengths } = pairs
  out.fill(0)
  for (const item of history) {
    const factor = Math.sqrt(precision[item])
    for (let e = indptr[item]; e < indptr[item + 1]; e++) {
      if (strengths[e] > 0) out[indices[e]] += factor * strengths[e]
    }
  }
}

function sumLatentInto(
  { precision }: FittedCf,
  { dim, vectors }: LatentVectors,
  history: Uint32Array,
  out: Float32Array,
) {
  const query = new Float32Array(dim)
  for (const item of history) {
    const factor = Math.sqrt(precision[item])
    for (let d = 0; d < dim; d++) query[d] += factor * vectors[item * dim + d]
  }
  for (let item = 0; item < out.length; item++) {
    let sum = 0
    for (let d = 0; d < dim; d++) sum += query[d] * vectors[item * dim + d]
    out[item] = sum
  }
}
