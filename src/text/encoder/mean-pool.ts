/**
 * Turns one text's token states into one unit vector.
 *
 *   states [tokens, dim] · mask [tokens]  →  vector [dim], ‖vector‖₂ = 1
 *
 * Padding tokens (mask 0) carry no weight. A text with no real token has no
 * direction, so it yields the zero vector and scores 0 against everything.
 *
 * Source: Reimers & Gurevych 2019, Sentence-BERT (arXiv:1908.10084), §3, MEAN.
 */
import { assertLength, HearthError } from '../../errors.ts'

/**
 * Mean of the unmasked token states, scaled to unit length.
 *
 * @param states row-major [mask.length, dim]
 * @param mask 1 for a real token, 0 for padding
 * @throws HearthError `bad-argument` if the shapes disagree
 */
export function meanPool(
  states: Float32Array,
  mask: ArrayLike<number>,
  dim: number,
): Float32Array {
  if (!Number.isInteger(dim) || dim < 1) {
    throw new HearthError(
      'bad-argument',
      `invalid dim: got ${dim}, expected an integer of 1 or more.`,
    )
  }
  assertLength('states', states, mask.length * dim)

  const sums = new Float64Array(dim)
  for (let token = 0; token < mask.length; token++) {
    if (mask[token] === 0) continue
    const row = token * dim
    for (let i = 0; i < dim; i++) sums[i]! += states[row + i]!
  }
  return unit(sums) // the mean's 1/n cancels in the normalisation
}

/**
 * The first token's state, scaled to unit length: what models trained with CLS pooling mean.
 *
 * @param states row-major [tokens, dim], one token or more
 */
export function firstState(states: Float32Array, dim: number): Float32Array {
  return unit(Float64Array.from(states.subarray(0, dim)))
}

function unit(sums: Float64Array): Float32Array {
  let square = 0
  for (const x of sums) square += x * x
  const norm = Math.sqrt(square)
  return Float32Array.from(sums, (x) => (norm === 0 ? 0 : x / norm))
}
