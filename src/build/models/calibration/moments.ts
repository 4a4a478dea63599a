/**
 * People held out, each at moments of their history: what was known of them by then, and what
 * else they chose. A calibration is fitted and measured on these.
 */
import { topK } from '../../../math/top-k.ts'
import type { FusionWeights } from '../../../pack/pack.ts'
import { LEVEL_ITEMS, levelOf } from '../../../scoring/match.ts'
import type { ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import type { HeldOutUser } from '../../splits/hold-out.ts'
import { requestOf, seenMask } from '../fusion/simulate.ts'

/** Numbers of events that stand for each bucket: the same people at both ends of it. */
const EVENT_COUNTS = [
  [0],
  [1, 2],
  [3, 5],
  [6, 10],
  [12, 20],
  [24, 50],
  [60, 140],
] as const

/** Places that are looked at: all of a list, further down fewer and fewer. */
export const SAMPLED_PLACES: readonly number[] = [
  ...Array.from({ length: 20 }, (_, i) => 1 + i),
  ...Array.from({ length: 15 }, (_, i) => 22 + 2 * i),
  ...Array.from({ length: 10 }, (_, i) => 55 + 5 * i),
  ...Array.from({ length: 10 }, (_, i) => 120 + 20 * i),
  ...Array.from({ length: 10 }, (_, i) => 370 + 70 * i),
]

/** One person at one number of events. */
export interface Moment {
  readonly eventCount: number
  /** Mean score of the first of the list. */
  readonly level: number
  /** [places] as SAMPLED_PLACES, fewer in a smaller catalogue. */
  readonly scores: Float32Array
  /** [places] 1 = the person chose the item, too. */
  readonly chosen: Uint8Array
}

/** The numbers of events of the bucket that this person's history has, rising. */
export function momentsIn(bucket: number, { history }: HeldOutUser): number[] {
  return EVENT_COUNTS[bucket]!.filter((count) => count <= history.length)
}

/**
 * @param eventCount no more than the history has; the newest so many are known
 * @returns the list this pack makes then, and what of it is among all else they chose
 */
export function momentOf(
  scoring: ScoringPack,
  { history, targets }: HeldOutUser,
  {
    eventCount,
    fusion,
  }: { readonly eventCount: number; readonly fusion: FusionWeights },
): Moment {
  const known = history.subarray(0, eventCount)
  const others = new Set([...history.subarray(eventCount), ...targets])
  const { score } = scoreAll(scoring, { ...requestOf(scoring, known), fusion })
  const seen = seenMask(score.length, known)
  const list = topK(score, SAMPLED_PLACES.at(-1)!, seen)
  const indices = SAMPLED_PLACES.filter((place) => place <= list.length).map(
    (place) => list[place - 1]!,
  )
  const first = Float32Array.from(
    list.subarray(0, LEVEL_ITEMS),
    (index) => score[index]!,
  )
  return {
    eventCount: new Set(known).size,
    level: levelOf(first),
    scores: Float32Array.from(indices, (index) => score[index]!),
    chosen: Uint8Array.from(indices, (index) => (others.has(index) ? 1 : 0)),
  }
}
