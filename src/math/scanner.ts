/** The seam of the vector scan. Two implementations: WASM SIMD and plain JS. */

/** int8 vectors with one scale a row: value[row, d] = codes[row·dim + d] · scales[row]. */
export interface Int8Table {
  readonly rows: number
  readonly dim: number
  /** Row-major [rows, dim]. */
  readonly codes: Int8Array
  /** [rows] */
  readonly scales: Float32Array
}

/** A table the scanner holds in its own memory. */
export interface ScanTable {
  readonly rows: number
  readonly dim: number
  /**
   * Dot product of every row with `query` [dim], written into `out` [rows].
   * The query is quantised once to 12 bits, so each result is within
   * 2^-11 · max|query| · Σ|row| of the float product.
   */
  scanInto(query: Float32Array, out: Float32Array): void
}

export interface Scanner {
  readonly kind: 'simd' | 'js'
  /** Copies `table` into the scanner's memory. */
  hold(table: Int8Table): ScanTable
}
