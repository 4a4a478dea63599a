/**
 * What is different from everything a visitor knows, by measured distance: sharing no genre
 * with what they like, and no nearer in text or towers than two items by chance.
 */
import { topK } from '../math/top-k.ts'
import type { AttributeBlock, Pack } from '../pack/pack.ts'
import { areAlike } from './likeness-floor.ts'
import type { WeightedItem } from './score.ts'

/** Of the history, the newest items that a different one must be far from. */
const COMPARED = 8
/** Near ones passed over by measured distance: then everything is near, and genres decide. */
const MAX_NEAR = 24
/** More than any `worth`, in standard deviations: a step outweighs it. */
const STEP = 100
/** Share of the history, by weight, with which a different item may share a genre. */
const MAX_FAMILIAR = 0.25

/**
 * The places of `pool` in the order in which a list of what is different takes them: first
 * what is far by genre and by measured distance, then what is far by genre, then the least
 * familiar.
 *
 * @param pool item indices
 * @param worth [pool] what orders items that are equally far, the highest first
 */
export function* differentFirst(
  pack: Pack,
  pool: readonly number[],
  {
    worth,
    history,
  }: {
    readonly worth: Float32Array
    readonly history: readonly WeightedItem[]
  },
): Generator<number> {
  const familiarity = familiarityOf(pack.attributes, history)
  const familiar = Float64Array.from(pool, familiarity)
  const key = worth.map((value, place) => value - STEP * stepOf(familiar[place]!))
  const recent = history.slice(0, COMPARED)
  const near: number[] = []
  for (const place of topK(key, key.length)) {
    const isNear =
      near.length < MAX_NEAR &&
      recent.some(({ index }) => areAlike(pack, index, pool[place]!))
    if (isNear || familiar[place]! > MAX_FAMILIAR) near.push(place)
    else yield place
  }
  yield* near
}

/** 0 shares no genre, 1 with little that is known, then by how much. */
function stepOf(familiar: number): number {
  if (familiar === 0) return 0
  return familiar <= MAX_FAMILIAR ? 1 : 1 + familiar
}

/**
 * item → share of the history, by weight, that has a genre of the item; an upper bound where
 * an item of the history has several of them.
 */
function familiarityOf(
  { values, indptr, indices }: AttributeBlock,
  history: readonly WeightedItem[],
): (index: number) => number {
  const shares = new Float64Array(values.length)
  let total = 0
  for (const { index, weight } of history) {
    total += weight
    for (let at = indptr[index]!; at < indptr[index + 1]!; at++) {
      const { relation } = values[indices[at]!]!
      if (relation === 'genre' || relation === 'tag') shares[indices[at]!]! += weight
    }
  }
  return (index) => {
    let sum = 0
    for (let at = indptr[index]!; at < indptr[index + 1]!; at++) {
      sum += shares[indices[at]!]!
    }
    return total === 0 ? 0 : Math.min(1, sum / total)
  }
}
