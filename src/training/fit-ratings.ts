/**
 * The rating head of a pack: item biases, and how far a visitor's own ratings move a
 * prediction along each kind of likeness, chosen on users whom the pack never saw.
 *
 * The variances are searched one after another, on a grid, from where they usually lie:
 * what one user's 200 ratings say is a solve of milliseconds, so a trial is a second.
 */
import type { Pack } from '../catalogue/pack.ts'
import {
  RATING_TERMS,
  type RatingHead,
  type RatingTerm,
} from '../catalogue/rating-head.ts'
import { createRandom } from '../math/random.ts'
import { likenesses } from '../scoring/item-likeness.ts'
import { chooseShrinkage } from './choose-shrinkage.ts'
import { ratingBias } from './rating-bias.ts'
import { type RatingCase, ratingCases } from './rating-cases.ts'
import { prepareTrials, type Variances } from './rating-trials.ts'
import type { UserRatings } from './user-ratings.ts'

export interface FitRatingsOptions {
  /** Users the pack's other blocks were not trained on. */
  readonly heldOut: Iterable<number>
  readonly seed: number
  /** Told the share done, 0–1. */
  readonly onProgress?: (done: number) => void
}

export interface RatingReport {
  /** Held-out users it was fitted on. */
  readonly users: number
  /** Root mean squared error on them, and the biases' alone. */
  readonly rmse: number
  readonly biasRmse: number
  /** Ratings' worth of doubt of an item's bias. */
  readonly shrinkage: number
}

/** Fewer users say too little to choose five variances by. */
export const LEAST_RATING_USERS = 10
/** Users a trial is made over, and each one's ratings known and asked for, at most. */
const MOST_USERS = 200
const MOST_KNOWN = 100
const MOST_TARGETS = 40
/** Each user is asked for twice, once as a newcomer: most visitors rate a handful. */
const FEW_KNOWN = 5

const START: Variances = {
  visitor: 0.2,
  tower: 0.1,
  content: 0.1,
  facts: 0.2,
  telling: 0.4,
}
const GRID = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]
const MOST_ROUNDS = 4

/**
 * @param pack with all blocks its head may read: towers, content, entities
 * @returns undefined if too few of the held-out users have ratings enough
 */
export function fitRatings(
  pack: Pack,
  ratings: UserRatings,
  { heldOut, seed, onProgress }: FitRatingsOptions,
): { readonly head: RatingHead; readonly report: RatingReport } | undefined {
  const random = createRandom(seed)
  const all = ratingCases(ratings, heldOut, random)
  if (all.length < LEAST_RATING_USERS) return undefined
  const sample = random.shuffleInto(all).slice(0, MOST_USERS)
  const cases = sample.map((each) => shortened(each, MOST_KNOWN))
  const early = sample.map((each) => shortened(each, FEW_KNOWN))
  const users = new Set(heldOut)
  const chosen = chooseShrinkage(ratings, cases, (user) => !users.has(user))
  const terms = presentTerms(pack)
  const input = {
    ...{ likeness: likenesses(pack), terms, bias: chosen.bias },
    ...{ low: ratings.low, high: ratings.high },
  }
  const late = prepareTrials(cases, input)
  const soon = prepareTrials(early, input)
  const both = (variances: Variances) => (late(variances) + soon(variances)) / 2
  const variances = searchVariances(both, terms, onProgress)
  const { low, high } = ratings
  const { mean, item } = ratingBias(ratings, chosen.shrinkage)
  return {
    head: { low, high, mean, bias: item, variances },
    report: {
      users: sample.length,
      rmse: late(variances),
      biasRmse: chosen.rmse,
      shrinkage: chosen.shrinkage.item,
    },
  }
}

function shortened({ known, targets, user }: RatingCase, most: number): RatingCase {
  return {
    user,
    known: known.slice(0, most),
    targets: targets.slice(0, MOST_TARGETS),
  }
}

function presentTerms(pack: Pack): RatingTerm[] {
  const isOn: Readonly<Record<RatingTerm, boolean>> = {
    visitor: true,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    facts: pack.entities.indices.length > 0,
    telling: pack.entities.indices.length > 0,
  }
  return RATING_TERMS.filter((term) => isOn[term])
}

interface Found {
  readonly variances: Variances
  readonly rmse: number
}

/** Each term a step up or down its grid, for as long as one is better. */
function searchVariances(
  rmseAt: (variances: Variances) => number,
  terms: readonly RatingTerm[],
  onProgress?: (done: number) => void,
): Variances {
  const start = Object.fromEntries(
    RATING_TERMS.map((term) => [term, terms.includes(term) ? START[term] : 0]),
  ) as Variances
  let best: Found = { variances: start, rmse: rmseAt(start) }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = best
    for (const [n, term] of terms.entries()) {
      best = climb(best, term, rmseAt)
      onProgress?.((round + (n + 1) / terms.length) / MOST_ROUNDS)
    }
    if (best === before) break
  }
  onProgress?.(1)
  return best.variances
}

function climb(
  from: Found,
  term: RatingTerm,
  rmseAt: (variances: Variances) => number,
): Found {
  for (const direction of [1, -1]) {
    let best = from
    let place = GRID.indexOf(from.variances[term]) + direction
    for (; place in GRID; place += direction) {
      const variances = { ...from.variances, [term]: GRID[place] }
      const rmse = rmseAt(variances)
      if (rmse >= best.rmse) break
      best = { variances, rmse }
    }
    if (best !== from) return best
  }
  return from
}
