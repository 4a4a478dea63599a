/**
 * How good one ranked list is for one user, and the interval of a mean over users.
 *
 * Two conventions of recall are in use, and the published figures differ by them:
 *
 *   held-out users   hits / min(k, targets)   Liang et al. 2018 (Mult-VAE), and after it
 *                                             the Goodbooks and ML-20M figures
 *   LightGCN splits  hits / targets           He et al. 2020
 *
 * Hearth's own splits hold out users, so `recallAt` is the first; `recallOfAll` is the
 * second.
 */
import { assertLength } from '../../errors.ts'
import { createRandom } from '../../math/random.ts'

// One ranked list against a user's targets.

/**
 * Binary NDCG: Σ over hits at rank r (from 1) of 1 / log2(r + 1), divided by the same
 * sum of a list that starts with all targets. Järvelin and Kekäläinen 2002.
 *
 * @param ranked item indices, best first; only the first `count` are read
 * @returns in [0, 1]; 0 without targets
 */
export function ndcgAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  let gain = 0
  let ideal = 0
  for (let rank = 0; rank < count; rank++) {
    const worth = 1 / Math.log2(rank + 2)
    if (rank < targets.size) ideal += worth
    if (rank < ranked.length && targets.has(ranked[rank])) gain += worth
  }
  return ideal === 0 ? 0 : gain / ideal
}

/**
 * hits / min(count, targets).
 * @param ranked item indices, best first; only the first `count` are read
 * @returns in [0, 1]; 0 without targets
 */
export function recallAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  const possible = Math.min(count, targets.size)
  return possible === 0 ? 0 : hitsAt(ranked, targets, count) / possible
}

/** hits / targets: `recallAt` as published LightGCN-style figures have it. */
export function recallOfAll(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  return targets.size === 0 ? 0 : hitsAt(ranked, targets, count) / targets.size
}

/** hits / count: an item never shown, in a list shorter than `count`, is a miss. */
export function precisionAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  return count === 0 ? 0 : hitsAt(ranked, targets, count) / count
}

/** Harmonic mean of precision and recall, 2·p·r / (p + r); 0 if both are 0. */
export function f1Of(precision: number, recall: number): number {
  const sum = precision + recall
  return sum === 0 ? 0 : (2 * precision * recall) / sum
}

/** 1 / rank of the first hit (rank from 1), 0 without one: MRR is its mean over users. */
export function reciprocalRankAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  for (let rank = 0; rank < Math.min(count, ranked.length); rank++) {
    if (targets.has(ranked[rank])) return 1 / (rank + 1)
  }
  return 0
}

/** How many of the first `count` are targets. */
function hitsAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  let hits = 0
  for (let rank = 0; rank < Math.min(count, ranked.length); rank++) {
    if (targets.has(ranked[rank])) hits++
  }
  return hits
}

/** A mean over users with its 95 % interval. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 1000
const TAIL = 0.025

/**
 * Mean of a − b over users with its interval, the same users drawn for both: what two
 * lists share of a user's luck cancels.
 *
 * @param a [users]
 * @param b [users], of the same users in the same order
 * @throws HearthError `bad-argument` if the lengths differ
 */
export function bootstrapDifference(
  a: readonly number[],
  b: readonly number[],
  seed: number,
): Estimate {
  assertLength('b', b, a.length)
  return bootstrapMean(
    a.map((value, user) => value - b[user]),
    seed,
  )
}

/**
 * Mean of one value a user, with the percentile bootstrap's 95 % interval: users are
 * drawn with replacement. Efron 1979.
 *
 * @param values [users], finite
 * @returns zeros without users
 */
export function bootstrapMean(values: readonly number[], seed: number): Estimate {
  if (values.length === 0) return { mean: 0, low: 0, high: 0 }
  const random = createRandom(seed)
  const means = new Float64Array(RESAMPLES)
  for (let sample = 0; sample < RESAMPLES; sample++) {
    let sum = 0
    for (let n = 0; n < values.length; n++) sum += values[random.integer(values.length)]
    means[sample] = sum / values.length
  }
  means.sort()
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: means[Math.floor(TAIL * RESAMPLES)],
    high: means[Math.ceil((1 - TAIL) * RESAMPLES) - 1],
  }
}
