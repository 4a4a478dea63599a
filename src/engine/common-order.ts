/** The order in which everyone is shown the catalogue. */
import { FLAG_COLD, type Pack } from '../catalogue/pack.ts'
import { topK } from '../math/top-k.ts'

type Known = Pick<Pack, 'rows' | 'popularity' | 'flags'>

/**
 * The first screen's rows, then the most read; what nobody chose yet comes last, whatever
 * is expected of it.
 *
 * @returns [rows] each row once
 */
export function commonOrder(pack: Known, first: readonly number[]): Uint32Array {
  const { popularity, rows } = pack
  // popularity is in [0, 1]
  const worth = popularity.map((value, row) => (isNew(pack, row) ? value - 2 : value))
  return Uint32Array.from(new Set([...first, ...topK(worth, rows)]))
}

/** Whether nobody in training chose it. */
export function isNew({ flags }: Pick<Pack, 'flags'>, row: number): boolean {
  return (flags[row] & FLAG_COLD) !== 0
}
