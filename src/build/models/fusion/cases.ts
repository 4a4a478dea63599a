/** Histories of held-out users, scored once: what fusion weights are compared on. */

import { topK } from '../../../math/top-k.ts'
import { FUSION_BUCKETS, type FusedComponent } from '../../../pack/pack.ts'
import { bucketOf } from '../../../scoring/fusion.ts'
import type { ScoringPack } from '../../../scoring/score.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import { evenly, type HeldOutUser } from '../../splits/hold-out.ts'
import { scoreComponents, seenMask } from './simulate.ts'

/** One history: the items that any blend could show first, and each component's scores of them. */
export interface FusionCase {
  /** [candidates], rising. */
  readonly rows: Uint32Array
  /** Row-major [components, candidates]. */
  readonly values: Float32Array
  readonly targets: ReadonlySet<number>
}

const LIST_LENGTH = 20
/** Best rows of each component kept as candidates. */
const PER_COMPONENT = 150
/** Numbers of events tried in each bucket beside "all of the user's". */
const EVENT_COUNTS = [[0], [1, 2], [3, 5], [7, 10], [14, 20], [30, 50], [80]] as const
/** @param options.components the components to keep, in this order */
export function makeCases(
  scoring: ScoringPack,
  heldOut: readonly HeldOutUser[],
  options: {
    readonly bucket: number
    readonly components: readonly FusedComponent[]
    readonly histories: 'short-and-full' | 'full'
    readonly maxCases: number
    /** [items] 1 = not ranked. Default: only what is in the history. */
    readonly hidden: Uint8Array | undefined
  },
): FusionCase[] {
  const { bucket, components, histories, hidden, maxCases } = options
  const played = heldOut.flatMap(({ history, targets }) =>
    countsIn(bucket, history.length)
      .filter((count) => histories !== 'full' || count === history.length)
      .map((count) => ({
        history: history.subarray(0, count),
        targets: new Set(targets),
      })),
  )
  return evenly(played, maxCases).map(({ history, targets }) => {
    const scores = scoreComponents(scoring, history)
    const seen = seenMask(scores.itemCount, history)
    hidden?.forEach((is, item) => {
      if (is) seen[item] = 1
    })
    const candidates = new Set<number>()
    for (const component of components) {
      for (const item of topK(scores.components[component], PER_COMPONENT, seen))
        candidates.add(item)
    }
    const rows = Uint32Array.from(candidates).sort()
    const values = new Float32Array(components.length * rows.length)
    components.forEach((component, p) => {
      const all = scores.components[component]
      for (let c = 0; c < rows.length; c++) values[p * rows.length + c] = all[rows[c]]
    })
    return { rows, values, targets }
  })
}

/** The numbers of events to try of a user who has `known`, all within the bucket. */
function countsIn(bucket: number, known: number): number[] {
  const counts = EVENT_COUNTS[bucket].filter((count) => count <= known)
  const isOwn = bucketOf(known) === bucket && FUSION_BUCKETS[bucket] > 0
  return isOwn && !counts.some((count) => count === known) ? [...counts, known] : counts
}

/**
 * Mean over the cases of (NDCG@20 + Recall@20) / 2, recall being hits / min(20, targets).
 * @param weights [components], ≥ 0
 * @returns 0 without cases
 */
export function meanQuality(
  cases: readonly FusionCase[],
  weights: readonly number[],
): number {
  let sum = 0
  for (const { rows, values, targets } of cases) {
    const ranked = topK(blendOf(values, rows.length, weights), LIST_LENGTH)
    const top = ranked.map((candidate) => rows[candidate])
    const hits = top.reduce((n, item) => n + (targets.has(item) ? 1 : 0), 0)
    const recall = hits / Math.min(LIST_LENGTH, targets.size)
    sum += (ndcgAt(top, targets, LIST_LENGTH) + recall) / 2
  }
  return cases.length === 0 ? 0 : sum / cases.length
}

/** Mean score of the first 20 picks over the cases; 0 without cases. */
export function meanTopScore(
  cases: readonly FusionCase[],
  weights: readonly number[],
): number {
  let sum = 0
  let count = 0
  for (const { rows, values } of cases) {
    const blend = blendOf(values, rows.length, weights)
    for (const candidate of topK(blend, LIST_LENGTH)) {
      sum += blend[candidate]
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

function blendOf(values: Float32Array, count: number, weights: readonly number[]) {
  const blend = new Float32Array(count)
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p]
    if (weight === 0) continue
    for (let c = 0; c < count; c++) blend[c] += weight * values[p * count + c]
  }
  return blend
}
