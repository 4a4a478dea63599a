/**
 * Keeps the entries worth their bytes, over the whole matrix at once. An entry is worth
 *
 *   (f_i + 1)^⅓ · A_ij / Σ_j A_ij
 *
 * that is, its share of what item i says, more where i is met more often: between a share
 * alone and the number of visitors it would serve. On click sessions a third beat 0, ½ and
 * 1 on validation, and all of them the same number of entries in every row.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { kthLargestInto } from './sequence-largest.ts'

/** Of the mean entries of a row: what each keeps at least, if it has so many. */
const LEAST_SHARE = 0.25
const MOST_CERTAIN = 8
const FREQUENCY_POWER = 1 / 3

export interface PruneOptions {
  /** Entries to keep in all. */
  readonly entries: number
  /** [rows] events on each item. */
  readonly frequencies: Uint32Array
}

/** @returns the same rows with about `entries` entries, the largest few of each among them */
export function pruneSequence(
  rows: SparseRows,
  { entries, frequencies }: PruneOptions,
): SparseRows {
  if (entries >= rows.values.length) return rows
  const mean = entries / rows.rows
  const certain = Math.min(MOST_CERTAIN, Math.floor(LEAST_SHARE * mean))
  const worth = worthOf(rows, frequencies, certain)
  const least = kthLargestInto(worth.slice(), worth.length, Math.max(1, entries))
  const indptr = new Uint32Array(rows.rows + 1)
  const indices = new Uint32Array(rows.values.length)
  const values = new Float32Array(rows.values.length)
  let end = 0
  for (let row = 0; row < rows.rows; row++) {
    for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
      if (worth[e] < least) continue
      indices[end] = rows.indices[e]
      values[end++] = rows.values[e]
    }
    indptr[row + 1] = end
  }
  return {
    ...rows,
    indptr,
    indices: indices.slice(0, end),
    values: values.slice(0, end),
  }
}

/** [entries], Infinity for the largest of each row. */
function worthOf(
  { rows, indptr, values }: SparseRows,
  frequencies: Uint32Array,
  certain: number,
): Float64Array {
  const worth = new Float64Array(values.length)
  const scratch = new Float64Array(
    indptr.reduce(
      (most, end, row) => Math.max(most, end - (indptr[row - 1] ?? end)),
      0,
    ),
  )
  for (let row = 0; row < rows; row++) {
    const start = indptr[row]
    const length = indptr[row + 1] - start
    if (length === 0) continue
    let sum = 0
    for (let e = 0; e < length; e++) {
      scratch[e] = values[start + e]
      sum += scratch[e]
    }
    const least =
      certain > 0
        ? kthLargestInto(scratch, length, Math.min(certain, length))
        : Infinity
    const factor = (frequencies[row] + 1) ** FREQUENCY_POWER / (sum || 1)
    for (let e = start; e < start + length; e++) {
      worth[e] = values[e] >= least ? Infinity : values[e] * factor
    }
  }
  return worth
}
