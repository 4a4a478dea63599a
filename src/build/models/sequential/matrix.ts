/**
 * The rows of "what follows what", with a second hop:
 *
 *   A = W + b2 · R · rownorm(R)      R: the K largest of each row of W, diagonal 0
 *
 * so that an item also leads to what follows the items that follow it. Rows are made one
 * at a time; what is kept in memory is R and the largest entries of each row of A.
 *
 * What the second hop is worth: bench/RESULTS.md, *Next clicks*.
 */
import type { SparseRows } from '../../../pack/pack-source.ts'
import {
  clearSum,
  createFollow,
  emptySum,
  type Follow,
  findPostings,
  type Postings,
  type RowSum,
} from './follow.ts'
import type { Sequences } from './sequences.ts'
import type { SequenceSettings } from './settings.ts'

// The k-th largest of many numbers, without sorting them all.

/**
 * Hoare's quickselect with the middle element as pivot: linear on average.
 *
 * @param values the first `count` are looked at, and left in another order; none NaN
 * @param k 1 … count
 * @returns the k-th largest of them
 * Source: Hoare 1961, Algorithm 65 (Find).
 */
export function kthLargestInto(values: Float64Array, count: number, k: number): number {
  let low = 0
  let high = count - 1
  const place = k - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]
    let left = low
    let right = high
    while (left <= right) {
      while (values[left] > pivot) left++
      while (values[right] < pivot) right--
      if (left > right) break
      const kept = values[left]
      values[left++] = values[right]
      values[right--] = kept
    }
    if (place <= right) high = right
    else if (place >= left) low = left
    else break // between the two all are the pivot
  }
  return values[place]
}

// Which entries of a row are kept, and the rows so far as one sparse matrix.

/**
 * The columns of the `most` largest values above 0, rising; ties: the lower column wins.
 *
 * @param scratch [rows], overwritten
 */
function largestColumns(sum: RowSum, most: number, scratch: Float64Array): Uint32Array {
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
function writeRows(rowCount: number) {
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

interface MatrixOptions {
  /** Entries a row keeps at most, the largest. */
  readonly mostPerRow: number
  /** Rows to make; the others stay empty. Default all. */
  readonly only?: Uint8Array
  /** Of the same sequences, if the caller has them. */
  readonly postings?: Postings
}

/** @returns rows of kind `sequence`, unpruned but for `mostPerRow` */
export function buildSequenceMatrix(
  sequences: Sequences,
  settings: SequenceSettings,
  { mostPerRow, only, ...given }: MatrixOptions,
): SparseRows {
  const { rowCount } = sequences
  const postings = given.postings ?? findPostings(sequences)
  const follow = createFollow(sequences, postings, settings)
  const sum = emptySum(rowCount)
  const hop = settings.hop > 0 ? firstHops(follow, sum, settings) : undefined
  const written = writeRows(rowCount)
  const scratch = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    if (!only || only[row]) {
      follow(row, sum)
      if (hop) addSecondHop(row, sum, { hop, share: settings.hop })
      written.add(row, largestColumns(sum, mostPerRow, scratch), sum.values)
      clearSum(sum)
    }
  }
  return written.end()
}

/** R, `width` places a row. */
interface Hops {
  readonly width: number
  /** [rows] */
  readonly lengths: Uint32Array
  /** [rows, width] */
  readonly indices: Uint32Array
  /** [rows, width] */
  readonly values: Float32Array
  /** [rows] sum of the row's values. */
  readonly totals: Float64Array
}

function firstHops(
  follow: Follow,
  sum: RowSum,
  { hopNeighbours: width }: SequenceSettings,
): Hops {
  const rowCount = sum.values.length
  const hops = {
    width,
    lengths: new Uint32Array(rowCount),
    indices: new Uint32Array(rowCount * width),
    values: new Float32Array(rowCount * width),
    totals: new Float64Array(rowCount),
  }
  const scratch = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    follow(row, sum)
    const kept = largestColumns(sum, width, scratch)
    hops.lengths[row] = kept.length
    kept.forEach((column, c) => {
      hops.indices[row * width + c] = column
      hops.values[row * width + c] = sum.values[column]
      hops.totals[row] += sum.values[column]
    })
    clearSum(sum)
  }
  return hops
}

/** sum += share · (R · rownorm(R))'s row, but for the row itself. */
function addSecondHop(
  row: number,
  sum: RowSum,
  { hop, share }: { readonly hop: Hops; readonly share: number },
): void {
  const { width, lengths, indices, values: weights, totals } = hop
  const { values, touched } = sum
  let { count } = sum
  const start = row * width
  for (let a = start; a < start + lengths[row]; a++) {
    const middle = indices[a]
    if (totals[middle] === 0) continue
    const factor = (share * weights[a]) / totals[middle]
    const from = middle * width
    for (let b = from; b < from + lengths[middle]; b++) {
      const column = indices[b]
      if (column === row) continue
      if (values[column] === 0) touched[count++] = column
      values[column] += factor * weights[b]
    }
  }
  sum.count = count
}

// Keeps the entries worth their bytes, over the whole matrix at once. An entry is worth
// (f_i + 1)^⅓ · A_ij / Σ_j A_ij
// that is, its share of row i, more where i is met more often: between a share alone and the
// number of visitors it would serve. On click sessions a third beat 0, ½ and
// 1 on validation, and all of them the same number of entries in every row.

/** Of the mean entries of a row: what each keeps at least, if it has so many. */
const MIN_SHARE = 0.25
const MAX_CERTAIN = 8
const FREQUENCY_POWER = 1 / 3

interface PruneOptions {
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
  const certain = Math.min(MAX_CERTAIN, Math.floor(MIN_SHARE * mean))
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
