/**
 * Whether the learned fusion may choose: off-policy estimates over the visitor's own log,
 * of the pack's fusion and of the learned one as it was when each guess was drawn.
 * The difference of both is paired and takes the mean reward off first: doubly robust, with the
 * mean for its model. A better model would need what every candidate was, which no log holds.
 */

import { estimateDifference, estimateIps, estimateSnips } from './off-policy.ts'
import type { Observation } from './online-fusion.ts'

/** Guesses below which nothing is said: a handful of clicks is chance. */
export const MIN_GUESSES = 20
/**
 * The greatest weight of a guess. Both policies draw from alike scores, so few come near it;
 * a forged propensity would.
 */
const MAX_WEIGHT = 10

/** What taken guesses say, a guess: 0.1 is one more in ten that is opened. */
export interface FusionVerdict {
  /** Guesses drawn while something was learned. */
  readonly guesses: number
  /** Taken guesses of the learned fusion less those of the pack's own, a guess; absent below `MIN_GUESSES`. */
  readonly difference?: number
  /** Its 95 % interval. */
  readonly interval?: readonly [lower: number, upper: number]
  /** Share of guesses taken under each, by clipped SNIPS, 0–1, and by IPS, which may leave it. */
  readonly takenShare?: {
    readonly shipped: number
    readonly learned: number
    readonly shippedByIps: number
    readonly learnedByIps: number
  }
  /** The learned fusion does worse, with confidence: the whole interval is below 0. */
  readonly isWorse: boolean
}

/** Of the observations that are guesses; pure. */
export function compareFusions(observations: readonly Observation[]): FusionVerdict {
  const drawn = observations.flatMap(({ chances, propensity, isTaken }) => {
    if (!chances) return []
    // no guess weighs more than MAX_WEIGHT, under either policy
    const least = Math.max(chances.shipped, chances.learned) / MAX_WEIGHT
    const reward = isTaken ? 1 : 0
    return [{ ...chances, propensity: Math.max(propensity, least), reward }]
  })
  const guesses = drawn.length
  if (guesses < MIN_GUESSES) return { guesses, isWorse: false }
  const log = {
    rewards: drawn.map(({ reward }) => reward),
    propensities: drawn.map(({ propensity }) => propensity),
  }
  const learned = { ...log, targets: drawn.map((guess) => guess.learned) }
  const shipped = { ...log, targets: drawn.map((guess) => guess.shipped) }
  const { estimate, lower, upper } = estimateDifference(learned, shipped.targets)
  return {
    guesses,
    difference: estimate,
    interval: [lower, upper],
    takenShare: {
      shipped: estimateSnips(shipped).estimate,
      learned: estimateSnips(learned).estimate,
      shippedByIps: estimateIps(shipped).estimate,
      learnedByIps: estimateIps(learned).estimate,
    },
    isWorse: upper < 0,
  }
}
