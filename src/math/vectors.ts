import { assertLength } from '../errors.ts'

/**
 * Σ a[i]·b[i], summed in float64 by four running sums.
 *
 * @param a [dim]
 * @param b [dim]
 * @returns 0 for empty vectors; NaN if either holds NaN
 * @throws HearthError `bad-argument` if the lengths differ
 */
export function dot(a: Float32Array, b: Float32Array): number {
  assertLength('b', b, a.length)
  // Four independent sums let the processor overlap the additions.
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i] * b[i]
    s1 += a[i + 1] * b[i + 1]
    s2 += a[i + 2] * b[i + 2]
    s3 += a[i + 3] * b[i + 3]
  }
  for (; i < a.length; i++) s0 += a[i] * b[i]
  return s0 + s1 + (s2 + s3)
}

/**
 * Cosine of the angle between two vectors, in [−1, 1]; 0 if either is the zero vector.
 *
 * @param a [dim]
 * @param b [dim]
 * @throws HearthError `bad-argument` if the lengths differ
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b))
  const product = dot(a, b)
  if (lengths === 0) return 0
  return Math.max(-1, Math.min(1, product / lengths))
}

/**
 * Scales a vector to length 1 in place; the zero vector stays zero.
 *
 * @returns the same array
 */

export function normaliseInto(v: Float32Array): Float32Array {
  let square = 0
  for (let i = 0; i < v.length; i++) square += v[i] * v[i]
  if (square === 0) return v
  const factor = 1 / Math.sqrt(square)
  for (let i = 0; i < v.length; i++) v[i] *= factor
  return v
}

/** A copy of `v` scaled to length 1; the zero vector gives a zero vector. */
export function unit(v: Float32Array): Float32Array {
  return normaliseInto(v.slice())
}
