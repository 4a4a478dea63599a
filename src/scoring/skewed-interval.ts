/**
 * A 95 % interval for a mean of few and unequal contributions, where neither the normal
 * distribution nor the bootstrap can be believed: three clicks, one of which counts tenfold.
 *
 * The deviations d from the mean are two sums, of those above and of those below it. Each is
 * taken for a weighted sum of Poisson counts, whose limits are quantiles of a gamma
 * distribution of the same mean y and variance v (Fay and Feuer 1997, Statistics in Medicine
 * 16:791); the upper one counts one more contribution, of the greatest size `step` that an
 * entry of this log could have had:
 *
 *   low  = v/(2y) · χ²(.025; 2y²/v)
 *   high = (v + s²)/(2(y + s)) · χ²(.975; 2(y + s)²/(v + s²)),   s = step
 *
 * The limits of the difference of both sums (Zou and Donner 2008, MOVER):
 *
 *   lower = mean − √((y₊ − low₊)² + (high₋ − y₋)²),   upper = mean + √((high₊ − y₊)² + (y₋ − low₋)²)
 *
 * With many contributions it is the normal interval; with none, not a point. What entries
 * never showed (weights greater than any logged) it cannot know: see `meanWeight` of an
 * estimate for that.
 */

/** The 97.5th percentile of the standard normal distribution. */
const Z = 1.959964

export interface Interval {
  /** Square root of the mean's estimated variance; Infinity of a single slate. */
  readonly standardError: number
  readonly lower: number
  readonly upper: number
}

export interface Deviations {
  readonly mean: number
  /** [entries] each entry's contribution less the mean: their sum is 0. */
  readonly deviations: Float64Array
  /** The greatest that an entry could have added above what it expects, ≥ 0. */
  readonly stepUp: number
  /** The greatest that one could have taken off, ≥ 0. */
  readonly stepDown: number
  /** [entries] the slate of each: entries of one are not independent. Default: each its own. */
  readonly slates?: ArrayLike<number> | undefined
}

/** Of what a log tells nothing about. */
export const UNBOUNDED: Interval = {
  standardError: Infinity,
  lower: -Infinity,
  upper: Infinity,
}

/** The interval of a mean; `UNBOUNDED` where there is a single slate. */
export function skewedInterval(of: Deviations): Interval {
  const { mean, deviations } = of
  const sums = sumsBySlate(deviations, of.slates)
  if (sums.length < 2) return UNBOUNDED
  const unbiased = sums.length / (sums.length - 1)
  const above = limitsOf(sums, 1, of.stepUp, unbiased)
  const below = limitsOf(sums, -1, of.stepDown, unbiased)
  const size = deviations.length
  return {
    standardError: Math.sqrt(above.variance + below.variance) / size,
    lower: mean - Math.hypot(above.sum - above.low, below.high - below.sum) / size,
    upper: mean + Math.hypot(above.high - above.sum, below.sum - below.low) / size,
  }
}

function sumsBySlate(
  deviations: Float64Array,
  slates: ArrayLike<number> | undefined,
): ArrayLike<number> {
  if (!slates) return deviations
  const sums = new Map<number, number>()
  for (let i = 0; i < deviations.length; i++) {
    sums.set(slates[i]!, (sums.get(slates[i]!) ?? 0) + deviations[i])
  }
  return [...sums.values()]
}

/** The sum of the values of one sign, its variance and its limits. */
function limitsOf(
  values: ArrayLike<number>,
  sign: 1 | -1,
  step: number,
  scale: number,
) {
  let sum = 0
  let variance = 0
  for (let i = 0; i < values.length; i++) {
    const value = sign * values[i]!
    if (value <= 0) continue
    sum += value
    variance += scale * value * value
  }
  const low = gammaQuantile(sum, variance, -Z)
  const high = gammaQuantile(sum + step, variance + step * step, Z)
  return { sum, variance, low, high }
}

/**
 * The quantile of a gamma distribution by its mean and variance, after Wilson and Hilferty
 * (1931): the cube root of χ² is nearly normal. Within 1 % at the upper limit of 2 degrees
 * of freedom and more, and low, which is to the safe side, at the lower one.
 *
 * @param z of the normal quantile; @returns ≥ 0; the mean itself where the variance is 0
 */
function gammaQuantile(mean: number, variance: number, z: number): number {
  if (variance === 0) return mean
  const spread = variance / (9 * mean * mean) // 2 / (9 · degrees of freedom)
  return mean * Math.max(0, 1 - spread + z * Math.sqrt(spread)) ** 3
}
