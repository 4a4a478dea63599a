import { assertLength } from '../errors.ts'

/** Pivots swept at once, and rows of the panel that stay in the fastest cache. */
const BLOCK = 64
const PANEL_ROWS = 32

/**
 * Inverts a symmetric positive definite matrix in place, sweeping a block of pivots K
 * after another over its lower triangle (Beaton 1964, in blocks):
 *
 *   D = A_KK⁻¹ · A_IJ ← A_IJ − A_IK·D·A_KJ · A_IK ← A_IK·D · A_KK ← −D
 *
 * which leaves −A⁻¹. A block at a time the matrix is walked once every BLOCK pivots, not
 * once a pivot: memory is what limits a large one.
 *
 * @param a row-major [n, n]; only the lower triangle is read, and becomes the inverse's
 */
export function invertSpd(a: Float64Array, n: number): void {
  assertLength('a', a, n * n)
  for (let start = 0; start < n; start += BLOCK) {
    const size = Math.min(BLOCK, n - start)
    const columns = gatherColumns(a, n, { start, size })
    const inverse = columns.slice(start * size, (start + size) * size)
    sweepPivots(inverse, size)
    const scaled = multiply(columns, inverse, { rows: n, size })
    subtractProducts(a, n, { scaled, columns, size })
    scatterColumns(a, n, { start, size, scaled, inverse })
  }
  for (let e = 0; e < a.length; e++) a[e] = -a[e]
}

interface Block {
  /** First pivot. */
  readonly start: number
  readonly size: number
}

/** Row-major [n, size]: columns `start` … of the symmetric matrix. */
function gatherColumns(a: Float64Array, n: number, { start, size }: Block) {
  const columns = new Float64Array(n * size)
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < size; c++) {
      const k = start + c
      columns[i * size + c] = i >= k ? a[i * n + k] : a[k * n + i]
    }
  }
  return columns
}

/** The unblocked sweep: [size, size], full and symmetric → its inverse, full. */
function sweepPivots(a: Float64Array, size: number): void {
  const column = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const pivot = 1 / a[k * size + k]
    for (let i = 0; i < size; i++) column[i] = i === k ? 0 : a[i * size + k]
    for (let i = 0; i < size; i++) {
      const factor = column[i] * pivot
      for (let j = 0; j < size; j++) a[i * size + j] -= factor * column[j]
    }
    for (let i = 0; i < size; i++) {
      a[i * size + k] = column[i] * pivot
      a[k * size + i] = column[i] * pivot
    }
    a[k * size + k] = -pivot
  }
  for (let e = 0; e < a.length; e++) a[e] = -a[e]
}

/** [rows, size] · [size, size] */
function multiply(
  x: Float64Array,
  y: Float64Array,
  { rows, size }: { readonly rows: number; readonly size: number },
): Float64Array {
  const out = new Float64Array(rows * size)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < size; k++) {
      const factor = x[i * size + k]
      for (let c = 0; c < size; c++) out[i * size + c] += factor * y[k * size + c]
    }
  }
  return out
}

/** a_ij −= scaled_i · columns_j over the lower triangle (and a little above it). */
function subtractProducts(
  a: Float64Array,
  n: number,
  {
    scaled,
    columns,
    size,
  }: {
    readonly scaled: Float64Array
    readonly columns: Float64Array
    readonly size: number
  },
): void {
  for (let panel = 0; panel < n; panel += PANEL_ROWS) {
    const end = Math.min(n, panel + PANEL_ROWS)
    for (let i = panel; i < n; i += 2) {
      // an odd last row stands in for its missing neighbour and is written once
      const p = i * size
      const q = i + 1 < n ? p + size : p
      for (let j = panel; j < end; j += 2) {
        const r = j * size
        const s = j + 1 < end ? r + size : r
        let [pr, ps, qr, qs] = [0, 0, 0, 0]
        for (let c = 0; c < size; c++) {
          pr += scaled[p + c] * columns[r + c]
          ps += scaled[p + c] * columns[s + c]
          qr += scaled[q + c] * columns[r + c]
          qs += scaled[q + c] * columns[s + c]
        }
        a[i * n + j] -= pr
        if (s > r) a[i * n + j + 1] -= ps
        if (q > p) a[(i + 1) * n + j] -= qr
        if (q > p && s > r) a[(i + 1) * n + j + 1] -= qs
      }
    }
  }
}

function scatterColumns(
  a: Float64Array,
  n: number,
  {
    start,
    size,
    scaled,
    inverse,
  }: Block & { readonly scaled: Float64Array; readonly inverse: Float64Array },
): void {
  for (let i = 0; i < n; i++) {
    const isPivot = i >= start && i < start + size
    for (let c = 0; c < size; c++) {
      const k = start + c
      const value = isPivot ? -inverse[(i - start) * size + c] : scaled[i * size + c]
      a[i >= k ? i * n + k : k * n + i] = value
    }
  }
}
