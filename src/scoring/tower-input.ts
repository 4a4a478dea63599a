/**
 * What the user tower reads of a visitor: the history, pooled with attention.
 *
 *   history (i, w)  →  x_u = [ Σ w·tower(i) / Σ w , Σ w·content(i) / Σ w ]
 *
 * The attention weights are the taste's own: strength × decay, see feedback/taste.ts.
 * Training and the browser call this same function on the same quantised vectors, so a
 * tower sees on the device what it was trained on.
 *
 * Source of the shape: Covington et al. 2016 (RecSys), §3, history averaged into one
 * fixed-length input; here weighted by recency and strength.
 */

import type { Int8Table } from '../math/scanner.ts'
import type { Pack } from '../pack/pack.ts'
import { addRowInto } from './int8-vectors.ts'
import type { WeightedItem } from './score.ts'

/**
 * @param history weights ≥ 0
 * @returns [tower dim + content dim], an absent block having dim 0; zeros for an empty
 *   history
 */
export function userInput(
  pack: Pick<Pack, 'tower' | 'content'>,
  history: readonly WeightedItem[],
): Float32Array {
  const tables = [pack.tower?.items, pack.content?.vectors].filter(
    (t) => t !== undefined,
  )
  const input = new Float32Array(tables.reduce((sum, { dim }) => sum + dim, 0))
  let start = 0
  for (const table of tables) {
    poolInto(table, history, input.subarray(start, start + table.dim))
    start += table.dim
  }
  return input
}

/**
 * out = Σ weight · vector / Σ weight, over rows of `table`.
 *
 * @param out [dim], overwritten; zeros if the weights sum to 0
 */
export function poolInto(
  table: Int8Table,
  history: readonly WeightedItem[],
  out: Float32Array,
): void {
  out.fill(0)
  let total = 0
  for (const { weight } of history) total += weight
  if (!(total > 0)) return
  for (const { index, weight } of history) {
    addRowInto(table, index, { weight: weight / total, out })
  }
}
