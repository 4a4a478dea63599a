import { topK } from '../../math/top-k.ts'
import type { HeldOutUser } from '../../training/hold-out.ts'
import { ndcgAt } from '../../training/ndcg.ts'
import { seenMask } from '../../training/simulate-visit.ts'
import { recallAt } from '../metrics.ts'
import { type EventCount, historyOf, LIST_LENGTH } from '../visitor.ts'

/**
 * What settings are chosen by, as for the pack's own fusion: the mean over visitors of
 * (NDCG@20 + Recall@20) / 2 after `k` events.
 *
 * @param score of every row for one visitor at `k` events
 * @returns 0 without visitors
 */
export function qualityOf(
  visitors: readonly HeldOutUser[],
  k: EventCount,
  score: (visitor: HeldOutUser) => Float32Array,
): number {
  let sum = 0
  for (const visitor of visitors) {
    const scores = score(visitor)
    const seen = seenMask(scores.length, historyOf(visitor, k))
    const list = topK(scores, LIST_LENGTH, seen)
    const targets = new Set(visitor.targets)
    sum += ndcgAt(list, targets, LIST_LENGTH) + recallAt(list, targets, LIST_LENGTH)
  }
  return visitors.length === 0 ? 0 : sum / visitors.length / 2
}
