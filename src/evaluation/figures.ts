/** Lists of all visitors → the figures of one row of a table. */
import type { EntityBlock } from '../catalogue/pack.ts'
import { ndcgAt } from '../training/ndcg.ts'
import type { EvaluationMeta, FiguresJson, MetricName } from './evaluation-json.ts'
import {
  coverageOf,
  genreDivergence,
  giniOf,
  intraListDistance,
  negativeRate,
} from './list-metrics.ts'
import {
  bootstrapDifference,
  bootstrapMean,
  type Estimate,
  f1Of,
  precisionAt,
  recallAt,
  recallOfAll,
  reciprocalRankAt,
} from './metrics.ts'
import { type EventCount, historyOf, LIST_LENGTH, type Visitor } from './visitor.ts'

export interface JudgeOptions {
  readonly k: EventCount
  /** Size of the catalogue. */
  readonly rows: number
  /** Of the bootstrap. */
  readonly seed: number
  readonly recall: EvaluationMeta['recall']
  /** What items have in common; without, no ild and no genre-kl. */
  readonly entities?: EntityBlock
}

export interface Judged {
  readonly figures: FiguresJson
  /** [visitors] each: what paired differences are made of. */
  readonly recalls: readonly number[]
  readonly ndcgs: readonly number[]
}

/**
 * @param lists [visitors] best first, at most LIST_LENGTH rows each
 * @returns means over visitors; recall and NDCG with their intervals
 */
export function judgeLists(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  options: JudgeOptions,
): Judged {
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
    ...dislikesOf(lists, visitors),
  }
  return { figures, recalls, ndcgs }
}

/** The figures of a − b, the same visitors. */
export function differenceOf(a: Judged, b: Judged, seed: number): FiguresJson {
  return {
    ...withInterval('recall@20', bootstrapDifference(a.recalls, b.recalls, seed)),
    ...withInterval('ndcg@20', bootstrapDifference(a.ndcgs, b.ndcgs, seed)),
  }
}

/** ILD, and genre-kl where anybody has a history to compare with. */
function varietyOf(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  { k, entities }: JudgeOptions,
): FiguresJson {
  if (!entities || entities.indices.length === 0) return {}
  const divergences = lists
    .map((list, v) => genreDivergence(historyOf(visitors[v], k), list, entities))
    .filter((divergence) => divergence !== undefined)
  return {
    'ild@20': mean(lists.map((list) => intraListDistance(list, entities))),
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
