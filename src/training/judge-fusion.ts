/** What the fused list finds for users whom nothing was fitted on. */
import type { FusionWeights } from '../catalogue/pack.ts'
import { topK } from '../math/top-k.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import type { HeldOutUser } from './hold-out.ts'
import { ndcgAt } from './ndcg.ts'
import { seenMask, visitOf } from './simulate-visit.ts'

/** Histories judged of each user: the newest so many events, and all. */
const LENGTHS = [1, 3, 10, Infinity]
const LIST_LENGTH = 20

/**
 * Of each user the mean over lengths of the history of (NDCG@20 + Recall@20) / 2, recall
 * being hits / min(20, targets).
 *
 * @param fusion default the pack's own
 * @returns [users]
 */
export function judgeFusion(
  scoring: ScoringPack,
  users: readonly HeldOutUser[],
  fusion: FusionWeights = scoring.pack.manifest.fusion,
): Float64Array {
  return Float64Array.from(users, ({ foldIn, targets }) => {
    const wanted = new Set(targets)
    const lengths = LENGTHS.filter((n) => n < foldIn.length || n === Infinity)
    let sum = 0
    for (const length of lengths) {
      const history = foldIn.subarray(0, length)
      const { score } = scoreAll(scoring, { ...visitOf(scoring, history), fusion })
      const seen = seenMask(scoring.pack.rows, history)
      const top = topK(score, LIST_LENGTH, seen)
      const hits = top.reduce((n, row) => n + (wanted.has(row) ? 1 : 0), 0)
      const recall = hits / Math.min(LIST_LENGTH, wanted.size)
      sum += (ndcgAt(top, wanted, LIST_LENGTH) + recall) / 2
    }
    return sum / lengths.length
  })
}

/** One-sided 95 % of a normal distribution. */
const CERTAIN = 1.645

/**
 * Whether `after` is better than `before` by more than `share` of it, and by more than
 * chance would make it on the same users.
 *
 * @param before [users] as from `judgeFusion`
 * @param after [users]
 */
export function isBetter(
  before: Float64Array,
  after: Float64Array,
  share: number,
): boolean {
  const count = before.length
  if (count < 2) return false
  const gains = before.map((value, user) => after[user] - value)
  const gain = meanOf(gains)
  const variance = gains.reduce((sum, x) => sum + (x - gain) ** 2, 0) / (count - 1)
  return gain > share * meanOf(before) && gain > CERTAIN * Math.sqrt(variance / count)
}

/** 0 without values. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
