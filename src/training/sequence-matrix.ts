/**
 * The rows of "what follows what", with a second hop:
 *
 *   A = W + b2 · R · rownorm(R)      R: the K largest of each row of W, diagonal 0
 *
 * so that an item also speaks for what follows the items that follow it. Rows are made one
 * at a time; what is kept in memory is R and the largest entries of each row of A.
 *
 * Source: SCIENCE, *Click sessions*.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import {
  clearSum,
  createFollow,
  emptySum,
  type Follow,
  findPostings,
  type Postings,
  type RowSum,
} from './sequence-follow.ts'
import { largestColumns, writeRows } from './sequence-keep.ts'
import type { Sequences } from './sequence-orders.ts'
import type { SequenceSettings } from './sequence-settings.ts'

export interface MatrixOptions {
  /** Entries a row keeps at most, the largest. */
  readonly mostPerRow: number
  /** Rows to make; the others stay empty. Default all. */
  readonly only?: Uint8Array
  /** Of the same sequences, if the caller has them. */
  readonly postings?: Postings
  readonly onProgress?: (done: number) => void
}

/** Rows between two words of progress. */
const PROGRESS_ROWS = 4096

/** @returns rows of kind `sequence`, unpruned but for `mostPerRow` */
export function buildSequenceMatrix(
  sequences: Sequences,
  settings: SequenceSettings,
  { mostPerRow, only, onProgress, ...given }: MatrixOptions,
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
    if (row % PROGRESS_ROWS === 0) onProgress?.(row / rowCount)
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
