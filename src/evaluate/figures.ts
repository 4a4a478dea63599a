/** Lists of all visitors → the figures of one row of a table. */

import {
  bootstrapDifference,
  bootstrapMean,
  type Estimate,
  f1Of,
  ndcgAt,
  precisionAt,
  recallAt,
  recallOfAll,
  reciprocalRankAt,
} from '../build/metrics/ranking.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import { attributesOf } from '../scoring/attributes.ts'
import { beyondAccuracy, type Choosers } from './beyond-accuracy.ts'
import type { EvaluationMeta, FiguresJson, MetricName } from './json.ts'
import { type EventCount, historyOf, LIST_LENGTH, type Visitor } from './visitor.ts'

// Beyond accuracy: coverage, exposure, variety, dislikes and calibration of lists.

/** Share of the catalogue that appears in at least one list, 0–1; 0 without items. */
export function coverageOf(lists: Iterable<Iterable<number>>, items: number): number {
  const shown = new Set<number>()
  for (const list of lists) for (const row of list) shown.add(row)
  return items === 0 ? 0 : shown.size / items
}

/**
 * Gini index of how often each item is shown, items never shown included:
 *
 *   G = Σ_i (2i − n − 1)·x_i / (n·Σ x)     x rising, i from 1
 *
 * @param items n, the catalogue's size
 * @returns 0 (all alike) to 1 − 1/n (one item takes everything); 0 if nothing was shown
 */
export function giniOf(lists: Iterable<Iterable<number>>, items: number): number {
  const counts = new Float64Array(items)
  for (const list of lists) for (const row of list) counts[row]++
  counts.sort()
  let weighted = 0
  let total = 0
  for (let i = 0; i < items; i++) {
    weighted += (2 * (i + 1) - items - 1) * counts[i]
    total += counts[i]
  }
  return total === 0 ? 0 : weighted / (items * total)
}

/**
 * Intra-list distance: the mean over all pairs of the list of 1 − cosine of what the two
 * items are linked to (authors, series, genres, years), each attribute counting once:
 *
 *   cosine(A, B) = |A ∩ B| / √(|A|·|B|), 0 if either has none
 *
 * Ziegler et al. 2005 (WWW), intra-list similarity, turned round.
 *
 * @returns 0 (all alike) to 1; 0 for fewer than two rows
 */
