/** How alike two items are by what a pack holds of them: cosines, each a kernel. */
import type { AttributeBlock, Pack, RatingTerm } from '../pack/pack.ts'
import { attributesOf, indexAttributes } from './attributes.ts'
import { cosineOf } from './mmr.ts'

/** A cosine of two items, 0 where one of them has nothing to compare. */
export type Likeness = (a: number, b: number) => number

/** Built once a pack and kept as long as it. */
const known = new WeakMap<Pack, Readonly<Record<ItemTerm, Likeness>>>()

type ItemTerm = Exclude<RatingTerm, 'visitor'>

/** The likenesses of a rating's terms; of a block that is off, 0 everywhere. */
export function likenesses(pack: Pack): Readonly<Record<ItemTerm, Likeness>> {
  const made = known.get(pack) ?? {
    tower: cosineOf(pack.tower?.items),
    content: cosineOf(pack.content?.vectors),
    facts: sharedOf(pack.attributes, () => 1),
    idf: sharedOf(pack.attributes, idfOf(pack.attributes)),
  }
  known.set(pack, made)
  return made
}

/** Σ over the attributes both hold of weight², divided by both lengths. */
function sharedOf(
  block: AttributeBlock,
  weightOf: (attribute: number) => number,
): Likeness {
  const common = (a: number, b: number) => {
    const ofB = attributesOf(block, b)
    let sum = 0
    for (const attribute of attributesOf(block, a)) {
      if (ofB.includes(attribute)) sum += weightOf(attribute) ** 2
    }
    return sum
  }
  const shares = inverseLengths(block.indptr.length - 1, (index) =>
    common(index, index),
  )
  return (a, b) => shares[a] * shares[b] * common(a, b)
}

function idfOf(block: AttributeBlock): (attribute: number) => number {
  const { idf } = indexAttributes(block)
  return (attribute) => idf[attribute]
}

/** [items] 1 / √(squared length), 0 where that is 0. */
function inverseLengths(
  itemCount: number,
  squared: (index: number) => number,
): Float64Array {
  return Float64Array.from({ length: itemCount }, (_, index) => {
    const square = squared(index)
    return square > 0 ? 1 / Math.sqrt(square) : 0
  })
}
