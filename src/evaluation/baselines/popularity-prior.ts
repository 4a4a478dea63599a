/**
 * A popularity prior on top of a baseline, its weight chosen for each number of events:
 *
 *   score_j + weight(k) · rate_j       rate_j = share of the users of training that have j
 *
 * Without it every personalised model loses to popularity alone at one event.
 */
import type { Positives } from '../../training/dataset.ts'
import type { HeldOutUser } from '../../training/hold-out.ts'
import { countsOf } from '../../training/positives.ts'
import { type EventCount, historyOf } from '../visitor.ts'
import type { Scorer } from './baseline.ts'
import { qualityOf } from './quality.ts'

/** From none to popularity alone; the models' scores are shares themselves. */
export const PRIOR_WEIGHTS = [
  0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100,
] as const

/** [rows] in [0, 1]; all 0 without users. */
export function rateOf(train: Positives): Float32Array {
  let users = 0
  for (let user = 0; user < train.userCount; user++) {
    if (train.indptr[user + 1] > train.indptr[user]) users++
  }
  return Float32Array.from(countsOf(train), (count) => count / Math.max(1, users))
}

export function withPrior(scorer: Scorer, rate: Float32Array, weight: number): Scorer {
  return (history) => addPrior(scorer(history), rate, weight)
}

function addPrior(scores: Float32Array, rate: Float32Array, weight: number) {
  return scores.map((score, row) => score + weight * rate[row])
}

/** The weight that serves these visitors best at `k` events; ties: the smaller. */
export function choosePrior(
  scorer: Scorer,
  visitors: readonly HeldOutUser[],
  { k, rate }: { readonly k: EventCount; readonly rate: Float32Array },
): { readonly weight: number; readonly quality: number } {
  const plain = new Map(visitors.map((v) => [v, scorer(historyOf(v, k))]))
  let best = { weight: 0, quality: -1 }
  for (const weight of PRIOR_WEIGHTS) {
    const quality = qualityOf(visitors, k, (visitor) =>
      addPrior(plain.get(visitor) as Float32Array, rate, weight),
    )
    if (quality > best.quality) best = { weight, quality }
  }
  return best
}
