/**
 * How popular a visitor's list is: as popular as what they like themselves. Who reads best
 * sellers is shown them; who does not is not shown what everybody sees anyway.
 *
 *   order(i) = score(i) − γ·z(log popularity of i),   γ ≥ 0 the least for which
 *   mean z of the first LIST_LENGTH  ≤  own + ALLOWANCE, less what the dial takes off
 *   own = (Σ weight·z over the history + PRIOR·z̄) / (Σ weight + PRIOR)
 *
 * z̄ is what people like on average, so that a visitor with one like is not taken for the
 * extreme that it may be. The score stays as it is: the order alone changes. In the spirit of
 * calibrated recommendations (Steck, RecSys 2018) with popularity as what is calibrated
 * (Abdollahpouri et al., UMAP 2021).
 */
import { topK } from '../math/top-k.ts'
import { isByPopularity, type Pack } from '../pack/pack.ts'
import type { WeightedItem } from './score.ts'

/** Likes that the average visitor counts for: half of the mix is the visitor's own from 5 on. */
const PRIOR = 5
/** Items whose mean popularity is calibrated. */
const LIST_LENGTH = 20
/** The best by score, of which the list will be. */
const POOL = 400
/** Halvings of γ's range: to a 130th of it. */
const STEPS = 7
/** Most of γ, in standard deviations of the score: more would rank by obscurity. */
const MAX_STRENGTH = 1
/** The dial's place where a list is as popular as the visitor's own likes. */
export const CALIBRATED_SURPRISE = 0.2
/** Standard deviations of log popularity that the dial's other end goes below that. */
const LONG_TAIL = 1.5

/**
 * Standard deviations of log popularity that a list may be above the visitor's likes: of books,
 * a quarter of the first twelve are then best sellers, and accuracy loses least (`bench/lists.ts`,
 * the readers for tuning; 0 gave a seventh, and NDCG@20 at 5 likes a tenth lower).
 */
const ALLOWANCE = 0.35

interface Standard {
  /** [items] z of log popularity; absent where all are equally popular. */
  readonly z: Float32Array | undefined
  /** z of what people like on average. */
  readonly liked: number
}

const standards = new WeakMap<Pack, Standard>()

interface MixOptions {
  readonly history: readonly WeightedItem[]
  /** [items], non-zero = not in the list. */
  readonly exclude: Uint8Array
  /** The dial, 0 familiar (the score's own order) … 1 the long tail. */
  readonly surprise: number
}

/**
 * [items] the order to list by: `score` itself where nothing is known of what is popular, or
 * the list is no more popular than the visitor's likes.
 */
export function calibratedOrder(
  pack: Pack,
  score: Float32Array,
  { history, exclude, surprise }: MixOptions,
): Float32Array {
  if (!isByPopularity(pack.manifest) || surprise === 0) return score
  const { z, liked } = standardOf(pack)
  if (!z) return score
  let weights = PRIOR
  let sum = PRIOR * liked
  for (const { index, weight } of history) {
    weights += weight
    sum += weight * z[index]!
  }
  const beyond = Math.max(0, surprise - CALIBRATED_SURPRISE) / (1 - CALIBRATED_SURPRISE)
  const target = sum / weights + ALLOWANCE - LONG_TAIL * beyond
  const best = topK(score, POOL, exclude)
  const popular = gather(z, best)
  const worth = gather(score, best)
  const strength =
    leastStrength({ worth, popular, target, most: MAX_STRENGTH * spreadOf(score) }) *
    Math.min(1, surprise / CALIBRATED_SURPRISE)
  if (strength === 0) return score
  const order = score.slice()
  for (let index = 0; index < order.length; index++) {
    order[index]! -= strength * z[index]!
  }
  return order
}

/** γ: the least for which the first are no more popular than `target`, 0 … most. */
function leastStrength({
  worth,
  popular,
  target,
  most,
}: {
  readonly worth: Float32Array
  readonly popular: Float32Array
  readonly target: number
  readonly most: number
}): number {
  const order = worth.slice()
  const isBelow = (strength: number) => {
    for (let place = 0; place < order.length; place++) {
      order[place] = worth[place]! - strength * popular[place]!
    }
    const first = topK(order, LIST_LENGTH)
    let sum = 0
    for (const place of first) sum += popular[place]!
    return sum <= target * first.length
  }
  if (isBelow(0)) return 0
  let low = 0
  let high = most
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (isBelow(middle)) high = middle
    else low = middle
  }
  return high
}

function gather(values: Float32Array, indices: Uint32Array): Float32Array {
  const own = new Float32Array(indices.length)
  for (let at = 0; at < own.length; at++) own[at] = values[indices[at]!]!
  return own
}

function spreadOf(values: Float32Array): number {
  const { mean, square } = momentsOf(values)
  return Math.sqrt(Math.max(0, square - mean * mean))
}

function momentsOf(values: Float32Array): { mean: number; square: number } {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  return { mean: sum / values.length, square: squares / values.length }
}

function standardOf(pack: Pack): Standard {
  const known = standards.get(pack)
  if (known) return known
  const { popularity } = pack
  const { mean } = momentsOf(popularity)
  const sd = spreadOf(popularity)
  const made =
    sd === 0
      ? { z: undefined, liked: 0 }
      : {
          z: popularity.map((value) => (value - mean) / sd),
          liked: (meanLiked(pack) - mean) / sd,
        }
  standards.set(pack, made)
  return made
}

/** Halvings of the range of ln(1 + most): to a thousandth. */
const LOG_STEPS = 14
/** Items that the logarithm's base is estimated on. */
const SAMPLE = 2000
/** ln(1 + count of the most popular item) where the number of interactions is not known. */
const TYPICAL_LOG_MOST = 7
const MAX_LOG_MOST = 20

/**
 * Mean popularity of what people like: each item as often as it was liked. Popularity is
 * p = ln(1 + c) / ln(1 + most); `most` is that for which the counts c add up to the pack's
 * interactions.
 */
function meanLiked({ popularity, manifest }: Pack): number {
  const stride = Math.max(1, Math.floor(popularity.length / SAMPLE))
  const sample = popularity.filter((_, index) => index % stride === 0)
  const countsAt = (logMost: number) => sample.map((p) => Math.expm1(p * logMost))
  const total = (counts: Float32Array) => counts.reduce((a, b) => a + b, 0)
  const wanted = (manifest.provenance.interactions * sample.length) / popularity.length
  let logMost = TYPICAL_LOG_MOST
  if (wanted > 0) {
    let low = 0
    let high = MAX_LOG_MOST
    for (let step = 0; step < LOG_STEPS; step++) {
      logMost = (low + high) / 2
      if (total(countsAt(logMost)) > wanted) high = logMost
      else low = logMost
    }
  }
  const counts = countsAt(logMost)
  const sum = total(counts)
  if (sum === 0) return 0
  return sample.reduce((a, p, place) => a + p * counts[place]!, 0) / sum
}
