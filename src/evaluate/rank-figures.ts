/** Where an answer stands in a list that may tie, and what the places are worth. */

import type { Estimate } from '../build/metrics/ranking.ts'
import {
  expectedFigures,
  type RankFigures,
} from '../build/models/sequential/evaluate.ts'
import { createRandom } from '../math/random.ts'

/** Rows before the answer, and rows that score the same, itself counted. */
export interface Place {
  readonly better: number
  /** ≥ 1 */
  readonly tied: number
}

/**
 * Among which rows the answer is looked for: all of them, those not seen yet, or those
 * seen.
 */
export type RankedItems = 'all' | 'new' | 'returns'

/**
 * @param score [rows]
 * @param answer a row; in a list that does not hold it, it ties with nothing (0)
 * @param seen [rows] 1 for a row of the history
 */
export function placesIn(
  score: Float32Array,
  answer: number,
  seen: Uint8Array,
): Readonly<Record<RankedItems, Place>> {
  const own = score[answer]
  const better = [0, 0]
  const tied = [0, 0]
  for (let row = 0; row < score.length; row++) {
    if (score[row] < own) continue
    if (score[row] > own) better[seen[row]]++
    else tied[seen[row]]++
  }
  return {
    all: { better: better[0] + better[1], tied: tied[0] + tied[1] },
    new: { better: better[0], tied: tied[0] },
    returns: { better: better[1], tied: tied[1] },
  }
}

/** What the place is worth with every row that ties before the answer. */
export function worstFigures({ better, tied }: Place, length: number): RankFigures {
  return expectedFigures(better + tied - 1, 1, length)
}

const RESAMPLES = 1000
const TAIL = 0.025

/**
 * Means over cases with percentile bootstrap intervals that draw visitors, each with all
 * of its cases: the prefixes of one session are no independent draws.
 *
 * @param visitors [cases] whose case each is, rising from 0
 * @returns a function from one value a case to its estimate; the draws are the same for all
 */
export function createEstimator(
  visitors: Uint32Array,
  seed: number,
): (values: Float64Array) => Estimate {
  const count = visitors.length === 0 ? 0 : visitors[visitors.length - 1] + 1
  const random = createRandom(seed)
  const draws = Array.from({ length: RESAMPLES }, () => {
    const times = new Uint16Array(count)
    for (let n = 0; n < count; n++) times[random.integer(count)]++
    return times
  })
  const cases = new Float64Array(count)
  for (const visitor of visitors) cases[visitor]++
  return (values) => {
    if (count === 0) return { mean: 0, low: 0, high: 0 }
    const sums = new Float64Array(count)
    values.forEach((value, at) => {
      sums[visitors[at]] += value
    })
    const means = Float64Array.from(draws, (times) => meanOf(sums, cases, times)).sort()
    return {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      low: means[Math.floor(TAIL * RESAMPLES)],
      high: means[Math.ceil((1 - TAIL) * RESAMPLES) - 1],
    }
  }
}

function meanOf(sums: Float64Array, cases: Float64Array, times: Uint16Array): number {
  let sum = 0
  let count = 0
  for (let visitor = 0; visitor < times.length; visitor++) {
    sum += times[visitor] * sums[visitor]
    count += times[visitor] * cases[visitor]
  }
  return count === 0 ? 0 : sum / count
}
