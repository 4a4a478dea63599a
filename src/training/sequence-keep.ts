/** Which entries of a row are kept, and the rows so far as one sparse matrix. */
import type { SparseRows } from '../catalogue/pack-source.ts'
import type { RowSum } from './sequence-follow.ts'
import { kthLargestInto } from './sequence-largest.ts'

/**
 * The columns of the `most` largest values above 0, rising; ties: the lower column wins.
 *
 * @param scratch [rows], overwritten
 */
export function largestColumns(
  sum: RowSum,
  most: number,
  scratch: Float64Array,
): Uint32Array {
  const { values, touched } = sum
  let above = 0
  for (let t = 0; t < sum.count; t++) {
    const value = values[touched[t]]
    if (value > 0) scratch[above++] = value
  }
  if (above <= most) return columnsWhere(sum, above, (value) => value > 0)
  const least = kthLargestInto(scratch, above, most)
  let larger = 0
  for (let t = 0; t < sum.count; t++) if (values[touched[t]] > least) larger++
  const kept = new Uint32Array(most)
  kept.set(columnsWhere(sum, larger, (value) => value > least))
  const tied = columnsWhere(sum, sum.count, (value) => value === least)
  kept.set(tied.subarray(0, most - larger), larger)
  return kept.sort()
}

/** Touched columns that pass, rising; `room` is enough for them. */
function columnsWhere(
  { values, touched, count }: RowSum,
  room: number,
  passes: (value: number) => boolean,
): Uint32Array {
  const columns = new Uint32Array(room)
  let end = 0
  for (let t = 0; t < count; t++) {
    if (passes(values[touched[t]])) columns[end++] = touched[t]
  }
  return columns.subarray(0, end).sort()
}

/** Rows put one after another, in rising order; a row that is left out stays empty. */
export function writeRows(rowCount: number) {
  let indices = new Uint32Array(rowCount)
  let values = new Float32Array(rowCount)
  const indptr = new Uint32Array(rowCount + 1)
  let end = 0
  let ended = 0
  const close = (row: number) => {
    while (ended < row) indptr[++ended] = end
  }
  return {
    /** @param from [rows], read at `columns` */
    add(row: number, columns: Uint32Array, from: Float64Array) {
      close(row)
      if (end + columns.length > indices.length) {
        const room = Math.max(2 * indices.length, end + columns.length)
        indices = grown(indices, new Uint32Array(room))
        values = grown(values, new Float32Array(room))
      }
      for (const column of columns) {
        indices[end] = column
        values[end++] = from[column]
      }
    },
    /** The matrix, whose arrays are its own. */
    end(): SparseRows {
      close(rowCount)
      return {
        kind: 'sequence',
        rows: rowCount,
        columns: rowCount,
        indptr,
        indices: indices.slice(0, end),
        values: values.slice(0, end),
      }
    },
  }
}

function grown<A extends Uint32Array | Float32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
