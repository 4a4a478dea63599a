/** The low-rank term of a sparse block: what every history row adds to every other row. */
import type { LatentTerm } from '../catalogue/pack.ts'
import type { ScanTable } from '../math/scanner.ts'
import { addRowInto, dotAcross, dotWith } from './int8-rows.ts'
import type { WeightedRow } from './user-input.ts'

/**
 * out[j] = Σ over `folded`, i ≠ j, of weight · given_i · taken_j
 *
 * @param out [rows], overwritten
 * @param held `taken` as the scanner holds it; absent: read here
 */
export function latentInto(
  { given, taken }: LatentTerm,
  folded: readonly WeightedRow[],
  out: Float32Array,
  held?: ScanTable,
): void {
  const query = new Float32Array(given.dim)
  for (const { row, weight } of folded) addRowInto(given, row, { weight, out: query })
  if (held) held.scanInto(query, out)
  else for (let row = 0; row < out.length; row++) out[row] = dotWith(taken, row, query)
  for (const { row, weight } of folded) {
    out[row] -= weight * dotAcross(given, row, { table: taken, row })
  }
}
