/**
 * How near predicted ratings come to those that held-out users gave: each one's other
 * ratings are known, a fifth of all (the newest where there are times) is to be
 * predicted. Beside it the baseline mean + b_i + b_u, its shrinkages chosen on a
 * validation split of the same kind.
 */

import type { Dataset, Interactions } from '../build/dataset/dataset.ts'
import { type UserRatings, userRatings } from '../build/dataset/user-ratings.ts'
import {
  biasPredictor,
  chooseShrinkage,
  type RatingCase,
  ratingBias,
  ratingCases,
} from '../build/models/rating/bias.ts'
import { createRandom } from '../math/random.ts'
import type { Pack } from '../pack/pack.ts'
import { ratingPredictor } from '../scoring/rating.ts'
import type { RatingsJson } from './json.ts'

// Predicted ratings of held-out users → the figures that are written and printed.

export interface RatedEvent {
  /** As given. */
  readonly rating: number
  /** By the pack. */
  readonly predicted: number
  /** By mean, item bias and user bias. */
  readonly plain: number
}

/** More values than a scale has: neighbouring ones share a bin. */
const MAX_BINS = 20
const LOW_SHARE = 0.1
const RESAMPLES = 1000
const TAIL = 0.025

/** @param users [users] each one's events @returns undefined without an event */
export function ratingFigures(
  users: readonly (readonly RatedEvent[])[],
  seed: number,
): RatingsJson | undefined {
  const events = users.flat()
  if (events.length === 0) return undefined
  const sums = users.map(sumsOf)
  const { rmse, biasRmse } = rootsOf(sums)
  return {
    ...{ events: events.length, rmse, biasRmse },
    difference: { mean: rmse - biasRmse, ...intervalOf(sums, seed) },
    byRating: binsOf(events),
  }
}

interface ErrorSums {
  readonly count: number
  readonly predicted: number
  readonly plain: number
}

function sumsOf(events: readonly RatedEvent[]): ErrorSums {
  const squares = (of: 'predicted' | 'plain') =>
    events.reduce((sum, event) => sum + (event[of] - event.rating) ** 2, 0)
  return {
    count: events.length,
    predicted: squares('predicted'),
    plain: squares('plain'),
  }
}

function rootsOf(sums: readonly ErrorSums[]) {
  let [count, predicted, plain] = [0, 0, 0]
  for (const each of sums) {
    count += each.count
    predicted += each.predicted
    plain += each.plain
  }
  const root = (sum: number) => Math.sqrt(sum / Math.max(1, count))
  return { rmse: root(predicted), biasRmse: root(plain) }
}

/** Of rmse − biasRmse: 95 %, percentile bootstrap by user, the same users for both. */
function intervalOf(sums: readonly ErrorSums[], seed: number) {
  const random = createRandom(seed)
  const drawn = Float64Array.from({ length: RESAMPLES }, () => {
    const { rmse, biasRmse } = rootsOf(
      sums.map(() => sums[random.integer(sums.length)]),
    )
    return rmse - biasRmse
  }).sort()
  return {
    low: drawn[Math.floor(TAIL * RESAMPLES)],
    high: drawn[Math.ceil((1 - TAIL) * RESAMPLES) - 1],
  }
}

function binsOf(events: readonly RatedEvent[]): RatingsJson['byRating'] {
  const values = new Set(events.map(({ rating }) => rating))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const step = values.size > MAX_BINS ? (high - low) / (MAX_BINS - 1) : 0
  const binOf = (rating: number) =>
    step > 0 ? low + step * Math.round((rating - low) / step) : rating
  const bins = new Map<number, number[]>()
  for (const { rating, predicted } of events) {
    const bin = bins.get(binOf(rating)) ?? []
    bins.set(binOf(rating), bin)
    bin.push(predicted)
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([rating, predicted]) => ({ rating, ...spreadOf(predicted) }))
}

function spreadOf(values: readonly number[]) {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]
  return {
    count: values.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: at(LOW_SHARE),
    high: at(1 - LOW_SHARE),
  }
}

interface RatingsInput {
  /** Trained on `train` alone. */
  readonly pack: Pack
  readonly train: Dataset
  /** All interactions, those of the held-out users among them. */
  readonly interactions: Interactions
  readonly heldOut: Iterable<number>
  readonly seed: number
  /** Of each one's other ratings so many are known, the newest. Default: all. */
  readonly known?: number
}

/** Share of the training users that the baseline is tuned on. */
const TUNING_SHARE = 0.2

/** @returns [users] each one's target events; undefined where the pack predicts no ratings */
export function measureRatings({
  pack,
  train,
  interactions,
  heldOut,
  seed,
  known: most = Infinity,
}: RatingsInput): RatedEvent[][] | undefined {
  const all = userRatings(interactions, pack.itemCount)
  const known = train.interactions && userRatings(train.interactions, pack.itemCount)
  if (!pack.ratings || !all || !known) return undefined
  const cases = ratingCases(all, heldOut, createRandom(seed))
  const baseline = tuneBaseline(known, seed)
  return cases.map(({ known: others, targets }) => {
    const read = others.slice(0, most)
    const predict = ratingPredictor(pack, read)!
    const plain = baseline({ known: read })
    return targets.map(({ index, rating }) => ({
      ...{ rating, predicted: predict(index), plain: plain(index) },
    }))
  })
}

/** The baseline of these users, its shrinkages chosen on a fifth of them. */
function tuneBaseline(
  known: UserRatings,
  seed: number,
): (of: Pick<RatingCase, 'known'>) => (index: number) => number {
  const random = createRandom(seed)
  const users = random.shuffleInto(
    Array.from({ length: known.userCount }, (_, user) => user),
  )
  const rated = users.filter((user) => known.indptr[user + 1] > known.indptr[user])
  const tuning = rated.slice(0, Math.round(rated.length * TUNING_SHARE))
  const isTuning = new Set(tuning)
  const cases = ratingCases(known, tuning, random)
  const { shrinkage } = chooseShrinkage(known, cases, (user) => !isTuning.has(user))
  const bias = ratingBias(known, shrinkage)
  return biasPredictor(bias, { ...known, shrink: shrinkage.user })
}
