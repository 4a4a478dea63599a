/** The weights of all buckets of k beside each other: gaps, neighbours, scale. */
import { type FusionCase, meanTopScore } from './fusion-cases.ts'

/** Mean score of the first 20: match about 0.88. */
const TOP_SCORE = 2
/** Share of a bucket's own weights when neighbours are blended in. */
const OWN_SHARE = 0.6

/** What is missing is taken from the nearest bucket that has it, the earlier of two. */
export function fillGaps(fitted: readonly (number[] | undefined)[]): number[][] {
  return fitted.map((own, bucket) => {
    if (own) return own
    const near = fitted
      .map((weights, other) => ({ weights, distance: Math.abs(other - bucket) }))
      .filter(({ weights }) => weights !== undefined)
      .sort((a, b) => a.distance - b.distance)
    return near[0].weights as number[]
  })
}

/** A visitor should not see the list jump when one more event crosses a bucket's edge. */
export function blendNeighbours(buckets: readonly number[][]): number[][] {
  return buckets.map((own, bucket) => {
    const sides = [buckets[bucket - 1], buckets[bucket + 1]].filter(
      (side) => side !== undefined,
    )
    const side = (1 - OWN_SHARE) / Math.max(1, sides.length)
    return own.map((w, p) => sides.reduce((sum, s) => sum + side * s[p], OWN_SHARE * w))
  })
}

/**
 * Scales each bucket by what its own histories score. Without a history only popularity
 * speaks, which says little of the scale: bucket 0, and one without cases, takes that of
 * the nearest other.
 */
export function scaleBuckets(
  buckets: readonly number[][],
  cases: readonly (readonly FusionCase[])[],
): number[][] {
  const tops = buckets.map((weights, bucket) =>
    bucket === 0 ? 0 : meanTopScore(cases[bucket], weights),
  )
  const known = tops.map((top) => (top > 0 ? [TOP_SCORE / top] : undefined))
  const scales = known.some((scale) => scale) ? fillGaps(known) : tops.map(() => [1])
  return buckets.map((weights, bucket) => weights.map((w) => w * scales[bucket][0]))
}
