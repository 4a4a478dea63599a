/** The vector scan, with two implementations: plain JS here, WASM SIMD in simd-scanner.ts. */
import { assertLength, HearthError } from '../errors.ts'

/** int8 vectors with one scale a row: value[row, d] = codes[row·dim + d] · scales[row]. */
export interface Int8Table {
  readonly rows: number
  readonly dim: number
  /** Row-major [rows, dim]. */
  readonly codes: Int8Array
  /** [rows] */
  readonly scales: Float32Array
}

/** A table that the scanner keeps in its own memory. */
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

/** 2047 · 128 · MAX_DIM still fits an int32 sum. */
const MAX_DIM = 8192

/** @throws HearthError `bad-argument` unless the table's arrays have the sizes it states */
export function assertTable({ rows, dim, codes, scales }: Int8Table) {
  if (!Number.isInteger(dim) || dim < 1 || dim > MAX_DIM) {
    throw new HearthError(
      'bad-argument',
      `invalid dim: got ${dim}, expected an integer from 1 to ${MAX_DIM}.`,
    )
  }
  assertLength('codes', codes, rows * dim)
  assertLength('scales', scales, rows)
}

/** Largest code of a 12-bit symmetric quantiser. */
const QUERY_MAX = 2047

/**
 * Rounds a query to −2047 … 2047, once for a whole scan. Both scanners call this, so
 * their integer sums are the same.
 *
 * @param query [dim], finite
 * @param codes [≥ dim], written from 0; the rest is left alone
 * @returns the scale: query[d] ≈ codes[d] · scale; 0 for the zero query
 * @throws HearthError `bad-argument` for a wrong length or a value that is not finite
 */
export function quantiseQueryInto(
  query: Float32Array,
  codes: Int16Array,
  dim: number,
): number {
  assertLength('query', query, dim)
  let max = 0
  let sum = 0
  for (let d = 0; d < dim; d++) {
    const magnitude = Math.abs(query[d])
    sum += magnitude
    if (magnitude > max) max = magnitude
  }
  if (!Number.isFinite(sum)) {
    throw new HearthError(
      'bad-argument',
      `invalid query: its sum of magnitudes is ${sum}, expected finite numbers.`,
    )
  }
  const factor = max > 0 ? QUERY_MAX / max : 0
  for (let d = 0; d < dim; d++) codes[d] = Math.round(query[d] * factor)
  return Math.fround(max / QUERY_MAX)
}

/**
 * The scan in plain JavaScript: the fallback of the SIMD kernel and its oracle. The
 * arithmetic is the same step by step, so the two agree bit for bit.
 */
export function createJsScanner(): Scanner {
  return { kind: 'js', hold }
}

function hold(table: Int8Table): ScanTable {
  assertTable(table)
  const { rows, dim } = table
  const codes = table.codes.slice()
  const scales = table.scales.slice()
  const queryCodes = new Int16Array(dim)
  return {
    rows,
    dim,
    scanInto(query, out) {
      assertLength('out', out, rows)
      const queryScale = quantiseQueryInto(query, queryCodes, dim)
      for (let row = 0; row < rows; row++) {
        const sum = dotCodes(codes, row * dim, queryCodes)
        out[row] = Math.fround(Math.fround(sum) * scales[row]) * queryScale
      }
    },
  }
}

function dotCodes(codes: Int8Array, start: number, query: Int16Array): number {
  let s0 = 0
  let s1 = 0
  let d = 0
  for (; d + 1 < query.length; d += 2) {
    s0 = (s0 + codes[start + d] * query[d]) | 0
    s1 = (s1 + codes[start + d + 1] * query[d + 1]) | 0
  }
  if (d < query.length) s0 = (s0 + codes[start + d] * query[d]) | 0
  return (s0 + s1) | 0
}
