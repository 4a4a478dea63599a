/**
 * A score → the probability that people with a history like the visitor's chose the item,
 * by the calibration of the pack: of those known by as many events, the share whose other
 * choices hold it.
 *
 * The place of the item decides most of it: a calibration that is fitted on all items alike
 * is wrong at the top (Sato 2024, RecSys, Calibrating the predictions for top-N
 * recommendations, arXiv 2408.11596: one for each group of ranks).
 */
import { topK } from '../math/top-k.ts'
import type { Calibration } from '../pack/calibration.ts'
import { CALIBRATION_PLACES, type CalibrationCurve } from '../pack/calibration.ts'
import { bucketOf } from './fusion.ts'
import type { ScoreRequest, Scores } from './score.ts'

/** Items whose mean score is the level of a list. */
export const LEVEL_ITEMS = 20
/** Scores kept in order to find a place in; further down they are counted. */
const SORTED_ITEMS = 200
/** Events after which more change nothing. */
const MAX_EVENTS = 160

/** σ(x) = 1 / (1 + e^−x), in [0, 1]; no overflow for large |x|. NaN gives NaN. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

/**
 * @returns probabilities by item index, for the items the visitor has not chosen, or
 *   undefined where none was fitted: no calibration in the pack, none for so many events,
 *   or a score that is not the visitor's (`isLikeness`)
 */
export function matcherOf(
  calibration: Calibration | undefined,
  { score, itemCount }: Pick<Scores, 'score' | 'itemCount'>,
  { taste, isLikeness }: Pick<ScoreRequest, 'taste' | 'isLikeness'>,
): ((index: number) => number | undefined) | undefined {
  const curve = calibration?.buckets[bucketOf(taste.eventCount)]
  if (!curve || isLikeness) return undefined
  const chosen = new Uint8Array(itemCount)
  for (const { index } of taste.history) chosen[index] = 1
  let sorted: Float32Array | undefined
  let level = 0
  const sort = () => {
    const best = topK(score, SORTED_ITEMS, chosen)
    level = levelOf(Float32Array.from(best, (index) => score[index]!))
    return Float32Array.from(best, (index) => score[index]!)
  }
  return (index) => {
    if (chosen[index]) return undefined
    sorted ??= sort()
    const own = score[index]!
    const place = 1 + higherThan(own, sorted, () => countHigher(own, score, chosen))
    return probabilityOf(curve, {
      place,
      score: own,
      level,
      eventCount: taste.eventCount,
    })
  }
}

/** [items] a copy of `mask` with 1 for each item that is less likely than the least asked for. */
export function withUnlikely(
  mask: Uint8Array,
  matchOf: ReturnType<typeof matcherOf>,
  minMatch: number,
): Uint8Array {
  const without = mask.slice()
  if (minMatch === 0 || !matchOf) return without
  for (let i = 0; i < without.length; i++) {
    if (!without[i] && (matchOf(i) ?? 1) < minMatch) without[i] = 1
  }
  return without
}

/** Mean of the first scores of a list, best first; 0 of none. */
export function levelOf(sorted: Float32Array): number {
  const first = sorted.subarray(0, LEVEL_ITEMS)
  return first.reduce((sum, score) => sum + score, 0) / Math.max(1, first.length)
}

/** How many are higher, by the sorted ones alone where that is enough. */
function higherThan(own: number, sorted: Float32Array, countAll: () => number): number {
  if (!(own >= sorted.at(-1)!)) return countAll()
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > own) low = middle + 1
    else high = middle
  }
  return low
}

function countHigher(own: number, score: Float32Array, chosen: Uint8Array): number {
  let count = 0
  for (let i = 0; i < score.length; i++) if (score[i]! > own && !chosen[i]) count++
  return count
}

/** What a curve is read at. */
export interface CurvePoint {
  /** From 1. */
  readonly place: number
  readonly score: number
  /** Mean score of the first of the list. */
  readonly level: number
  readonly eventCount: number
}

/** @returns in (0, 1) */
export function probabilityOf(
  { places, gap, lift, events, levels }: CalibrationCurve,
  { place, score, level, eventCount }: CurvePoint,
): number {
  const { at, share } = betweenPlaces(place)
  const next = places[Math.min(at + 1, places.length - 1)]!
  const within = Math.min(levels[1], Math.max(levels[0], level))
  const logit =
    (1 - share) * places[at]! +
    share * next +
    gap * (score - level) +
    lift * within +
    events * logEvents(eventCount)
  return Math.min(1 - MARGIN, Math.max(MARGIN, sigmoid(logit)))
}

/** A probability stays an open interval, though σ rounds to 0 or 1 far out. */
const MARGIN = 1e-6

/** log2(1 + k), k no more than MAX_EVENTS. */
export function logEvents(eventCount: number): number {
  return Math.log2(1 + Math.min(MAX_EVENTS, eventCount))
}

/** The stored place before, and how far on the way to the next, by their logarithms. */
export function betweenPlaces(place: number): { at: number; share: number } {
  const last = CALIBRATION_PLACES.length - 1
  if (!(place < CALIBRATION_PLACES[last]!)) return { at: last, share: 0 }
  let at = 0
  while (CALIBRATION_PLACES[at + 1]! <= place) at++
  const from = CALIBRATION_PLACES[at]!
  const to = CALIBRATION_PLACES[at + 1]!
  return { at, share: Math.log(place / from) / Math.log(to / from) }
}
