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
