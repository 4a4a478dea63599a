/** The low-rank term of a sparse block: what every history row adds to every other row. */
import type { LatentTerm } from '../catalogue/pack.ts'
import type { Int8Table, ScanTable } from '../math/scanner.ts'
import { addRowInto, dotWith } from './int8-rows.ts'
import type { WeightedRow } from './user-input.ts'

/**
 * out[j] += Σ over `folded`, i ≠ j, of weight · given_i · taken_j
 *
 * @param held `taken` as the scanner holds it; absent: read here
 */
export function addLatentInto(
  { given, taken }: LatentTerm,
  folded: readonly WeightedRow[],
  out: Float32Array,
  held?: ScanTable,
): void {
  const query = new Float32Array(given.dim)
  for (const { row, weight } of folded) addRowInto(given, row, { weight, out: query })
  if (held) {
    const said = new Float32Array(out.length)
    held.scanInto(query, said)
    for (let row = 0; row < out.length; row++) out[row] += said[row]
  } else {
    for (let row = 0; row < out.length; row++) out[row] += dotWith(taken, row, query)
  }
  for (const { row, weight } of folded) {
    out[row] -= weight * dotAcross(given, row, { table: taken, row })
  }
}

/** Dot product of a row of one table with a row of another. */
export function dotAcross(
  { dim, codes, scales }: Int8Table,
  row: number,
  other: { readonly table: Int8Table; readonly row: number },
): number {
  let sum = 0
  for (let d = 0; d < dim; d++) {
    sum += codes[row * dim + d] * other.table.codes[other.row * dim + d]
  }
  return sum * scales[row] * other.table.scales[other.row]
}
