/**
 * What a visitor would rate an item, from how they rated others: ridge regression of
 * their own ratings, in closed form, on what the pack knows of the items.
 *
 *   r̂(i) = mean + b_i + Σ_j a_j·K(i, j)        a = (K + I)⁻¹·(r − mean − b)
 *   K(i, j) = Σ over terms of variance_t · likeness_t(i, j)
 *
 * over the rated items j. The term `visitor` alone (likeness 1) is the visitor's bias,
 * shrunk; `tower` is a linear head over the item tower, of the visitor's own weights; the
 * others are the same over text vectors and shared entities. The variances, in units of
 * the noise of one rating, are fitted when the pack is built.
 *
 * Source: kernel ridge, as Gaussian process regression; Rasmussen and Williams 2006, §2.2.
 */

import { solveSpdInto } from '../math/cholesky.ts'
import type { Pack } from '../pack/pack.ts'
import type { RatingHead, RatingTerm } from '../pack/rating-head.ts'
import { likenesses } from './item-similarity.ts'

// Stars, which a page asks for (1–5), and the owner's scale, which the pack was learned in:
// the same numbers where that scale ends at 5, else its ends are 1 and 5 stars.

type Scale = Pick<RatingHead, 'low' | 'high'>

const LEAST_STARS = 1
const MOST_STARS = 5
/** A scale of stars ends above it, at MOST_STARS at most. */
const STARS_ABOVE = 4

/** @param stars 1–5 */
export function toScale(scale: Scale, stars: number): number {
  if (isStars(scale)) return stars
  const share = (stars - LEAST_STARS) / (MOST_STARS - LEAST_STARS)
  return scale.low + share * (scale.high - scale.low)
}

/** @returns 1–5 */
export function toStars(scale: Scale, rating: number): number {
  const share = (rating - scale.low) / (scale.high - scale.low)
  const stars = isStars(scale)
    ? rating
    : LEAST_STARS + share * (MOST_STARS - LEAST_STARS)
  return Math.min(MOST_STARS, Math.max(LEAST_STARS, stars))
}

/** Whether a scale is one of five stars: 0 or more to more than 4, 5 at most. */
export function isStars({ low, high }: Scale): boolean {
  return low >= 0 && high > STARS_ABOVE && high <= MOST_STARS
}

/** An item and what the visitor gave it, in the pack's scale. */
export interface RatedRow {
  readonly row: number
  readonly rating: number
}

/** Ratings that are read, the newest: a solve of this size takes some milliseconds. */
export const MOST_RATED = 200
/** A prediction from fewer would be little more than the item's mean. */
export const LEAST_RATED = 3

/**
 * @param rated newest first, one entry a row; ratings beyond the scale count as its end
 * @returns row → rating within the scale; undefined if the pack has no rating head
 */
export function ratingPredictor(
  pack: Pack,
  rated: readonly RatedRow[],
): ((row: number) => number) | undefined {
  const { ratings: head } = pack
  if (!head) return undefined
  const known = rated.filter(({ rating }) => Number.isFinite(rating))
  const rows = known.slice(0, MOST_RATED).map(({ row }) => row)
  const within = (rating: number) => Math.min(head.high, Math.max(head.low, rating))
  const likeness = likenessBetween(pack)
  const weights = Float64Array.from(
    rows,
    (row, n) => within(known[n].rating) - head.mean - head.bias[row],
  )
  solveSpdInto(noisyKernel(rows, likeness), weights, rows.length)
  return (row) => {
    let rating = head.mean + head.bias[row]
    for (let n = 0; n < rows.length; n++) rating += weights[n] * likeness(row, rows[n])
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

/** K + I over some rows: [rows, rows], the lower triangle. */
function noisyKernel(
  rows: readonly number[],
  likeness: (a: number, b: number) => number,
): Float64Array {
  const size = rows.length
  const kernel = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) kernel[i * size + j] = likeness(rows[i], rows[j])
    kernel[i * size + i] += 1
  }
  return kernel
}
