/** The rating from which a person liked what they rated. */
import { isStars } from '../scoring/star-scale.ts'

const FIVE_STARS_FROM = 4
const RANGE_SHARE = 0.7
/** Share of the ratings at either end that may be slips: a -1, a 1e38. */
const ODD_SHARE = 0.005
/** One beyond the rest by more than this share of their range is such a slip. */
const FAR_SHARE = 1 / 3
/** Of fewer ratings, one far from the others is no slip but one of few. */
const LEAST_TO_DOUBT = 20

/**
 * 4 on a scale that ends at 5, low + 0.7 · (high − low) on any other; if every rating is
 * the same, that one. The ends of the scale are those of all ratings but the odd one in
 * 200 at either end, so that no slip moves it.
 *
 * @param ratings in the file's own scale, NaN passed over
 * @returns Infinity without any
 */
export function ratingThreshold(ratings: Float32Array): number {
  const sorted = ratings.filter((rating) => !Number.isNaN(rating)).sort()
  const [low, high] = endsOf(sorted)
  if (!(low < high)) return low // all the same, or none at all
  return isStars({ low, high }) ? FIVE_STARS_FROM : low + RANGE_SHARE * (high - low)
}

/**
 * The ends of the ratings' scale: all of them but the odd ones in 200 at either end that
 * lie far beyond the rest.
 *
 * @param ratings in the file's own scale, NaN passed over
 * @returns the same number twice if all ratings are the same; a falling scale without any
 */
export function ratingScale(ratings: Float32Array): { low: number; high: number } {
  const sorted = ratings.filter((rating) => !Number.isNaN(rating)).sort()
  const [low, high] = endsOf(sorted)
  const beyond = (high - low) * FAR_SHARE
  const isIn = (rating: number) => rating >= low - beyond && rating <= high + beyond
  const near = sorted.filter(isIn)
  return { low: near[0] ?? low, high: near.at(-1) ?? high }
}

function endsOf(sorted: Float32Array): [low: number, high: number] {
  const odd = Math.floor(ODD_SHARE * sorted.length)
  const scale = odd > 0 ? scaleOf(sorted, odd) : nearEnds(sorted)
  // Where nearly all are the same, the few others are no slips but the scale.
  return scale[0] < scale[1] ? scale : scaleOf(sorted, 0)
}

/** Of a short table: its own ends, but for one slip far off at either. */
function nearEnds(sorted: Float32Array): [low: number, high: number] {
  const [low, high] = scaleOf(sorted, 0)
  const [innerLow, innerHigh] = scaleOf(sorted, 1)
  const beyond = FAR_SHARE * (innerHigh - innerLow)
  if (sorted.length < LEAST_TO_DOUBT || !(beyond > 0)) return [low, high]
  return [
    innerLow - low > beyond ? innerLow : low,
    high - innerHigh > beyond ? innerHigh : high,
  ]
}

/** Lowest and highest of sorted ratings, `odd` of them left out at either end. */
function scaleOf(sorted: Float32Array, odd: number): [low: number, high: number] {
  return [sorted[odd] ?? Infinity, sorted[sorted.length - 1 - odd] ?? -Infinity]
}
