/**
 * What one event is worth for its item, as one number: −1 (never again) to 1 (more of
 * this). Stored events carry no strength; it is computed on read, so a better table
 * here improves every old profile too.
 */
import { HearthError } from '../errors.ts'
import type { FeedbackEvent } from './event.ts'

// Decay: newer events matter more.

export const DAY_MS = 86_400_000
/** A month-old click counts half: interests move over weeks, not hours. */
const TASTE_HALF_LIFE_DAYS = 30

/**
 * 2^(−age / half-life).
 * @param ageMs milliseconds since the event; an event from the future (a clock that was
 *   set back) counts as new
 * @param halfLifeDays days until half is left, > 0
 * @returns share left in [0, 1]; 1 at age 0
 * @throws HearthError `bad-argument` if the age is NaN or the half-life is not above 0
 */
export function decay(ageMs: number, halfLifeDays = TASTE_HALF_LIFE_DAYS): number {
  if (Number.isNaN(ageMs)) {
    throw new HearthError('bad-argument', 'wrong age: got NaN, expected milliseconds.')
  }
  if (!(halfLifeDays > 0)) {
    throw new HearthError(
      'bad-argument',
      `wrong half-life: got ${halfLifeDays}, expected days above 0.`,
    )
  }
  return 2 ** (-Math.max(0, ageMs) / (halfLifeDays * DAY_MS))
}

/** Opening a page is a guess at what is on it: weak, but the commonest event. */
const CLICK_STRENGTH = 0.3
/** "More like this", said outright. Below 5 stars, which take more thought. */
export const LIKE_STRENGTH = 0.9
/** Meant to be come back to: strong, but the item is not yet known. */
export const SAVE_STRENGTH = 0.8
/** "Not for me", said outright. */
const DISLIKE_STRENGTH = -1
/** Read or watched to its end, whether it pleased is not known: above any time on a page. */
export const FINISH_STRENGTH = 0.6
/** What the longest reading is worth: above a click, below anything said outright. */
export const MAX_DWELL_STRENGTH = 0.5
/** Seconds of reading that earn 1 − 1/e = 63 % of MAX_DWELL_STRENGTH; a page is skimmed in less. */
const DWELL_SCALE_SECONDS = 45
/** Strength of 1, 2, 3, 4 and 5 stars: three stars is "fine", hardly a wish for more. */
export const STAR_STRENGTHS = [-1, -0.5, 0.1, 0.7, 1] as const

/**
 * @returns strength in [−1, 1]; 0 for an impression, a search and a preference, which count for nothing here
 *   about an item by themselves, and for a rating or a dwell without a usable value
 */
export function strengthOf(event: FeedbackEvent): number {
  switch (event.kind) {
    case 'click':
      return CLICK_STRENGTH
    case 'dwell':
      return dwellStrength(event.value)
    case 'like':
      return LIKE_STRENGTH
    case 'finish':
      return FINISH_STRENGTH
    case 'save':
      return SAVE_STRENGTH
    case 'rate':
      return starStrength(event.value)
    case 'dislike':
      return DISLIKE_STRENGTH
    case 'impression':
    case 'search':
    case 'prefer':
    case 'reset':
      return 0
  }
}

/** MAX_DWELL_STRENGTH · (1 − e^(−seconds / DWELL_SCALE_SECONDS)) */
function dwellStrength(seconds = 0): number {
  if (!(seconds > 0)) return 0
  return MAX_DWELL_STRENGTH * (1 - Math.exp(-seconds / DWELL_SCALE_SECONDS))
}

/** Whole stars from the table, parts of a star on the line between. */
function starStrength(stars = Number.NaN): number {
  if (!(stars >= 1 && stars <= 5)) return 0
  const below = Math.floor(stars)
  const low = STAR_STRENGTHS[below - 1] ?? 0
  const high = STAR_STRENGTHS[below] ?? low
  return low + (high - low) * (stars - below)
}
