/**
 * What an owner wants of one list, by item index, and how a list is filled within it: most
 * of one maker or category, one of a group. The scores themselves stay as they are; only
 * what is shown, and in which order, changes.
 */
import type { ItemRecord } from '../pack/item.ts'
import type { Rules } from '../pack/rules.ts'

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
  readonly record: (index: number) => ItemRecord
}

/** Counts what a list holds already. */
export interface Limiter {
  /** Whether the list may hold this item too. */
  admits(index: number): boolean
  take(index: number): void
  /** The same counts, counted apart from now on. */
  copy(): Limiter
}

/** Counters of one list that is still empty. */
export function createLimiter(
  { limits, record }: Pick<Curation, 'limits' | 'record'>,
  counts: ReadonlyMap<string, number> = new Map(),
): Limiter {
  const held = new Map(counts)
  const { maxPerAuthor, maxPerCategory, onePerGroup } = limits
  /** What the item counts towards, with the most of each. */
  function* claimsOf(index: number): Generator<readonly [string, number]> {
    const { authors = [], genres = [], group } = record(index)
    if (maxPerAuthor) for (const name of authors) yield [`a${name}`, maxPerAuthor]
    if (maxPerCategory && genres[0]) yield [`c${genres[0]}`, maxPerCategory]
    if (onePerGroup && group !== undefined) yield [`g${group}`, 1]
  }
  return {
    admits: (index) => {
      for (const [claim, most] of claimsOf(index)) {
        if ((held.get(claim) ?? 0) >= most) return false
      }
      return true
    },
    take: (index) => {
      for (const [claim] of claimsOf(index)) held.set(claim, (held.get(claim) ?? 0) + 1)
    },
    copy: () => createLimiter({ limits, record }, held),
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
  readonly limiter: Limiter
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
