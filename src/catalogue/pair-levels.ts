/** 16 levels for the strengths of pairs, and which of them each one is. */

const LEVELS = 16
/**
 * Strengths fall off fast: finer steps near 0. Found on two catalogues beside steps of
 * one ratio and other powers.
 */
const POWER = 0.6
/** The strongest pairs share the top level: its bound is this quantile. */
const TOP_QUANTILE = 0.9995
/** Enough strengths to know the quantile by. */
const SAMPLE = 100_000

export interface PairLevels {
  /** [16] in [0, 1], as shares of `unit`. */
  readonly levels: Float32Array
  /** The largest level's strength; 1 without pairs. */
  readonly unit: number
  /** [pairs] 0 … 15 */
  readonly codes: Uint8Array
}

/**
 * Each level is the mean of the strengths that have it.
 *
 * @param strengths [pairs] > 0, finite
 */
export function quantisePairs(strengths: Float32Array): PairLevels {
  const top = topOf(strengths)
  const codes = new Uint8Array(strengths.length)
  const sums = new Float64Array(LEVELS)
  const counts = new Float64Array(LEVELS)
  for (let e = 0; e < strengths.length; e++) {
    const share = Math.min(1, strengths[e] / top) ** POWER
    const code = Math.min(LEVELS - 1, Math.floor(share * LEVELS))
    codes[e] = code
    sums[code] += strengths[e]
    counts[code]++
  }
  const means = sums.map((sum, code) => (counts[code] > 0 ? sum / counts[code] : 0))
  const unit = means.reduce((a, b) => Math.max(a, b), 0) || 1
  return { levels: Float32Array.from(means, (mean) => mean / unit), unit, codes }
}

function topOf(strengths: Float32Array): number {
  if (strengths.length === 0) return 1
  const step = Math.max(1, Math.floor(strengths.length / SAMPLE))
  const sample = strengths.filter((_, e) => e % step === 0).sort()
  return sample[Math.floor(TOP_QUANTILE * (sample.length - 1))]
}
