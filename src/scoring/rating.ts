/**
 * What a visitor would rate an item, from how they rated others: ridge regression of
 * their own ratings, in closed form, on what the pack holds of the items.
 *
 *   r̂(i) = mean + b_i + Σ_j a_j·K(i, j)        a = (K + I)⁻¹·(r − mean − b)
 *   K(i, j) = Σ over terms of variance_t · likeness_t(i, j)
 *
 * over the rated items j. The term `visitor` alone (likeness 1) is the visitor's bias,
 * shrunk; `tower` is a linear head over the item tower, of the visitor's own weights; the
 * others are the same over text vectors and shared attributes. The variances, in units of
 * the noise of one rating, are fitted when the pack is built.
 *
 * Source: kernel ridge, as Gaussian process regression; Rasmussen and Williams 2006, §2.2.
 */

import { solveSpdInto } from '../math/cholesky.ts'
import type { Pack, RatingHead, RatingTerm } from '../pack/pack.ts'
import { likenesses } from './item-similarity.ts'

/**
 * The owner's scale, which the pack was learned in. A page asks for stars, 1–5: the same
 * numbers where that scale ends at 5, else its ends are 1 and 5 stars.
 */
type Scale = Pick<RatingHead, 'low' | 'high'>

const MIN_STARS = 1
const MAX_STARS = 5
/** A scale of stars ends above it, at MAX_STARS at most. */
const STARS_ABOVE = 4

/** @param stars 1–5 */
export function toScale(scale: Scale, stars: number): number {
  if (isStars(scale)) return stars
  const share = (stars - MIN_STARS) / (MAX_STARS - MIN_STARS)
  return scale.low + share * (scale.high - scale.low)
}

/** @returns 1–5 */
export function toStars(scale: Scale, rating: number): number {
  const share = (rating - scale.low) / (scale.high - scale.low)
  const stars = isStars(scale) ? rating : MIN_STARS + share * (MAX_STARS - MIN_STARS)
  return Math.min(MAX_STARS, Math.max(MIN_STARS, stars))
}

/** Whether a scale is one of five stars: 0 or more to more than 4, 5 at most. */
export function isStars({ low, high }: Scale): boolean {
  return low >= 0 && high > STARS_ABOVE && high <= MAX_STARS
}

/** An item and what the visitor gave it, in the pack's scale. */
export interface RatedItem {
  readonly index: number
  readonly rating: number
}

/** Ratings that are read, the newest: a solve of this size takes some milliseconds. */
export const MAX_RATED = 200
/** A prediction from fewer would be little more than the item's mean. */
export const MIN_RATED = 3

/**
 * @param rated newest first, one entry an item; ratings beyond the scale count as its end
 * @returns index → rating within the scale; undefined if the pack has no rating head
 */
export function ratingPredictor(
  pack: Pack,
  rated: readonly RatedItem[],
): ((index: number) => number) | undefined {
  const { ratings: head } = pack
  if (!head) return undefined
  const known = rated.filter(({ rating }) => Number.isFinite(rating))
  const items = known.slice(0, MAX_RATED).map(({ index }) => index)
  const within = (rating: number) => Math.min(head.high, Math.max(head.low, rating))
  const likeness = likenessBetween(pack)
  const weights = Float64Array.from(
    items,
    (index, n) => within(known[n].rating) - head.mean - head.bias[index],
  )
  solveSpdInto(noisyKernel(items, likeness), weights, items.length)
  return (index) => {
    let rating = head.mean + head.bias[index]
    for (let n = 0; n < items.length; n++) {
      rating += weights[n] * likeness(index, items[n])
    }
    return within(rating)
  }
}

/** K of the head's terms. */
function likenessBetween(pack: Pack): (a: number, b: number) => number {
  const { variances } = pack.ratings!
  const { visitor, ...others } = variances
  const terms = likenesses(pack)
  const used = (Object.keys(others) as Exclude<RatingTerm, 'visitor'>[])
    .filter((term) => variances[term] > 0)
    .map((term) => ({ variance: variances[term], of: terms[term] }))
  return (a, b) => {
    let sum = visitor
    for (const { variance, of } of used) sum += variance * of(a, b)
    return sum
  }
}

/** K + I over some items: [items, items], the lower triangle. */
function noisyKernel(
  items: readonly number[],
  likeness: (a: number, b: number) => number,
): Float64Array {
  const size = items.length
  const kernel = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) kernel[i * size + j] = likeness(items[i], items[j])
    kernel[i * size + i] += 1
  }
  return kernel
}
