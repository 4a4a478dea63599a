/**
 * The rating model: item biases, and how far a visitor's own ratings move a
 * prediction along each kind of likeness, chosen on users whom the pack never saw.
 *
 * The variances are searched one after another, on a grid, from where they usually lie:
 * predicting from one user's 200 ratings is a solve of milliseconds, so a trial is a second.
 */

import { solveSpdInto } from '../../../math/cholesky.ts'
import { createRandom } from '../../../math/random.ts'
import type { Pack } from '../../../pack/pack.ts'
import { RATING_TERMS, type RatingHead, type RatingTerm } from '../../../pack/pack.ts'
import { decodeRatings, encodeRatings } from '../../../pack/rating-block.ts'
import { type Likeness, likenesses } from '../../../scoring/item-similarity.ts'
import { type RatedItem, ratingPredictor } from '../../../scoring/rating.ts'
import type { ScoringPack } from '../../../scoring/score.ts'
import type { Interactions, OnProgress } from '../../dataset/dataset.ts'
import { type UserRatings, userRatings } from '../../dataset/user-ratings.ts'
import type { HeldOutUser } from '../../splits/hold-out.ts'
import { type Model, resolveSettings } from '../model.ts'
import {
  chooseShrinkage,
  MIN_RATINGS,
  type RatingBias,
  type RatingCase,
  ratingBias,
  ratingCases,
  type Shrinkage,
} from './bias.ts'

export const ratingModel = {
  /** Where the search of the variances begins. */
  defaults: {
    visitor: 0.2,
    tower: 0.1,
    content: 0.1,
    facts: 0.2,
    idf: 0.4,
  } as Variances,
  ranges: {
    visitor: { min: 0 },
    tower: { min: 0 },
    content: { min: 0 },
    facts: { min: 0 },
    idf: { min: 0 },
  },
  fit,
  write: encodeRatings,
  read: decodeRatings,
  score: scoreRatings,
} satisfies Model<RatingInput, Variances, LearnedRatings, readonly RatedItem[]>

/** Of each kind of likeness, in units of the noise of one rating, ≥ 0; a value of GRID. */
type Variances = Readonly<Record<RatingTerm, number>>

export interface RatingInput {
  /** As a browser would read it, learned without the held-out users. */
  readonly pack: Pack
  readonly heldOut: readonly Pick<HeldOutUser, 'user'>[]
  readonly interactions?: Interactions | undefined
  /** Default 1. */
  readonly seed?: number
  readonly onProgress?: OnProgress
}

export interface LearnedRatings {
  readonly head?: RatingHead
  /** What the head was made by. */
  readonly settings?: RatingSettings
  readonly report?: RatingReport
  /** What an owner should know. */
  readonly note: string
}

export interface RatingSettings {
  readonly shrinkage: Shrinkage
  readonly variances: Variances
}

/**
 * The head of all ratings by settings that were chosen before.
 *
 * @returns undefined where there are no ratings, or all are the same
 */
export function refitRatings(
  interactions: Interactions,
  items: number,
  { shrinkage, variances }: RatingSettings,
): RatingHead | undefined {
  const ratings = interactions.hasRatings && userRatings(interactions, items)
  if (!ratings) return undefined
  const { mean, item } = ratingBias(ratings, shrinkage)
  return { low: ratings.low, high: ratings.high, mean, bias: item, variances }
}

/** @returns a note alone where there is too little to learn from */
function fit(input: RatingInput, changes?: Partial<Variances>): LearnedRatings {
  const start = resolveSettings(ratingModel, changes)
  const { pack, interactions } = input
  const off = (why: string) => ({ note: `Predicted ratings are off: ${why}` })
  if (!interactions?.hasRatings) return off('the interactions have no ratings.')
  const ratings = userRatings(interactions, pack.itemCount)
  if (!ratings) return off('all ratings are the same.')
  const fitted = fitHead(ratings, input, start)
  if (!fitted) {
    return off(
      `fewer than ${MIN_USERS} users of ${MIN_RATINGS} ratings to fit them on.`,
    )
  }
  const { users, rmse, biasRmse } = fitted.report
  const [ours, plain] = [rmse, biasRmse].map((error) => error.toFixed(3))
  return {
    ...fitted,
    note: `Ratings are predicted within ${ours} (root mean square) for ${users} users held out; from averages alone ${plain}.`,
  }
}

/** @returns [items] predicted ratings; all 0 if the pack has no rating head */
function scoreRatings(
  { pack }: ScoringPack,
  rated: readonly RatedItem[],
): Float32Array {
  const predict = ratingPredictor(pack, rated) ?? (() => 0)
  return Float32Array.from({ length: pack.itemCount }, (_, index) => predict(index))
}

// Trials of a rating head: the error of any variances, from likenesses computed once.

interface TrialInput {
  readonly likeness: Readonly<Record<Exclude<RatingTerm, 'visitor'>, Likeness>>
  /** The others count 0. */
  readonly terms: readonly RatingTerm[]
  readonly bias: RatingBias
  readonly low: number
  readonly high: number
}

/** One user, ready to be solved for. */
interface Prepared {
  /** [known] what is left of the ratings beside mean and item bias. */
  readonly residuals: Float64Array
  /** [targets] mean + item bias, and what was given. */
  readonly base: Float64Array
  readonly given: Float64Array
  /** Term → [known + targets, known], the likeness to each known item. */
  readonly tables: ReadonlyMap<RatingTerm, Float32Array>
}

