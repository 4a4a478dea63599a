/** How likely chance alone makes counts as uneven as these: the exact binomial test. */

/** Outcomes within this factor of the observed one's probability count as equally rare. */
const TIE = 1 + 1e-7

/**
 * Two-sided: the probability that `count` of `total`, each with chance `share`, comes out as
 * rare as it did or rarer. With a share of ½ it is the sign test.
 *
 * @param count integer, 0 … total
 * @param total integer ≥ 0
 * @param share 0–1
 * @returns in [0, 1]; 1 of nothing
 */
export function binomialTest(count: number, total: number, share: number): number {
  if (total === 0) return 1
  const logs = logProbabilities(total, share)
  const limit = logs[count] + Math.log(TIE)
  const rarer = logs.filter((log) => log <= limit)
  return Math.min(
    1,
    rarer.reduce((sum, log) => sum + Math.exp(log), 0),
  )
}

/** [total + 1] ln of C(total, k)·share^k·(1 − share)^(total − k) */
function logProbabilities(total: number, share: number): Float64Array {
  const logs = new Float64Array(total + 1)
  let choose = 0
  for (let k = 0; k <= total; k++) {
    if (k > 0) choose += Math.log((total - k + 1) / k)
    logs[k] = choose + power(share, k) + power(1 - share, total - k)
  }
  return logs
}

/** ln of base^exponent, where 0^0 is 1. */
const power = (base: number, exponent: number) =>
  exponent === 0 ? 0 : exponent * Math.log(base)
