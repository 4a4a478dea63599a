/** Float rows to int8 or 4-bit codes with one scale a row, and 4-bit codes to bytes. */
import { assertLength, HearthError } from '../errors.ts'
import type { Int8Table } from './scanner.ts'

/** Largest code of each width; symmetric, so that −x has the code of x negated. */
const INT8_MAX = 127
const INT4_MAX = 7

/**
 * Rounds each row to −127 … 127 with scale = max|row| / 127, so that each value is
 * within half a scale. The zero row has scale 0.
 *
 * @param values row-major [rows, dim], finite
 * @throws HearthError `bad-argument` for a wrong length or a value that is not finite
 */
export function quantiseRows(
  values: Float32Array,
  rows: number,
  dim: number,
): Int8Table {
  assertLength('values', values, rows * dim)
  const codes = new Int8Array(rows * dim)
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const from = values.subarray(row * dim, (row + 1) * dim)
    scales[row] = largest(from) / INT8_MAX
    roundInto(codes.subarray(row * dim, (row + 1) * dim), from, scales[row], INT8_MAX)
  }
  return { rows, dim, codes, scales }
}

/**
 * Rounds each row to −7 … 7, with the scale, of `SHRINKS` tried, that leaves the least
 * squared error: clipping the one or two largest values a little sharpens all others.
 *
 * @param values row-major [rows, dim], finite
 * @returns codes one a byte; pack them with `packNibbles`
 * @throws HearthError `bad-argument` for a wrong length or a value that is not finite
 */
export function quantiseRows4(
  values: Float32Array,
  rows: number,
  dim: number,
): Int8Table {
  assertLength('values', values, rows * dim)
  const codes = new Int8Array(rows * dim)
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const from = values.subarray(row * dim, (row + 1) * dim)
    scales[row] = bestScale(from, largest(from) / INT4_MAX)
    roundInto(codes.subarray(row * dim, (row + 1) * dim), from, scales[row], INT4_MAX)
  }
  return { rows, dim, codes, scales }
}

/** Shares of max/7 tried; for normal values the best is about 0.9. */
const SHRINKS = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.75, 0.7, 0.65, 0.6]

function bestScale(row: Float32Array, whole: number): number {
  let best = whole
  let least = Number.POSITIVE_INFINITY
  for (const shrink of SHRINKS) {
    const error = squaredError(row, whole * shrink)
    if (error >= least) continue
    least = error
    best = whole * shrink
  }
  return best
}

function squaredError(row: Float32Array, scale: number): number {
  if (scale === 0) return 0
  let error = 0
  for (let i = 0; i < row.length; i++) {
    error += (row[i] - clamp(Math.round(row[i] / scale), INT4_MAX) * scale) ** 2
  }
  return error
}

function largest(row: Float32Array): number {
  let max = 0
  for (let i = 0; i < row.length; i++) {
    const magnitude = Math.abs(row[i])
    if (!(magnitude < Number.POSITIVE_INFINITY)) {
      throw new HearthError(
        'bad-argument',
        `invalid value to quantise: got ${row[i]}, expected a finite number.`,
      )
    }
    if (magnitude > max) max = magnitude
  }
  return max
}

function roundInto(codes: Int8Array, row: Float32Array, scale: number, max: number) {
  if (scale === 0) return
  for (let i = 0; i < row.length; i++) {
    codes[i] = clamp(Math.round(row[i] / scale), max)
  }
}

function clamp(code: number, max: number): number {
  return Math.max(-max, Math.min(max, code))
}

/**
 * Signed 4-bit codes, two a byte: the even one in the low half. An odd last half is 0.
 *
 * @param codes [count], each −8 … 7 (only the low four bits are kept)
 * @returns [⌈count / 2⌉]
 */
export function packNibbles(codes: Int8Array): Uint8Array {
  const bytes = new Uint8Array((codes.length + 1) >> 1)
  for (let i = 0; i < codes.length; i++) {
    bytes[i >> 1] |= (codes[i] & 15) << ((i & 1) * 4)
  }
  return bytes
}

/**
 * The inverse of `packNibbles`.
 *
 * @param bytes [⌈count / 2⌉]
 * @returns [count], each −8 … 7
 * @throws HearthError `bad-argument` if `bytes` has another length
 */
export function unpackNibbles(bytes: Uint8Array, count: number): Int8Array {
  assertLength('bytes', bytes, (count + 1) >> 1)
  const codes = new Int8Array(count)
  // Shifting a half to the top and back carries its sign bit down.
  const even = count & ~1
  for (let i = 0; i < even; i += 2) {
    const byte = bytes[i >> 1]
    codes[i] = (byte << 28) >> 28
    codes[i + 1] = (byte << 24) >> 28
  }
  if (even < count) codes[even] = (bytes[even >> 1] << 28) >> 28
  return codes
}
