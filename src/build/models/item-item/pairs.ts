/**
 * Columns of a ridge → the symmetric matrix behind them.
 *
 * The inverse P of a matrix G + Λ gives every column of the ridge at once,
 * w_ij = −P_ij / P_jj, and P is symmetric. So a column gives, for i and j,
 *
 *   s_ij = −P_ij / √(P_ii · P_jj) = w_ij · √(P_jj / P_ii)        s_ij = s_ji
 *
 * their partial correlation. Columns solved one by one on candidates of their own give
 * two estimates of it, or one; the mean of the two is better than either, and one number
 * serves both directions. P_jj = 1 / (G_jj + Λ_jj − Σ_i w_ij·G_ij).
 * Source: Steck 2019, Markov Random Fields for Collaborative Filtering, for the form of w.
 */
import type { Columns } from './ridge-columns.ts'

/** A symmetric matrix in CSR, both directions; nothing on the diagonal. */
export interface Pairs {
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Rising within a row. */
  readonly indices: Uint32Array
  /** s */
  readonly strengths: Float32Array
}

/** [rows] P_jj; 0 for an item without users. */
export function precisionOf(
  columns: Columns,
  diagonal: Float32Array,
  ridge: Float32Array,
): Float32Array {
  return diagonal.map((d, row) => {
    if (d <= 0) return 0
    const whole = d + ridge[row]
    // what is explained is less than d but for rounding; the ridge keeps its share
    return 1 / Math.max(whole - columns.explained[row], 1e-3 * whole)
  })
}

/** The mean of the columns of i and of j at each other, where either has an entry. */
export function symmetrise(columns: Columns, precision: Float32Array): Pairs {
  const own = strengthsOf(columns, precision)
  const others = transpose(own)
  const count = precision.length
  const indptr = new Uint32Array(count + 1)
  for (let row = 0; row < count; row++) {
    let size = 0
    mergeRow(own, others, row, () => size++)
    indptr[row + 1] = indptr[row] + size
  }
  const indices = new Uint32Array(indptr[count])
  const strengths = new Float32Array(indptr[count])
  let at = 0
  for (let row = 0; row < count; row++) {
    mergeRow(own, others, row, (index, strength) => {
      indices[at] = index
      strengths[at++] = strength
    })
  }
  return { indptr, indices, strengths }
}

/** Calls `onPair` with the indices of either row in order, and the mean of the strengths there. */
function mergeRow(
  a: Pairs,
  b: Pairs,
  row: number,
  onPair: (index: number, strength: number) => void,
) {
  let [p, q] = [a.indptr[row], b.indptr[row]]
  const [endA, endB] = [a.indptr[row + 1], b.indptr[row + 1]]
  while (p < endA || q < endB) {
    const first = p < endA ? a.indices[p] : Infinity
    const second = q < endB ? b.indices[q] : Infinity
    if (first === second) onPair(first, (a.strengths[p++] + b.strengths[q++]) / 2)
    else if (first < second) onPair(first, a.strengths[p++])
    else onPair(second, b.strengths[q++])
  }
}

/** The columns close together, w as s. */
function strengthsOf(
  { starts, lengths, indices, values }: Columns,
  precision: Float32Array,
): Pairs {
  const roots = precision.map(Math.sqrt)
  const indptr = new Uint32Array(lengths.length + 1)
  lengths.forEach((length, column) => {
    indptr[column + 1] = indptr[column] + length
  })
  const out = {
    indptr,
    indices: new Uint32Array(indptr[lengths.length]),
    strengths: new Float32Array(indptr[lengths.length]),
  }
  for (let column = 0; column < lengths.length; column++) {
    const shift = starts[column] - indptr[column]
    for (let e = indptr[column]; e < indptr[column + 1]; e++) {
      const row = indices[e + shift]
      out.indices[e] = row
      out.strengths[e] = (values[e + shift] * roots[column]) / roots[row]
    }
  }
  return out
}

function transpose({ indptr, indices, strengths }: Pairs): Pairs {
  const count = indptr.length - 1
  const starts = new Uint32Array(count + 1)
  for (const index of indices) starts[index + 1]++
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row]
  const next = starts.slice(0, count)
  const out = {
    indptr: starts,
    indices: new Uint32Array(indices.length),
    strengths: new Float32Array(indices.length),
  }
  for (let row = 0; row < count; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const at = next[indices[e]]++
      out.indices[at] = row
      out.strengths[at] = strengths[e]
    }
  }
  return out
}

// Keeps the pairs worth their bytes, over the whole matrix at once: an item that is easy to
// predict needs few, a hard one many.

/** Pairs an item keeps at least, if it has them. */
const MIN_PAIRS = 4

/**
 * Keeps about `perItem` · items entries (half as many pairs): those with the largest
 * s_ij · √(d_i·d_j)^½, and the MIN_PAIRS largest of each item. Pairs ≤ 0 never stay: the pack
 * cannot hold them.
 *
 * @param diagonal [rows] d
 */
export function prunePairs(
  pairs: Pairs,
  diagonal: Float32Array,
  perItem: number,
): Pairs {
  const { indptr, indices, strengths } = pairs
  const rows = indptr.length - 1
  const weight = diagonal.map((d) => d ** 0.25)
  const worth = strengths.slice()
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      worth[e] *= weight[row] * weight[indices[e]]
    }
  }
  const floor = floorOf(worth, Math.round(perItem * rows))
  const least = leastOf(indptr, worth)
  const isKept = (row: number, e: number) =>
    worth[e] > 0 &&
    (worth[e] >= floor || worth[e] >= least[row] || worth[e] >= least[indices[e]])
  return filter(pairs, isKept)
}

/** The worth of the `count`th best; 0 if all may stay. */
function floorOf(worth: Float32Array, count: number): number {
  if (count >= worth.length) return 0
  if (count <= 0) return Infinity
  return worth.slice().sort()[worth.length - count]
}

/** [rows] The worth of each row's MIN_PAIRS-th best. */
function leastOf(indptr: Uint32Array, worth: Float32Array): Float32Array {
  const least = new Float32Array(indptr.length - 1)
  for (let row = 0; row < least.length; row++) {
    const sorted = worth.slice(indptr[row], indptr[row + 1]).sort()
    least[row] = sorted.length > MIN_PAIRS ? sorted[sorted.length - MIN_PAIRS] : 0
  }
  return least
}

function filter(
  { indptr, indices, strengths }: Pairs,
  isKept: (row: number, entry: number) => boolean,
): Pairs {
  const kept = new Uint8Array(indices.length)
  const starts = new Uint32Array(indptr.length)
  for (let row = 0; row + 1 < indptr.length; row++) {
    let size = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      if (isKept(row, e)) kept[e] = 1
      size += kept[e]
    }
    starts[row + 1] = starts[row] + size
  }
  return {
    indptr: starts,
    indices: indices.filter((_, e) => kept[e] === 1),
    strengths: strengths.filter((_, e) => kept[e] === 1),
  }
}
