/** Fusion weights by coordinate search: no gradient, as NDCG has none. */
import { type FusionCase, meanQuality } from './fusion-cases.ts'

/** Least gain that a move must bring, so that noise does not steer. */
const LEAST_GAIN = 1e-4
const MAX_ROUNDS = 12
/** What a weight is multiplied with, and what it is raised by (share of the sum). */
const FACTORS = [0, 0.5, 0.75, 0.9, 1.1, 1.35, 2]
const RAISES = [0.02, 0.1, 0.3]

/**
 * Climbs from each start, one weight at a time, and keeps the best end.
 *
 * @param starts [parts] each, ≥ 0, not all zero
 * @returns weights ≥ 0 of sum 1
 */
export function searchWeights(
  cases: readonly FusionCase[],
  starts: readonly number[][],
): number[] {
  const ends = starts.map((start) => climb(cases, unitSum(start)))
  return unitSum(ends.reduce((a, b) => (b.quality > a.quality ? b : a)).weights)
}

function climb(cases: readonly FusionCase[], start: number[]) {
  let best = { weights: start, quality: meanQuality(cases, start) }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = best.quality
    for (let p = 0; p < start.length; p++) {
      for (const value of movesOf(best.weights, p)) {
        const weights = best.weights.with(p, value)
        if (weights.every((w) => w === 0)) continue
        const quality = meanQuality(cases, weights)
        if (quality > best.quality + LEAST_GAIN) best = { weights, quality }
      }
    }
    if (best.quality === before) break
  }
  return best
}

function movesOf(weights: readonly number[], part: number): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights[part] === 0
    ? RAISES.map((raise) => raise * total)
    : FACTORS.map((factor) => factor * weights[part])
}

function unitSum(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights.map((w) => (total > 0 ? w / total : 0))
}
