/**
 * Lists that no score orders, for a visitor who has seen some of it: what was passed over
 * stands further back.
 *
 * In an order by popularity, or by likeness, the odds of being wanted fall about as
 * 1 / (place + HEAD), as choices do by rank (a Zipf law with a flat head, Mandelbrot 1953). So
 * log odds of −x move an item from its place to
 *
 *   place' = (place + HEAD)·e^x − HEAD
 */
import type { TasteView } from './score.ts'

/** Places over which the odds hardly fall: a list. */
const HEAD = 10

/**
 * @param order item indices, each at most once, best first
 * @returns the same array where nothing in it was passed over; else a new one of the same
 *   items, in which those not passed over keep their order
 */
export function renewOrder<A extends ArrayLike<number>>(
  order: A,
  { passed }: Pick<TasteView, 'passed'>,
): A | readonly number[] {
  if (!passed || passed.size === 0) return order
  const moved: { index: number; place: number }[] = []
  const kept: number[] = []
  for (let place = 0; place < order.length; place++) {
    const index = order[place]!
    const odds = passed.get(index)
    if (odds === undefined) kept.push(index)
    else moved.push({ index, place: (place + HEAD) * Math.exp(-odds) - HEAD })
  }
  if (moved.length === 0) return order
  moved.sort((a, b) => a.place - b.place)
  return mergeByPlace(kept, moved)
}

/** A moved item stands where as many stand before it as its place is, or at the end. */
function mergeByPlace(
  kept: readonly number[],
  moved: readonly { readonly index: number; readonly place: number }[],
): number[] {
  const order: number[] = []
  let next = 0
  for (const { index, place } of moved) {
    while (order.length < place && next < kept.length) order.push(kept[next++]!)
    order.push(index)
  }
  while (next < kept.length) order.push(kept[next++]!)
  return order
}
