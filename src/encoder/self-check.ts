/**
 * Does this device compute the vectors it should? Four-bit models on WebGPU have
 * been silently wrong (https://github.com/huggingface/transformers.js/issues/1728,
 * /1512), so no device is believed unchecked.
 */
import { HearthError } from '../errors.ts'
import { cosine } from '../math/dot.ts'
import type { Encoder } from './encoder.ts'
import type { GoldenVector } from './model-manifest.ts'

/** Below this a device is wrong, not merely rounding differently. */
export const minGoldenCosine = 0.98

/**
 * Encodes the golden texts and compares.
 *
 * @returns the lowest cosine to a golden vector, `minGoldenCosine`–1
 * @throws HearthError `no-device` if it is lower or not a number, `bad-argument` if
 *   there is nothing to check against
 */
export async function selfCheck(
  encoder: Encoder,
  golden: readonly GoldenVector[],
): Promise<number> {
  if (golden.length === 0) {
    throw new HearthError(
      'bad-argument',
      'no golden vectors: got 0, expected 1 or more.',
    )
  }
  const vectors = await encoder.encode(golden.map(({ text }) => text))
  let lowest = 1
  golden.forEach(({ vector }, row) => {
    const got = vectors.subarray(row * encoder.dim, (row + 1) * encoder.dim)
    lowest = Math.min(lowest, cosine(got, Float32Array.from(vector))) // NaN stays NaN
  })
  if (lowest >= minGoldenCosine) return lowest
  throw new HearthError(
    'no-device',
    `wrong vectors from this device: got cosine ${lowest}, expected ${minGoldenCosine} ` +
      'or more. Try the next device in a fresh worker.',
  )
}
