/**
 * What an owner wants of one list, by item index. The scores themselves stay as they are;
 * only what is shown, and in which order, changes.
 */
import type { Rules } from '../pack/rules.ts'
import type { Counter } from './list-limits.ts'

export interface Curation {
  /** Names what it was made of: the same key, the same lists. */
  readonly key: string
  /** [items] 1 = not in this list. */
  readonly hidden: Uint8Array
  /** [items] 1 = in no list at all: by the rules and the overlay alone. */
  readonly forbidden: Uint8Array
  /** [items] added to the score for the order alone. */
  readonly boost?: Float32Array
  /** [items] 1 = after all others. */
  readonly buried?: Uint8Array
  /** At the head of a list, in this order; none of them is hidden. */
  readonly pins: readonly number[]
  /** An item of a lower `match` is left out, one without a number is not; 0 leaves out none. */
  readonly minMatch: number
  readonly limits: Pick<Rules, 'maxPerAuthor' | 'maxPerCategory' | 'onePerGroup'>
  /** What fills a list that is too short: item indices, best first, or nothing. */
  readonly fallback: Iterable<number>
  /** Whether the caller asked for a filter of its own. */
  readonly isFiltered: boolean
}

/** No wishes: what a list is made within where there are no rules, overlay or options. */
export function noCuration(itemCount: number): Curation {
  const none = new Uint8Array(itemCount)
  return {
    ...{ key: '', hidden: none, forbidden: none, pins: [], minMatch: 0 },
    ...{ limits: {}, fallback: [], isFiltered: false },
  }
}

/** [items] `score` with the boosts added; `score` itself where there are none. */
export function boosted(score: Float32Array, boost?: Float32Array): Float32Array {
  if (!boost) return score
  const sum = new Float32Array(score.length)
  for (let index = 0; index < sum.length; index++) {
    sum[index] = score[index]! + boost[index]!
  }
  return sum
}

interface TakeOptions {
  readonly count: number
  readonly limiter: Counter
  readonly buried?: Uint8Array | undefined
  /** [items] 1 = leave out. */
  readonly exclude?: Uint8Array
}

/** The first `count` of `order` that a list may hold, the buried ones after all others. */
export function takeInOrder(
  order: Iterable<number>,
  { count, limiter, buried, exclude }: TakeOptions,
): number[] {
  const taken: number[] = []
  const last: number[] = []
  const take = (index: number) => {
    if (!limiter.admits(index)) return
    limiter.take(index)
    taken.push(index)
  }
  for (const index of order) {
    if (taken.length >= count) return taken
    if (exclude?.[index]) continue
    if (buried?.[index]) last.push(index)
    else take(index)
  }
  for (const index of last) {
    if (taken.length >= count) break
    take(index)
  }
  return taken
}