export function intraListDistance(
  rows: ArrayLike<number>,
  attributes: AttributeBlock,
): number {
  const sets = Array.from(rows, (row) => new Set(attributesOf(attributes, row)))
  let sum = 0
  let pairs = 0
  for (let a = 0; a < sets.length; a++) {
    for (let b = 0; b < a; b++) {
      sum += 1 - setCosine(sets[a], sets[b])
      pairs++
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}

function setCosine(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0
  for (const attribute of a) if (b.has(attribute)) shared++
  return shared === 0 ? 0 : shared / Math.sqrt(a.size * b.size)
}

/** Share of the list that the user rated as bad, 0–1; 0 for an empty list. */
export function negativeRate(
  rows: ArrayLike<number>,
  disliked: ReadonlySet<number>,
): number {
  let bad = 0
  for (let i = 0; i < rows.length; i++) if (disliked.has(rows[i])) bad++
  return rows.length === 0 ? 0 : bad / rows.length
}

/** Steck's α: how much of p is mixed into q, so that no genre has probability 0. */
const SMOOTHING = 0.01

/**
 * How far the genres of a list are from those of the history:
 *
 *   KL(p ‖ q̃) = Σ_g p(g)·ln(p(g) / q̃(g)),  q̃ = (1 − α)·q + α·p,  α = .01
 *
 * p and q give each item weight 1, shared equally among its genres. Steck 2018 (RecSys),
 * Calibrated recommendations.
 *
 * @returns 0 (calibrated) to −ln α ≈ 4.6; undefined if history or list has no genre
 */
export function genreDivergence(
  history: ArrayLike<number>,
  list: ArrayLike<number>,
  attributes: AttributeBlock,
): number | undefined {
  const p = genreShares(history, attributes)
  const q = genreShares(list, attributes)
  if (p.size === 0 || q.size === 0) return undefined
  let sum = 0
  for (const [genre, share] of p) {
    const mixed = (1 - SMOOTHING) * (q.get(genre) ?? 0) + SMOOTHING * share
    sum += share * Math.log(share / mixed)
  }
  return sum
}

/** Genre → its share of the rows that have one; sums to 1, empty without any. */
function genreShares(
  rows: ArrayLike<number>,
  attributes: AttributeBlock,
): Map<number, number> {
  const shares = new Map<number, number>()
  let counted = 0
  for (let i = 0; i < rows.length; i++) {
    const genres = [...attributesOf(attributes, rows[i])].filter(
      (attribute) => attributes.values[attribute].relation === 'genre',
    )
    if (genres.length > 0) counted++
    for (const genre of genres) {
      shares.set(genre, (shares.get(genre) ?? 0) + 1 / genres.length)
    }
  }
  for (const [genre, share] of shares) shares.set(genre, share / counted)
  return shares
}

export interface MeasureOptions {
  readonly k: EventCount
  /** Size of the catalogue. */
  readonly rows: number
  /** Of the bootstrap. */
  readonly seed: number
  readonly recall: EvaluationMeta['recall']
  /** Attributes of the items; without, no ild, no genre-kl and no makers. */
  readonly attributes?: AttributeBlock
  /** Who chose what; without, no novelty and no popularity. */
  readonly choosers?: Choosers
}

export interface Measured {
  readonly figures: FiguresJson
  /** [visitors] one value each, for paired differences. */
  readonly recalls: readonly number[]
  readonly ndcgs: readonly number[]
}

/**
 * @param lists [visitors] best first, at most LIST_LENGTH rows each
 * @returns means over visitors; recall and NDCG with their intervals
 */
export function evaluateLists(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  options: MeasureOptions,
): Measured {
  const { rows, seed } = options
  const recallOf = options.recall === 'of-list' ? recallAt : recallOfAll
  const targets = visitors.map((visitor) => new Set(visitor.targets))
  const eachOf = (measure: typeof recallAt) =>
    lists.map((list, v) => measure(list, targets[v], LIST_LENGTH))
  const recalls = eachOf(recallOf)
  const ndcgs = eachOf(ndcgAt)
  const precisions = eachOf(precisionAt)
  const firsts = eachOf(reciprocalRankAt)
  const figures: FiguresJson = {
    ...withInterval('recall@20', bootstrapMean(recalls, seed)),
    ...withInterval('ndcg@20', bootstrapMean(ndcgs, seed)),
    'precision@20': mean(precisions),
    'f1@20': mean(precisions.map((precision, v) => f1Of(precision, recalls[v]))),
    'mrr@20': mean(firsts),
    'hit@20': mean(firsts.map((first) => (first > 0 ? 1 : 0))),
    'coverage@20': coverageOf(lists, rows),
    'gini@20': giniOf(lists, rows),
    ...varietyOf(lists, visitors, options),
    ...beyondAccuracy(lists, visitors, options),
    ...dislikesOf(lists, visitors),
  }
  return { figures, recalls, ndcgs }
}

/** The figures of a − b, the same visitors. */
export function differenceOf(a: Measured, b: Measured, seed: number): FiguresJson {
  return {
    ...withInterval('recall@20', bootstrapDifference(a.recalls, b.recalls, seed)),
    ...withInterval('ndcg@20', bootstrapDifference(a.ndcgs, b.ndcgs, seed)),
  }
}

/** ILD, and genre-kl where anybody has a history to compare with. */
function varietyOf(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  { k, attributes }: MeasureOptions,
): FiguresJson {
  if (!attributes || attributes.indices.length === 0) return {}
  const divergences = lists
    .map((list, v) => genreDivergence(historyOf(visitors[v], k), list, attributes))
    .filter((divergence) => divergence !== undefined)
  return {
    'ild@20': mean(lists.map((list) => intraListDistance(list, attributes))),
    ...(divergences.length > 0 ? { 'genre-kl@20': mean(divergences) } : {}),
  }
}

function dislikesOf(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
): FiguresJson {
  const rates = lists.flatMap((list, v) => {
    const { disliked } = visitors[v]
    return disliked ? [negativeRate(list, disliked)] : []
  })
  return rates.length > 0 ? { 'negatives@20': mean(rates) } : {}
}

function withInterval(metric: MetricName, { mean, low, high }: Estimate): FiguresJson {
  return { [metric]: mean, [`${metric}:low`]: low, [`${metric}:high`]: high }
}

/** 0 without values. */
function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.length === 0 ? 0 : sum / values.length
}
