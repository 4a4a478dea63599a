/**
 * What is different from everything a visitor knows, by measured distance: sharing no genre
 * with what they like, and no nearer in text or towers than two items by chance.
 */
import type { AttributeBlock, Pack } from '../pack/pack.ts'
import { attributesOf } from './attributes.ts'
import { areAlike } from './likeness-floor.ts'
import type { WeightedItem } from './score.ts'

/** Of the history, the newest items that a different one must be far from. */
const COMPARED = 12
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
  const familiar = pool.map(familiarity)
  /** 0 shares no genre, 1 with little that is known, then by how much. */
  const stepOf = (place: number) => {
    const share = familiar[place]!
    return share === 0 ? 0 : share <= MAX_FAMILIAR ? 1 : 1 + share
  }
  const places = pool.map((_, place) => place)
  places.sort((a, b) => stepOf(a) - stepOf(b) || worth[b]! - worth[a]! || a - b)
  const recent = history.slice(0, COMPARED)
  const near: number[] = []
  for (const place of places) {
    const isNear = recent.some(({ index }) => areAlike(pack, index, pool[place]!))
    if (isNear || familiar[place]! > MAX_FAMILIAR) near.push(place)
    else yield place
  }
  yield* near
}

/**
 * item → share of the history, by weight, that has a genre of the item; an upper bound where
 * an item of the history has several of them.
 */
function familiarityOf(
  attributes: AttributeBlock,
  history: readonly WeightedItem[],
): (index: number) => number {
  const shares = new Map<number, number>()
  let total = 0
  for (const { index, weight } of history) {
    total += weight
    for (const attribute of attributesOf(attributes, index)) {
      if (!isGenre(attributes, attribute)) continue
      shares.set(attribute, (shares.get(attribute) ?? 0) + weight)
    }
  }
  return (index) => {
    let sum = 0
    for (const attribute of attributesOf(attributes, index)) {
      sum += shares.get(attribute) ?? 0
    }
    return total === 0 ? 0 : Math.min(1, sum / total)
  }
}

function isGenre({ values }: AttributeBlock, attribute: number): boolean {
  const { relation } = values[attribute]!
  return relation === 'genre' || relation === 'tag'
}
