import { assertLength, HearthError } from '../errors.ts'

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
