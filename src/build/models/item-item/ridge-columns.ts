/**
 * Sparse ridge, one column at a time: which items of a history predict target j.
 *
 *   candidates c of j = the K rows with the largest G_ij · d_i^−½, i ≠ j
 *   (G_cc + diag(ridge_c)) · w = G_cj
 *
 * No column depends on another, so ranges of columns run on any thread, all reading and
 * writing the same shared arrays.
 * Source: the local form of Steck 2019, Markov Random Fields for Collaborative
 * Filtering, with a fixed candidate set.
 */
import { solveSpdInto } from '../../../math/cholesky.ts'
import type { Gram } from './gram.ts'

/** All columns' supports and weights: column j is starts[j] … starts[j] + lengths[j]. */
export interface Columns {
  /** [columns + 1] room for each column. */
  readonly starts: Uint32Array
  /** [columns] entries in use. */
  readonly lengths: Uint32Array
  /** History rows, sorted within a column. */
  readonly indices: Uint32Array
  readonly values: Float32Array
  /** [columns] Σ w_i · G_ij: how much of G_jj the others account for. */
  readonly explained: Float32Array
}

export interface RidgeProblem {
  readonly gram: Gram
  /** [rows] added to the diagonal, > 0. */
  readonly ridge: Float32Array
  readonly columns: Columns
  /** Whether supports are to be chosen (filling each column's room) or are given. */
  readonly choosesCandidates: boolean
}

/** Columns taken at a time: small enough to share out, large enough to be worth it. */
const CHUNK = 64

/** Room for one column's system, whatever its size. */
interface Scratch {
  readonly matrix: Float64Array
  readonly right: Float64Array
  readonly wanted: Float64Array
}

/** Room to list the rows used together with one column. */
interface Candidates {
  readonly rows: Uint32Array
  readonly strengths: Float32Array
  /** [rows] d^−½ */
  readonly scale: Float32Array
}

/**
 * @param next [1] the first untaken column, shared by every thread on the problem
 * @returns a step that solves one chunk of columns, false when none was left
 */
export function columnSolver(problem: RidgeProblem, next: Int32Array): () => boolean {
  const { columns, gram } = problem
  const total = columns.lengths.length
  const room = largestRoom(columns.starts)
  const scratch: Scratch = {
    matrix: new Float64Array(room * room),
    right: new Float64Array(room),
    wanted: new Float64Array(room),
  }
  const near: Candidates = {
    rows: new Uint32Array(gram.rows),
    strengths: new Float32Array(gram.rows),
    scale: gram.diagonal.map((d) => (d > 0 ? 1 / Math.sqrt(d) : 0)),
  }
  return () => {
    const from = Atomics.add(next, 0, CHUNK)
    for (let column = from; column < Math.min(total, from + CHUNK); column++) {
      if (problem.choosesCandidates) chooseInto(problem, column, near)
      solveInto(problem, column, scratch)
    }
    return from < total
  }
}

function largestRoom(starts: Uint32Array) {
  let most = 0
  for (let j = 0; j + 1 < starts.length; j++) {
    most = Math.max(most, starts[j + 1] - starts[j])
  }
  return most
}

function chooseInto({ gram, columns }: RidgeProblem, column: number, near: Candidates) {
  const room = columns.starts[column + 1] - columns.starts[column]
  const count = positiveInto(gram, column, near)
  const strengths = near.strengths.subarray(0, count)
  // the room-th largest strength; ties at it go to the lower row
  const floor = count <= room ? 0 : strengths.slice().sort()[count - room]
  let ties = count <= room ? 0 : room - countAbove(strengths, floor)
  let end = columns.starts[column]
  for (let e = 0; e < count; e++) {
    if (strengths[e] < floor) continue
    if (strengths[e] === floor && ties-- <= 0) continue
    columns.indices[end++] = near.rows[e]
  }
  columns.lengths[column] = end - columns.starts[column]
}

/** Rows used together with `column` and their G_ij · d_i^−½. @returns how many */
function positiveInto(
  gram: Gram,
  column: number,
  { rows, strengths, scale }: Candidates,
) {
  const { indices, values } = gramRow(gram, column)
  let count = 0
  for (let e = 0; e < values.length; e++) {
    const row = indices ? indices[e] : e
    if (values[e] <= 0 || row === column) continue
    rows[count] = row
    strengths[count++] = values[e] * scale[row]
  }
  return count
}

function countAbove(values: Float32Array, floor: number) {
  let count = 0
  for (let e = 0; e < values.length; e++) if (values[e] > floor) count++
  return count
}

function gramRow(gram: Gram, row: number) {
  if (gram.kind === 'dense') {
    const values = gram.values.subarray(row * gram.rows, (row + 1) * gram.rows)
    return { indices: undefined, values }
  }
  const [from, to] = [gram.indptr[row], gram.indptr[row + 1]]
  return {
    indices: gram.indices.subarray(from, to),
    values: gram.values.subarray(from, to),
  }
}

function solveInto(
  { gram, ridge, columns }: RidgeProblem,
  column: number,
  { matrix, right, wanted }: Scratch,
) {
  const start = columns.starts[column]
  const size = columns.lengths[column]
  columns.explained[column] = 0
  if (size === 0) return
  const support = columns.indices.subarray(start, start + size)
  const a = matrix.subarray(0, size * size)
  const b = right.subarray(0, size)
  gatherInto(gram, column, { support, size, out: b, at: 0 })
  wanted.set(b)
  for (let i = 0; i < size; i++) {
    // the solver reads the lower triangle only
    gatherInto(gram, support[i], { support, size: i, out: a, at: i * size })
    a[i * size + i] = gram.diagonal[support[i]] + ridge[support[i]]
  }
  try {
    solveSpdInto(a, b, size)
  } catch {
    // a truncated sparse Gram may not be positive definite: then each entry is solved for alone
    for (let i = 0; i < size; i++) {
      b[i] = wanted[i] / (gram.diagonal[support[i]] + ridge[support[i]])
    }
  }
  columns.values.set(b, start)
  for (let i = 0; i < size; i++) columns.explained[column] += b[i] * wanted[i]
}

interface Gathered {
  readonly support: Uint32Array
  /** How many entries of `support` are wanted, from the first. */
  readonly size: number
  readonly out: Float64Array
  /** Where in `out` they go. */
  readonly at: number
}

/** out[at + e] = G[row, support[e]], 0 where the sparse form holds nothing. */
function gatherInto(gram: Gram, row: number, { support, size, out, at }: Gathered) {
  if (gram.kind === 'dense') {
    const base = row * gram.rows
    for (let e = 0; e < size; e++) out[at + e] = gram.values[base + support[e]]
    return
  }
  const { indices, values, indptr } = gram
  const end = indptr[row + 1]
  let next = indptr[row]
  for (let e = 0; e < size; e++) {
    next = lowerBound(indices, support[e], { from: next, to: end })
    out[at + e] = next < end && indices[next] === support[e] ? values[next] : 0
  }
}

/** First position of `wanted` or more in a sorted range: gallop, then halve. */
function lowerBound(
  sorted: Uint32Array,
  wanted: number,
  { from, to }: { from: number; to: number },
) {
  let step = 1
  let low = from
  while (low + step < to && sorted[low + step] < wanted) {
    low += step
    step *= 2
  }
  let high = Math.min(to, low + step)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}
