/** An order of the catalogue for everyone, where nothing is known of what is popular. */
import type { AttributeBlock } from '../pack/pack.ts'

/**
 * One item of each category in turn, in an order that has nothing to do with the file's. An
 * item's category is the commonest of its genres; those without come last in each turn.
 *
 * @returns [items] each index once, the same for the same pack
 */
export function spreadOrder(
  itemCount: number,
  attributes: AttributeBlock,
): Uint32Array {
  const groups = new Map<number, number[]>()
  const places = Array.from({ length: itemCount }, (_, index) => index)
  places.sort((a, b) => scattered(a) - scattered(b))
  const categories = categoriesOf(itemCount, attributes)
  for (const index of places) {
    const category = categories[index]!
    const group = groups.get(category)
    if (group) group.push(index)
    else groups.set(category, [index])
  }
  const order: number[] = []
  let open = [...groups]
    .sort(([a, own], [b, other]) => +(a < 0) - +(b < 0) || other.length - own.length)
    .map(([, group]) => group)
  for (let turn = 0; open.length > 0; turn++) {
    for (const group of open) order.push(group[turn]!)
    open = open.filter((group) => group.length > turn + 1)
  }
  return Uint32Array.from(order)
}

/** [items] the attribute of each item's commonest genre; -1 for none. */
function categoriesOf(
  itemCount: number,
  { values, indptr, indices }: AttributeBlock,
): Int32Array {
  const sizes = new Uint32Array(values.length)
  for (const value of indices) sizes[value]!++
  return Int32Array.from({ length: itemCount }, (_, index) => {
    let best = -1
    for (const value of indices.subarray(indptr[index], indptr[index + 1])) {
      if (values[value]!.relation !== 'genre') continue
      if (best < 0 || sizes[value]! > sizes[best]!) best = value
    }
    return best
  })
}

/** A number that neighbours in the file do not share: Knuth's multiplicative hash. */
function scattered(index: number): number {
  return Math.imul(index + 1, 2654435761) >>> 0
}
