/** What brings values to weighted standard scores: (value − mean) · factor. */
export interface Standard {
  readonly mean: number
  readonly factor: number
}

/**
 * Mean, and weight / sd (of the whole, not a sample).
 *
 * All-equal values carry no order, so their factor is 0, as it is for a single value.
 */
export function standardOf(values: Float32Array, weight: number): Standard {
  const count = values.length
  if (count === 0) return NOTHING
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
  if (!(sd > Math.abs(mean) * EQUAL)) return NOTHING
  return { mean, factor: weight / sd }
}

const NOTHING: Standard = { mean: 0, factor: 0 }
/** Leaves values alone. */
export const AS_IT_IS: Standard = { mean: 0, factor: 1 }

/**
 * Turns values into weighted standard scores in place, see `standardOf`.
 *
 * @returns the same array
 */
export function standardiseInto(values: Float32Array, weight: number): Float32Array {
  const { mean, factor } = standardOf(values, weight)
  if (factor === 0) return values.fill(0)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) * factor
  return values
}

/** Spread over mean under which values count as equal; float64 sums are good to ~1e-13. */
const EQUAL = 1e-12
