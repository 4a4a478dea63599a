/** Predicted ratings of held-out users → the figures that are written and printed. */
import { createRandom } from '../math/random.ts'
import type { RatingsJson } from './evaluation-json.ts'

export interface RatedEvent {
  /** As given. */
  readonly rating: number
  /** By the pack. */
  readonly predicted: number
  /** By mean, item bias and user bias. */
  readonly plain: number
}

/** More values than a scale has: neighbouring ones share a bin. */
const MOST_BINS = 20
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
  const step = values.size > MOST_BINS ? (high - low) / (MOST_BINS - 1) : 0
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
