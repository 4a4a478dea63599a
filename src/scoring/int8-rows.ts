/** Single rows of an int8 table: too few to be worth a scan. */
import type { Int8Table } from '../math/scanner.ts'

/** out += weight · row, with out of length [dim]. */
export function addRowInto(
  { dim, codes, scales }: Int8Table,
  row: number,
  { weight, out }: { readonly weight: number; readonly out: Float32Array },
): void {
  const start = row * dim
  const factor = weight * scales[row]
  for (let d = 0; d < dim; d++) out[d] += factor * codes[start + d]
}

/** Dot product of two rows, exact on the quantised values. */
export function dotRows(
  { dim, codes, scales }: Int8Table,
  rowA: number,
  rowB: number,
): number {
  const a = rowA * dim
  const b = rowB * dim
  let sum = 0
  for (let d = 0; d < dim; d++) sum += codes[a + d] * codes[b + d]
  return sum * scales[rowA] * scales[rowB]
}

/** Cosine of two rows, −1 to 1; 0 if either is all zero. */
export function cosineRows(table: Int8Table, rowA: number, rowB: number): number {
  const squares = dotRows(table, rowA, rowA) * dotRows(table, rowB, rowB)
  return squares > 0 ? dotRows(table, rowA, rowB) / Math.sqrt(squares) : 0
}

/** The row as floats, [dim]. */
export function readRow(table: Int8Table, row: number): Float32Array {
  const out = new Float32Array(table.dim)
  addRowInto(table, row, { weight: 1, out })
  return out
}

/** Dot product of one row with a float vector [dim]. */
export function dotWith(
  { dim, codes, scales }: Int8Table,
  row: number,
  vector: Float32Array,
): number {
  const start = row * dim
  let sum = 0
  for (let d = 0; d < dim; d++) sum += codes[start + d] * vector[d]
  return sum * scales[row]
}
