/** The order in which everyone is shown the catalogue. */
import { topK } from '../math/top-k.ts'
import { FLAG_COLD_START, type Pack } from '../pack/pack.ts'
import { spreadOrder } from './spread-order.ts'

type Known = Pick<Pack, 'itemCount' | 'popularity' | 'flags'> &
  Partial<Pick<Pack, 'attributes'>>

/**
 * The first screen's items, then the most popular; what nobody chose yet comes last, whatever
 * is expected of it. Where nothing is popular, the rest is spread over the categories.
 *
 * @returns [items] each index once
 */
export function commonOrder(pack: Known, first: readonly number[]): Uint32Array {
  const { popularity, itemCount, attributes } = pack
  if (attributes && popularity.every((value) => value === 0)) {
    return Uint32Array.from(new Set([...first, ...spreadOrder(itemCount, attributes)]))
  }
  // popularity is in [0, 1]
  const worth = popularity.map((value, index) =>
    isColdStart(pack, index) ? value - 2 : value,
  )
  return Uint32Array.from(new Set([...first, ...topK(worth, itemCount)]))
}

/** Whether nobody in training chose it. */
function isColdStart({ flags }: Pick<Pack, 'flags'>, index: number): boolean {
  return (flags[index] & FLAG_COLD_START) !== 0
}
