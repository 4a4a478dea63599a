/**
 * The weighted co-use matrix of the items, G = Xᵀ·W·X, in memory that threads share.
 *
 *   X [users, rows] 0/1 · W = diag(w_u) · w_u = |u|^(−2a), scaled to mean 1
 *
 * Where events are of several strengths s, and settings weigh them, x = s^g in place of 1.
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

export interface GramSettings {
  /** The a of w_u = |u|^(−2a), 0–1: how far heavy users are held back. */
  readonly userPower: number
  /** The g of x = s^g, 0–1. Default 0: every positive is a 1. */
  readonly strengthPower?: number
}

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

/** @param denseRows default DENSE_ROWS */
export function buildGram(
  positives: Positives,
  { userPower, strengthPower = 0 }: GramSettings,
  denseRows = DENSE_ROWS,
): Gram {
  const weights = userWeights(positives, userPower)
  const weighted = {
    positives,
    weights,
    entries: entryWeights(positives, strengthPower),
  }
  return positives.rowCount <= denseRows ? denseGram(weighted) : sparseGram(weighted)
}

interface Weighted {
  readonly positives: Positives
  /** [userCount] */
  readonly weights: Float64Array
  /** [entries] x of each; absent: all are 1. */
  readonly entries: Float32Array | undefined
}

function entryWeights({ strengths }: Positives, power: number) {
  return power === 0 ? undefined : strengths?.map((strength) => strength ** power)
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

function denseGram({ positives, weights, entries }: Weighted): DenseGram {
  const { rowCount: n, indptr, rows, userCount } = positives
  const values = new Float32Array(new SharedArrayBuffer(n * n * 4))
  for (let user = 0; user < userCount; user++) {
    const weight = weights[user]
    for (let a = indptr[user]; a < indptr[user + 1]; a++) {
      const row = rows[a] * n // rows are sorted: this fills the lower triangle
      if (!entries) {
        for (let b = indptr[user]; b <= a; b++) values[row + rows[b]] += weight
        continue
      }
      const own = weight * entries[a]
      for (let b = indptr[user]; b <= a; b++) values[row + rows[b]] += own * entries[b]
    }
  }
  const diagonal = sharedFloats(n)
  for (let i = 0; i < n; i++) {
    diagonal[i] = values[i * n + i]
    for (let j = 0; j < i; j++) values[j * n + i] = values[i * n + j]
  }
  return { kind: 'dense', rows: n, diagonal, values }
}

function sparseGram(weighted: Weighted): SparseGram {
  const { positives } = weighted
  const n = positives.rowCount
  const cap = Math.max(256, Math.floor(SPARSE_BYTES / 8 / n))
  const diagonal = weightedCounts(weighted)
  const sum = coUseSummer(weighted)
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
function coUseSummer({ positives, weights, entries }: Weighted) {
  const { indptr, users, places } = usersOfRows(positives)
  const sums = new Float64Array(positives.rowCount)
  const list = new Uint32Array(positives.rowCount)
  let count = 0
  return (row: number) => {
    for (let t = 0; t < count; t++) sums[list[t]] = 0
    count = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const user = users[e]
      const weight = entries ? weights[user] * entries[places[e]] : weights[user]
      for (let p = positives.indptr[user]; p < positives.indptr[user + 1]; p++) {
        const other = positives.rows[p]
        if (other === row) continue
        if (sums[other] === 0) list[count++] = other
        sums[other] += entries ? weight * entries[p] : weight
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

/** The transpose of the positives: users of each row, sorted (CSR), and where they are there. */
function usersOfRows({ rowCount, userCount, indptr, rows }: Positives) {
  const starts = new Uint32Array(rowCount + 1)
  for (const row of rows) starts[row + 1]++
  for (let row = 0; row < rowCount; row++) starts[row + 1] += starts[row]
  const users = new Uint32Array(rows.length)
  const places = new Uint32Array(rows.length)
  const next = starts.slice(0, rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) {
      const at = next[rows[e]]++
      users[at] = user
      places[at] = e
    }
  }
  return { indptr: starts, users, places }
}

function weightedCounts({ positives, weights: w, entries }: Weighted) {
  const { rowCount, userCount, indptr, rows } = positives
  const counts = sharedFloats(rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) {
      counts[rows[e]] += entries ? w[user] * entries[e] ** 2 : w[user]
    }
  }
  return counts
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4))
}
