/**
 * Turns values into weighted standard scores in place.
 *
 *   values[i] ← weight · (values[i] − mean) / sd      (sd of the whole, not a sample)
 *
 * All-equal values carry no order, so they become zeros, as does a single value.
 *
 * @returns the same array
 */
export function standardiseInto(values: Float32Array, weight: number): Float32Array {
  const count = values.length
  if (count === 0) return values
  // Both moments in one pass: taken about the first value, equal values have none at all.
  const origin = values[0]
  let sum = 0
  let square = 0
  for (let i = 0; i < count; i++) {
    const apart = values[i] - origin
    sum += apart
    square += apart * apart
  }
  const shift = sum / count
  const mean = origin + shift
  const sd = Math.sqrt(Math.max(0, square / count - shift * shift))
  // Below float32's own rounding of the mean, the spread is noise, not order.
  if (!(sd > Math.abs(mean) * EQUAL)) return values.fill(0)
  const factor = weight / sd
  for (let i = 0; i < count; i++) values[i] = (values[i] - mean) * factor
  return values
}

/** Spread over mean under which values count as equal; float64 sums are good to ~1e-13. */
const EQUAL = 1e-12
