/**
 * An order of rows that brings paired rows close together, so that the gaps between the
 * entries of a row are small and cheap to write.
 *
 * Recursive bisection: halve the rows, then swap rows between the halves while that
 * lowers Σ over all rows q of cost(l_q) + cost(r_q), with l and r the entries of q in each
 * half and cost(x) = −x·log2(x + 1) (but for a constant); then each half the same way.
 * Source: Dhulipala et al. 2016, Compressing Graphs and Indexes with Recursive Graph
 * Bisection (KDD).
 */
import type { Pairs } from './pairs.ts'

/** Halves at least this large are still split. */
const MIN_ROWS = 16
/** Rounds of swaps a split at most. */
const ROUNDS = 10
/** A round that swaps a smaller share is the last. */
const MIN_SWAPPED = 0.005

interface Work {
  readonly pairs: Omit<Pairs, 'strengths'>
  readonly order: Uint32Array
  /** [rows] entries of each row in the left half, and in the right. */
  readonly left: Uint32Array
  readonly right: Uint32Array
  /** [rows] by row. */
  readonly gains: Float64Array
  /** x·log2(x + 1) one step on: what the next entry in a half saves. */
  readonly saved: Float64Array
}

/** @returns [rows] the row at each position */
export function orderRows(pairs: Omit<Pairs, 'strengths'>): Uint32Array {
  const rows = pairs.indptr.length - 1
  let most = 0
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, pairs.indptr[row + 1] - pairs.indptr[row])
  }
  const cost = (x: number) => x * Math.log2(x + 1)
  const work: Work = {
    pairs,
    order: Uint32Array.from({ length: rows }, (_, row) => row),
    left: new Uint32Array(rows),
    right: new Uint32Array(rows),
    gains: new Float64Array(rows),
    saved: Float64Array.from({ length: most + 1 }, (_, x) => cost(x + 1) - cost(x)),
  }
  const ranges = [[0, rows]]
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    const [from, to] = range
    if (to - from < 2 * MIN_ROWS) continue
    const middle = (from + to) >> 1
    bisect(work, from, middle, to)
    ranges.push([from, middle], [middle, to])
  }
  return work.order
}

function bisect(work: Work, from: number, middle: number, to: number) {
  const halves = {
    left: work.order.subarray(from, middle),
    right: work.order.subarray(middle, to),
  }
  for (let round = 0; round < ROUNDS; round++) {
    countInto(work, halves.left, work.left)
    countInto(work, halves.right, work.right)
    gainsInto(work, halves.left, work.left, work.right)
    gainsInto(work, halves.right, work.right, work.left)
    clear(work, halves)
    const swapped = swap(work.gains, halves)
    if (swapped < MIN_SWAPPED * (to - from)) break
  }
}

interface Halves {
  readonly left: Uint32Array
  readonly right: Uint32Array
}

function countInto({ pairs }: Work, half: Uint32Array, counts: Uint32Array) {
  const { indptr, indices } = pairs
  for (const row of half) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) counts[indices[e]]++
  }
}

/** What moving each row of a half to the other one saves. */
function gainsInto(
  { pairs, gains, saved }: Work,
  half: Uint32Array,
  here: Uint32Array,
  there: Uint32Array,
) {
  const { indptr, indices } = pairs
  for (const row of half) {
    let gain = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      gain += saved[there[indices[e]]] - saved[here[indices[e]] - 1]
    }
    gains[row] = gain
  }
}

function clear({ pairs, left, right }: Work, halves: Halves) {
  const { indptr, indices } = pairs
  for (const half of [halves.left, halves.right]) {
    for (const row of half) {
      for (let e = indptr[row]; e < indptr[row + 1]; e++) {
        left[indices[e]] = 0
        right[indices[e]] = 0
      }
    }
  }
}

/** Swaps the rows that gain most, pair by pair, while the two gain together. */
function swap(gains: Float64Array, { left, right }: Halves): number {
  const byGain = (a: number, b: number) => gains[b] - gains[a] || a - b
  left.sort(byGain)
  right.sort(byGain)
  let swapped = 0
  while (
    swapped < left.length &&
    swapped < right.length &&
    gains[left[swapped]] + gains[right[swapped]] > 0
  ) {
    const row = left[swapped]
    left[swapped] = right[swapped]
    right[swapped++] = row
  }
  return swapped
}
