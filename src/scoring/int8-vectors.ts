/** Arithmetic on single rows of an int8 table: too few to be worth a scan. */
import type { Int8Table } from '../math/scanner.ts'

/** out += weight · the table's row `index`, with out of length [dim]. */
export function addRowInto(
  { dim, codes, scales }: Int8Table,
  index: number,
  { weight, out }: { readonly weight: number; readonly out: Float32Array },
): void {
  const start = index * dim
  const factor = weight * scales[index]
  for (let d = 0; d < dim; d++) out[d] += factor * codes[start + d]
}

/** Dot product of two rows, exact on the quantised values. */
export function dotRows(table: Int8Table, a: number, b: number): number {
  return dotAcross(table, a, { table, index: b })
}

/** Dot product of a row of one table with a row of another of the same dim, as exact. */
export function dotAcross(
  { dim, codes, scales }: Int8Table,
  index: number,
  other: { readonly table: Int8Table; readonly index: number },
): number {
  const others = other.table.codes
  const a = index * dim
  const b = other.index * dim
  // Two int32 sums: no product leaves 32 bits, and the additions overlap.
  let s0 = 0
  let s1 = 0
  let d = 0
  for (; d + 1 < dim; d += 2) {
    s0 = (s0 + codes[a + d] * others[b + d]) | 0
    s1 = (s1 + codes[a + d + 1] * others[b + d + 1]) | 0
  }
  if (d < dim) s0 = (s0 + codes[a + d] * others[b + d]) | 0
  return (s0 + s1) * scales[index] * other.table.scales[other.index]
}

/** The row as floats, [dim]. */
export function readRow(table: Int8Table, index: number): Float32Array {
  const out = new Float32Array(table.dim)
  addRowInto(table, index, { weight: 1, out })
  return out
}

/** Dot product of one row with a float vector [dim]. */
export function dotWith(
  { dim, codes, scales }: Int8Table,
  index: number,
  vector: Float32Array,
): number {
  const start = index * dim
  let sum = 0
  for (let d = 0; d < dim; d++) sum += codes[start + d] * vector[d]
  return sum * scales[index]
}
