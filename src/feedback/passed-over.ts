/**
 * What was seen and passed over is less wanted, by how surely it was seen: log posterior odds
 * that the visitor wants an item, from its views since it was last opened.
 *
 * A view is looked at with probability a. Looked at, a wanted item is opened with probability
 * c, another with n. So a view without an opening multiplies the odds of being wanted by
 *
 *   (1 − a·c) / (1 − a·n),   ℓ(a) its logarithm, ≤ 0
 *
 * and independent views add up. Part of what a view tells is of the hour: not now, not in this
 * mood. The rest is of taste, which changes too: with probability r an item that was not
 * wanted is wanted after all, so that no number of views rules it out. Over the views, of age t:
 *
 *   passed = (1 − s)·Σ ℓ·2^(−t/MOOD) + ln( r + (1 − r)·exp( s·Σ ℓ·2^(−t/TASTE) ) )
 *
 * An item opened was not passed over: opening, liking or saving it ends what its views before
 * told. A card stands in its list for a while: one list is looked at once, however often its
 * cards come into view, and what is opened from it is not passed over in it afterwards. Where
 * everything was seen, what was seen longest ago, and least, comes first again.
 *
 * The numbers: bench/RESULTS.md, *Views as evidence*.
 */
import type { FeedbackEvent } from './event.ts'
import { decay } from './weights.ts'

/** c: a wanted item that is looked at is opened so often; (0, 1). */
const OPENED_IF_WANTED = 0.7
/** n: opened by mistake, or out of curiosity; (0, c). */
const OPENED_IF_NOT = 0.01
/** a at the first place of a list, then what one place further leaves of it; (0, 1]. */
const LOOK_AT_FIRST = 0.97
const LOOK_KEPT_BY_PLACE = 0.95
/** Place, from 0, of a view that came without one: the middle of a list of ten. */
const TYPICAL_PLACE = 4
/** s: share of a view's evidence that is of taste; [0, 1]. */
const TASTE_SHARE = 0.4
/** Hours until half of what is of the mood is gone: by the next day nearly all of it is. */
const MOOD_HALF_LIFE_HOURS = 6
/** Days until half of what is of taste is gone: after a few weeks an item is fresh. */
const TASTE_HALF_LIFE_DAYS = 10
/** r: chance that an item ruled out by its views is wanted after all; (0, 1). */
const RENEWAL = 0.05
/** Most that is summed of either part: a page left open for weeks, or a bot. */
const MAX_EVIDENCE = 60
/** Log odds nearer to 0 are none: of an item seen a few times, half a year later. */
const MIN_EVIDENCE = 1e-3

/** Σ over the views of an item since it was last opened, −ℓ decayed to now, each ≥ 0. */
export interface PassedOver {
  mood: number
  taste: number
  /** The last list that tells no more of this item: it was seen in it, or opened from it. */
  slate: string | undefined
}

export function notPassed(): PassedOver {
  return { mood: 0, taste: 0, slate: undefined }
}

/** −ℓ of a view at a place of its list, from 0; a place that is none counts as typical. */
export function viewEvidence(place: number = TYPICAL_PLACE): number {
  const at = place >= 0 ? place : TYPICAL_PLACE
  const look = LOOK_AT_FIRST * LOOK_KEPT_BY_PLACE ** at
  return Math.log((1 - look * OPENED_IF_NOT) / (1 - look * OPENED_IF_WANTED))
}

/** Takes in a view. @param now Unix ms to which all decays */
export function addView(passed: PassedOver, view: FeedbackEvent, now: number): void {
  if (view.slate !== undefined && view.slate === passed.slate) return
  passed.slate = view.slate
  const evidence = viewEvidence(view.shown?.place)
  const age = now - view.at
  passed.mood += evidence * decay(age, MOOD_HALF_LIFE_HOURS / 24)
  passed.taste += evidence * decay(age, TASTE_HALF_LIFE_DAYS)
}

/** The item was opened, or reacted to, from the list `slate`. */
export function endPassing(passed: PassedOver, slate: string | undefined): void {
  passed.mood = 0
  passed.taste = 0
  if (slate !== undefined) passed.slate = slate
}

/** Log posterior odds less the prior ones, ≤ 0; 0 for an item never passed over. */
export function passedOdds({ mood, taste }: PassedOver): number {
  const ofMood = (1 - TASTE_SHARE) * Math.min(MAX_EVIDENCE, mood)
  const ofTaste = Math.exp(-TASTE_SHARE * taste)
  const odds = Math.log(RENEWAL + (1 - RENEWAL) * ofTaste) - ofMood
  return odds < -MIN_EVIDENCE ? odds : 0
}
