import { assertLength } from '../errors.ts'

/** Pivots swept at once, and rows of a strip that stays in the fastest cache. */
const BLOCK = 64
const STRIP_ROWS = 32

/**
 * Inverts a symmetric positive definite matrix in place: a sweep of all its pivots.
 *
 * @param a row-major [n, n]; only the lower triangle is read, and becomes the inverse's
 */
export function invertSpd(a: Float64Array, n: number): void {
  assertLength('a', a, n * n)
  sweepSpd(a, n, { from: 0, to: n })
  for (let e = 0; e < a.length; e++) a[e] = -a[e]
}

/**
 * Sweeps the pivots `from` … `to` of a symmetric matrix in place, a block K after another
 * (Beaton 1964, in blocks):
 *
 *   D = A_KK⁻¹ · A_IJ ← A_IJ − A_IK·D·A_KJ · A_IK ← A_IK·D · A_KK ← −D
 *
 * A block at a time the matrix is walked once every BLOCK pivots, not once a pivot: memory
 * is what limits a large one. With the pivots 0 … p swept, the rows r ≥ p hold
 * a_r· ← (A_pp⁻¹·a_r)ᵀ in their first p columns: the ridge solution of each, with no
 * solve of its own. A sweep continues where an earlier one stopped.
 *
 * @param a row-major [rows, width], rows ≥ width: the first `width` rows are the symmetric
 *   part, of which the lower triangle is read and written; the others only its columns
 * @param range pivots, 0 ≤ from ≤ to ≤ width; those before `from` are swept already. The
 *   pivots' own part is positive definite
 */
export function sweepSpd(
  a: Float64Array,
  width: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const rows = width === 0 ? 0 : Math.floor(a.length / width)
  assertLength('a', a, Math.max(rows, width) * width)
  const shape = { rows, width }
  for (let start = from; start < to; start += BLOCK) {
    const size = Math.min(BLOCK, to - start)
    const columns = gatherColumns(a, shape, { start, size })
    const inverse = columns.slice(start * size, (start + size) * size)
    sweepPivots(inverse, size)
    const scaled = multiply(columns, inverse, { rows, size })
    subtractProducts(a, shape, { scaled, columns, size })
    scatterColumns(a, shape, { start, size, scaled, inverse })
  }
}

interface Shape {
  readonly rows: number
  readonly width: number
}

interface Block {
  /** First pivot. */
  readonly start: number
  readonly size: number
}

/** Row-major [rows, size]: columns `start` … of the symmetric matrix. */
function gatherColumns(
  a: Float64Array,
  { rows, width }: Shape,
  { start, size }: Block,
) {
  const columns = new Float64Array(rows * size)
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < size; c++) {
      const k = start + c
      columns[i * size + c] = i >= k ? a[i * width + k] : a[k * width + i]
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

/** Both row-major [rows, size]. */
interface Products {
  readonly scaled: Float64Array
  readonly columns: Float64Array
  readonly size: number
}

/**
 * a_ij −= scaled_i · columns_j over the lower triangle (and a little above it), in tiles of
 * 4 rows and 2 columns: their eight sums overlap in the processor, and each number loaded
 * is used several times.
 */
function subtractProducts(
  a: Float64Array,
  { rows, width }: Shape,
  products: Products,
): void {
  const { size } = products
  const sums = new Float64Array(8)
  for (let strip = 0; strip < width; strip += STRIP_ROWS) {
    const end = Math.min(width, strip + STRIP_ROWS)
    for (let i = strip; i < rows; i += 4) {
      const tall = Math.min(4, rows - i)
      for (let j = strip; j < end; j += 2) {
        const isWide = j + 1 < end
        const left = { at: i * size, tall }
        tileInto(sums, products, { left, r: j * size, s: (isWide ? j + 1 : j) * size })
        for (let t = 0; t < tall; t++) {
          const at = (i + t) * width + j
          a[at] -= sums[2 * t]
          if (isWide) a[at + 1] -= sums[2 * t + 1]
        }
      }
    }
  }
}

/** Products of up to four rows of `scaled` and two of `columns`; a missing row is the first. */
function tileInto(
  sums: Float64Array,
  { scaled, columns, size }: Products,
  at: {
    readonly left: { readonly at: number; readonly tall: number }
    readonly r: number
    readonly s: number
  },
): void {
  const { left, r, s } = at
  const p = left.at
  const q = left.tall > 1 ? p + size : p
  const t = left.tall > 2 ? p + 2 * size : p
  const u = left.tall > 3 ? p + 3 * size : p
  let [pr, ps, qr, qs, tr, ts, ur, us] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let c = 0; c < size; c++) {
    const x = columns[r + c]
    const y = columns[s + c]
    pr += scaled[p + c] * x
    ps += scaled[p + c] * y
    qr += scaled[q + c] * x
    qs += scaled[q + c] * y
    tr += scaled[t + c] * x
    ts += scaled[t + c] * y
    ur += scaled[u + c] * x
    us += scaled[u + c] * y
  }
  sums.set([pr, ps, qr, qs, tr, ts, ur, us])
}

function scatterColumns(
  a: Float64Array,
  { rows, width }: Shape,
  {
    start,
    size,
    scaled,
    inverse,
  }: Block & { readonly scaled: Float64Array; readonly inverse: Float64Array },
): void {
  for (let i = 0; i < rows; i++) {
    const isPivot = i >= start && i < start + size
    for (let c = 0; c < size; c++) {
      const k = start + c
      const value = isPivot ? -inverse[(i - start) * size + c] : scaled[i * size + c]
      a[i >= k ? i * width + k : k * width + i] = value
    }
  }
}