/** @returns variances → root mean squared error over the cases' targets */
export function prepareTrials(
  cases: readonly RatingCase[],
  input: TrialInput,
): (variances: Variances) => number {
  const users = cases.map((each) => prepare(each, input))
  const count = users.reduce((sum, { given }) => sum + given.length, 0)
  return (variances) => {
    const errors = users.reduce((sum, user) => sum + errorOf(user, variances, input), 0)
    return Math.sqrt(errors / count)
  }
}

function prepare(
  { known, targets }: RatingCase,
  { likeness, terms, bias }: TrialInput,
): Prepared {
  const baseOf = (index: number) => bias.mean + bias.item[index]
  const columns = known.map(({ index }) => index)
  const rows = [...columns, ...targets.map(({ index }) => index)]
  const tableOf = (term: RatingTerm) => {
    const of = term === 'visitor' ? () => 1 : likeness[term]
    return Float32Array.from(rows.flatMap((index) => columns.map((c) => of(index, c))))
  }
  return {
    residuals: Float64Array.from(known, ({ index, rating }) => rating - baseOf(index)),
    base: Float64Array.from(targets, ({ index }) => baseOf(index)),
    given: Float64Array.from(targets, ({ rating }) => rating),
    tables: new Map(terms.map((term) => [term, tableOf(term)])),
  }
}

/** Sum of squared errors over one user's targets. */
function errorOf(
  { residuals, base, given, tables }: Prepared,
  variances: Variances,
  { low, high }: TrialInput,
): number {
  const size = residuals.length
  const kernel = new Float64Array((size + given.length) * size)
  for (const [term, table] of tables) {
    const variance = variances[term]
    if (variance === 0) continue
    for (let at = 0; at < kernel.length; at++) kernel[at] += variance * table[at]
  }
  const system = kernel.slice(0, size * size)
  for (let n = 0; n < size; n++) system[n * size + n] += 1
  const weights = residuals.slice()
  solveSpdInto(system, weights, size)
  let sum = 0
  for (let target = 0; target < given.length; target++) {
    let rating = base[target]
    const start = (size + target) * size
    for (let n = 0; n < size; n++) rating += weights[n] * kernel[start + n]
    sum += (Math.min(high, Math.max(low, rating)) - given[target]) ** 2
  }
  return sum
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

/** Fewer users are too few to choose five variances by. */
const MIN_USERS = 10
/** Users of a trial, and each one's known ratings and targets, at most. */
const MAX_USERS = 200
const MAX_KNOWN = 100
const MAX_TARGETS = 40
/** Each user is predicted twice, once as a newcomer: most visitors rate a handful. */
const FEW_KNOWN = 5

const GRID = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]
const MAX_ROUNDS = 4

/** @returns undefined if too few of the held-out users have ratings enough */
function fitHead(
  ratings: UserRatings,
  { pack, seed = 1, onProgress, ...input }: RatingInput,
  start: Variances,
): Required<Omit<LearnedRatings, 'note'>> | undefined {
  const heldOut = input.heldOut.map(({ user }) => user)
  const random = createRandom(seed)
  const all = ratingCases(ratings, heldOut, random)
  if (all.length < MIN_USERS) return undefined
  const sample = random.shuffleInto(all).slice(0, MAX_USERS)
  const cases = sample.map((each) => shortened(each, MAX_KNOWN))
  const early = sample.map((each) => shortened(each, FEW_KNOWN))
  const users = new Set(heldOut)
  const chosen = chooseShrinkage(ratings, cases, (user) => !users.has(user))
  const terms = presentTerms(pack)
  const { low, high } = ratings
  const trial = { likeness: likenesses(pack), terms, bias: chosen.bias, low, high }
  const late = prepareTrials(cases, trial)
  const soon = prepareTrials(early, trial)
  const both = (variances: Variances) => (late(variances) + soon(variances)) / 2
  const variances = searchVariances(both, {
    start: Object.fromEntries(
      RATING_TERMS.map((term) => [term, terms.includes(term) ? start[term] : 0]),
    ) as Variances,
    terms,
    onProgress: (done) => onProgress?.('fitting the ratings', done),
  })
  const { mean, item } = ratingBias(ratings, chosen.shrinkage)
  return {
    head: { low, high, mean, bias: item, variances },
    settings: { shrinkage: chosen.shrinkage, variances },
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
    targets: targets.slice(0, MAX_TARGETS),
  }
}

function presentTerms(pack: Pack): RatingTerm[] {
  const isOn: Readonly<Record<RatingTerm, boolean>> = {
    visitor: true,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    facts: pack.attributes.indices.length > 0,
    idf: pack.attributes.indices.length > 0,
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
  {
    start,
    terms,
    onProgress,
  }: {
    readonly start: Variances
    readonly terms: readonly RatingTerm[]
    readonly onProgress: (done: number) => void
  },
): Variances {
  let best: Found = { variances: start, rmse: rmseAt(start) }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = best
    for (const [n, term] of terms.entries()) {
      best = climb(best, term, rmseAt)
      onProgress((round + (n + 1) / terms.length) / MAX_ROUNDS)
    }
    if (best === before) break
  }
  onProgress(1)
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
