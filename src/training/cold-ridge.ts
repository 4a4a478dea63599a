/** Kernel ridge: α = (K + λI)⁻¹ · k of every new item at once, by one sweep. */
import { sweepSpd } from '../math/sweep-spd.ts'

export interface RidgeTable {
  /** α of a row given to `solve`: [known], a view. Of known row `upTo` or later, or new. */
  readonly alpha: (row: number) => Float64Array
  /**
   * Takes the known items up to `upTo` in: from then on the rows of all others are their
   * α over them. Call with rising numbers.
   */
  readonly takeIn: (upTo: number) => void
}

/**
 * @param fill writes K(row, known 0 … known−1) to `out` from `at` on; rows 0 … known−1 are
 *   the known items themselves, the next `fresh` ones the new items
 */
export function ridgeTable(
  size: { readonly known: number; readonly fresh: number; readonly ridge: number },
  fill: (row: number, out: Float64Array, at: number) => void,
): RidgeTable {
  const { known, fresh, ridge } = size
  const table = new Float64Array((known + fresh) * known)
  for (let row = 0; row < known + fresh; row++) fill(row, table, row * known)
  for (let row = 0; row < known; row++) table[row * known + row] += ridge
  let done = 0
  return {
    alpha: (row) => table.subarray(row * known, row * known + done),
    takeIn(upTo) {
      sweepSpd(table, known, { from: done, to: upTo })
      done = upTo
    },
  }
}
