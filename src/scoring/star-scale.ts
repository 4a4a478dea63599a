/**
 * Stars, which a page asks for (1–5), and the owner's scale, which the pack was learned in:
 * the same numbers where that scale ends at 5, else its ends are 1 and 5 stars.
 */
import type { RatingHead } from '../catalogue/rating-head.ts'

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
