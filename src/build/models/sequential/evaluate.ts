/**
 * How well a sequence block predicts what came next, ranked among all items.
 *
 * Quantised scores tie often, so every figure is the expectation over a random order of the
 * items that tie with the answer; an answer that scores 0 ties with all others that do.
 */

import type { DecaySettings } from '../../../pack/decay-settings.ts'
import type { SparseBlock } from '../../../pack/pack.ts'
import type { PackSource, SparseRows } from '../../../pack/pack-source.ts'
import { roundSparse } from '../../../pack/sparse-block.ts'
import { returnWorth } from '../../../scoring/returns.ts'
import { ageWeight } from '../../../scoring/sequential.ts'
import { clearSum, emptySum, type RowSum } from './follow.ts'
import type { SequenceCase } from './sequences.ts'

/** What is evaluated: a block as read, or one whose codes number values of their own. */
export type EvaluatedBlock = Pick<
  SparseBlock,
  'rows' | 'indptr' | 'indices' | 'levels' | 'scales'
> & { readonly codes: Uint8Array | Uint32Array }

/** Expectations over random ties, each 0–1. */
export interface RankFigures {
  readonly hit: number
  readonly ndcg: number
  readonly mrr: number
}

export interface RankOptions {
  /** Length of the list. */
  readonly length: number
  /** Ranked among items not seen alone, or all items with the return table. */
  readonly ranks: 'new' | 'all'
}

/**
 * What a rank is worth when `better` rows come before the answer and it ties with `tied`
 * rows, itself counted (≥ 1).
 */
export function expectedFigures(
  better: number,
  tied: number,
  length: number,
): RankFigures {
  let mrr = 0
  let ndcg = 0
  const end = Math.min(better + tied, length)
  for (let rank = better + 1; rank <= end; rank++) {
    mrr += 1 / rank
    ndcg += 1 / Math.log2(rank + 1)
  }
  const hit = Math.max(0, end - better)
  return { hit: hit / tied, ndcg: ndcg / tied, mrr: mrr / tied }
}

/**
 * The mean over the cases, each event counting 1 whatever its item.
 *
 * @returns zeros without cases
 */
export function evaluateSequential(
  block: EvaluatedBlock,
  cases: readonly SequenceCase[],
  options: RankOptions & { readonly decaySettings: DecaySettings },
): RankFigures {
  const total = { hit: 0, ndcg: 0, mrr: 0 }
  for (const figures of evaluateCases(block, cases, options)) {
    total.hit += figures.hit
    total.ndcg += figures.ndcg
    total.mrr += figures.mrr
  }
  const count = Math.max(1, cases.length)
  return { hit: total.hit / count, ndcg: total.ndcg / count, mrr: total.mrr / count }
}

/** The figures of each case, in order. */
export function* evaluateCases(
  block: EvaluatedBlock,
  cases: readonly SequenceCase[],
  {
    decaySettings,
    length,
    ranks,
  }: RankOptions & { readonly decaySettings: DecaySettings },
): Generator<RankFigures> {
  const sum = emptySum(block.rows)
  for (const { recent, seen = recent, answer } of cases) {
    const all = addRecent(block, { recent, decaySettings }, sum)
    if (ranks === 'all') addReturns(recent, { decaySettings, unit: all || 1 }, sum)
    else for (const item of seen) if (sum.values[item] > 0) sum.values[item] = 0
    const { better, tied } = placeOf(answer, sum)
    const out = ranks === 'all' ? 0 : new Set(seen).size
    yield expectedFigures(better, tied > 0 ? tied : block.rows - out - better, length)
    clearSum(sum)
  }
}

/** Adds the weighted rows of the recent events to `sum`. @returns the sum of all values */
function addRecent(
  { indptr, indices, codes, levels, scales }: EvaluatedBlock,
  {
    recent,
    decaySettings,
  }: { readonly recent: Uint32Array; readonly decaySettings: DecaySettings },
  sum: RowSum,
): number {
  const { values, touched } = sum
  let { count } = sum
  let all = 0
  for (let age = 0; age < recent.length; age++) {
    const item = recent[age]
    const factor = ageWeight(age, decaySettings) * scales[item]
    if (!(factor > 0)) continue
    for (let e = indptr[item]; e < indptr[item + 1]; e++) {
      const column = indices[e]
      const value = factor * levels[codes[e]]
      if (values[column] === 0) touched[count++] = column
      values[column] += value
      all += value
    }
  }
  sum.count = count
  return all
}

function addReturns(
  recent: Uint32Array,
  {
    decaySettings,
    unit,
  }: { readonly decaySettings: DecaySettings; readonly unit: number },
  sum: RowSum,
) {
  for (let age = 0; age < recent.length; age++) {
    const worth = unit * returnWorth(age, decaySettings.returns)
    if (!(worth > 0)) continue
    const item = recent[age]
    if (sum.values[item] === 0) sum.touched[sum.count++] = item
    sum.values[item] += worth
  }
}

/** Items above the answer, and level with it; `tied` is 0 if it scores 0. */
function placeOf(answer: number, { values, touched, count }: RowSum) {
  const own = values[answer]
  let better = 0
  let tied = 0
  for (let t = 0; t < count; t++) {
    const value = values[touched[t]]
    if (value > own) better++
    else if (value === own && own > 0) tied++
  }
  return { better, tied }
}

// How far a typical visitor's sequence scores lie apart: see `DecaySettings.spread`.

/** Cases at most: a mean of so many is steady enough for a unit. */
const MAX_CASES = 2000

/**
 * Rows and their decay settings as a pack wants them, with the spread of these visitors.
 *
 * @param cases of which the last events are used; the answers are not
 */
export function withSpread(
  rows: SparseRows,
  decaySettings: DecaySettings,
  cases: readonly SequenceCase[],
): Pick<PackSource, 'sequence' | 'decaySettings'> {
  const spread = typicalSpread(rows, decaySettings, cases)
  return {
    sequence: rows,
    decaySettings: { ...decaySettings, ...(spread > 0 ? { spread } : {}) },
  }
}

/**
 * Mean of the standard deviation over all items, over the cases with any score.
 *
 * @returns 0 if no case has one
 */
export function typicalSpread(
  source: SparseRows,
  decaySettings: Pick<DecaySettings, 'decay' | 'floor'>,
  cases: readonly SequenceCase[],
): number {
  const { rows, indptr, indices, codes, levels, scales } = roundSparse(source)
  const sums = new Float64Array(rows)
  const step = Math.max(1, cases.length / MAX_CASES)
  let total = 0
  let count = 0
  for (let at = 0; at < cases.length; at += step) {
    const { recent } = cases[Math.floor(at)]
    sums.fill(0)
    recent.forEach((item, age) => {
      const factor = ageWeight(age, decaySettings) * scales[item]
      for (let e = indptr[item]; e < indptr[item + 1]; e++) {
        sums[indices[e]] += factor * levels[codes[e]]
      }
    })
    const deviation = deviationOf(sums)
    if (!(deviation > 0)) continue
    total += deviation
    count++
  }
  return count === 0 ? 0 : Number((total / count).toPrecision(4))
}

function deviationOf(values: Float64Array): number {
  let sum = 0
  let square = 0
  for (const value of values) {
    sum += value
    square += value * value
  }
  const mean = sum / values.length
  return Math.sqrt(Math.max(0, square / values.length - mean * mean))
}
