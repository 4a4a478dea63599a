/**
 * The weighted co-use matrix of the items, G = Xᵀ·W·X, in memory that threads share.
 *
 *   X [users, rows] 0/1 · W = diag(w_u) · w_u = |u|^(−2a), scaled to mean 1
 *
 * Dense float32 up to DENSE_ROWS rows; above, sparse rows that keep their strongest
 * entries within SPARSE_BYTES in all. Symmetric when dense; a sparse row may have lost
 * an entry that its mirror kept.
 */
import type { Positives } from '../../dataset/dataset.ts'

/** 12,000² float32 = 576 MB. */
const DENSE_ROWS = 12_000
/** Ceiling on the sparse form: 8 B an entry. */
const SPARSE_BYTES = 1.2e9

interface GramBase {
  readonly rows: number
  /** [rows] G_ii: the item's weighted number of users. */
  readonly diagonal: Float32Array
}

interface DenseGram extends GramBase {
  readonly kind: 'dense'
  /** Row-major [rows, rows]. */
  readonly values: Float32Array
}

interface SparseGram extends GramBase {
  readonly kind: 'sparse'
  /** [rows + 1]; up to 1.5·10⁸ entries. */
  readonly indptr: Uint32Array
  /** Sorted within a row; the diagonal is not stored. */
  readonly indices: Uint32Array
  readonly values: Float32Array
}

export type Gram = DenseGram | SparseGram

/**
 * @param power the a of w_u = |u|^(−2a), 0–1: how far heavy users are held back
 * @param denseRows default DENSE_ROWS
 */
export function buildGram(
  positives: Positives,
  power: number,
  denseRows = DENSE_ROWS,
): Gram {
  const weights = userWeights(positives, power)
  return positives.rowCount <= denseRows
    ? denseGram(positives, weights)
    : sparseGram(positives, weights)
}

/** [userCount]; users without positives weigh 0 and do not count in the mean. */
export function userWeights(positives: Positives, power: number): Float64Array {
  const weights = new Float64Array(positives.userCount)
  let sum = 0
  let active = 0
  for (let user = 0; user < weights.length; user++) {
    const size = positives.indptr[user + 1] - positives.indptr[user]
    if (size === 0) continue
    weights[user] = size ** (-2 * power)
    sum += weights[user]
    active++
  }
  return active === 0 ? weights : weights.map((w) => (w * active) / sum)
}

function denseGram(positives: Positives, weights: Float64Array): DenseGram {
  const { rowCount: n, indptr, rows, userCount } = positives
  const values = new Float32Array(new SharedArrayBuffer(n * n * 4))
  for (let user = 0; user < userCount; user++) {
    const weight = weights[user]
    for (let a = indptr[user]; a < indptr[user + 1]; a++) {
      const row = rows[a] * n // rows are sorted: this fills the lower triangle
      for (let b = indptr[user]; b <= a; b++) values[row + rows[b]] += weight
    }
  }
  const diagonal = sharedFloats(n)
  for (let i = 0; i < n; i++) {
    diagonal[i] = values[i * n + i]
    for (let j = 0; j < i; j++) values[j * n + i] = values[i * n + j]
  }
  return { kind: 'dense', rows: n, diagonal, values }
}

function sparseGram(positives: Positives, weights: Float64Array): SparseGram {
  const n = positives.rowCount
  const cap = Math.max(256, Math.floor(SPARSE_BYTES / 8 / n))
  const diagonal = weightedCounts(positives, weights)
  const sum = coUseSummer(positives, weights)
  const indptr = new Uint32Array(new SharedArrayBuffer((n + 1) * 4))
  for (let row = 0; row < n; row++) {
    indptr[row + 1] = indptr[row] + Math.min(cap, sum(row).touched.length)
  }
  const indices = new Uint32Array(new SharedArrayBuffer(indptr[n] * 4))
  const values = sharedFloats(indptr[n])
  for (let row = 0; row < n; row++) {
    const { touched, sums } = sum(row)
    const kept = strongest(touched, sums, { diagonal, cap })
    indices.set(kept, indptr[row])
    for (let e = 0; e < kept.length; e++) values[indptr[row] + e] = sums[kept[e]]
  }
  return { kind: 'sparse', rows: n, diagonal, indptr, indices, values }
}

/** A row's co-use sums and the other rows it touches; both are reused by the next call. */
function coUseSummer(positives: Positives, weights: Float64Array) {
  const { indptr, users } = usersOfRows(positives)
  const sums = new Float64Array(positives.rowCount)
  const list = new Uint32Array(positives.rowCount)
  let count = 0
  return (row: number) => {
    for (let t = 0; t < count; t++) sums[list[t]] = 0
    count = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const user = users[e]
      for (let p = positives.indptr[user]; p < positives.indptr[user + 1]; p++) {
        const other = positives.rows[p]
        if (other === row) continue
        if (sums[other] === 0) list[count++] = other
        sums[other] += weights[user]
      }
    }
    return { touched: list.subarray(0, count), sums }
  }
}

/** The `cap` rows with the largest G_ij · d_i^−½, sorted by row. */
function strongest(
  touched: Uint32Array,
  sums: Float64Array,
  { diagonal, cap }: { diagonal: Float32Array; cap: number },
): Uint32Array {
  if (touched.length <= cap) return touched.slice().sort()
  const order = Array.from(touched, (row) => ({
    row,
    strength: sums[row] / Math.sqrt(diagonal[row]),
  }))
  order.sort((a, b) => b.strength - a.strength || a.row - b.row)
  return Uint32Array.from(order.slice(0, cap), ({ row }) => row).sort()
}

/** The transpose of the positives: users of each row, sorted (CSR). */
function usersOfRows({ rowCount, userCount, indptr, rows }: Positives) {
  const starts = new Uint32Array(rowCount + 1)
  for (const row of rows) starts[row + 1]++
  for (let row = 0; row < rowCount; row++) starts[row + 1] += starts[row]
  const users = new Uint32Array(rows.length)
  const next = starts.slice(0, rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) users[next[rows[e]]++] = user
  }
  return { indptr: starts, users }
}

function weightedCounts(
  { rowCount, userCount, indptr, rows }: Positives,
  w: Float64Array,
) {
  const counts = sharedFloats(rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) counts[rows[e]] += w[user]
  }
  return counts
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4))
}
