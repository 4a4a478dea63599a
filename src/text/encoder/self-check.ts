/**
 * Does this device compute the vectors it should? Four-bit models on WebGPU have
 * been silently wrong (https://github.com/huggingface/transformers.js/issues/1728,
 * /1512), so no device is believed unchecked.
 */
import { HearthError, messageOf } from '../../errors.ts'
import { cosine } from '../../math/vectors.ts'
import type { Encoder } from './encoder.ts'
import type { GoldenVector } from './golden-vectors.ts'
import { dtypeOf, type Precision } from './model-precision.ts'

/**
 * Lowest cosine of a device that computes rightly. Below it a device is wrong, not merely rounding differently: golden vectors are kept
 * to a cosine of 4e-5, and the runtimes differ by less.
 */
export const minGoldenCosine = 0.999

/**
 * The same for a model in eight bits, whose activations each runtime rounds in its own
 * way: Node and a browser differ (all-MiniLM-L6-v2: 0.992), and a device that is wrong
 * still differs by more (transformers.js/issues/1728).
 */
const minEightBitCosine = 0.98
const EIGHT_BITS: readonly Precision[] = ['q8', 'int8', 'uint8']

/** @param files of the model, named as in `onnxFiles` */
export function minCosineOf(files: readonly { readonly name: string }[]): number {
  const precision = dtypeOf(files.map(({ name }) => name))
  return EIGHT_BITS.includes(precision) ? minEightBitCosine : minGoldenCosine
}

/** Golden texts read before a device is used, in one batch; `lowestCosine` reads all. */
const startChecks = 3

/**
 * Encodes the first golden texts, the short ones, and compares.
 *
 * @param minCosine the lowest to accept: see `minCosineOf`
 * @returns the lowest cosine to a golden vector, `minCosine`–1
 * @throws HearthError `no-device` if it is lower or not a number, or the device fails
 *   over it; `bad-argument` if there is nothing to check against
 */
export async function selfCheck(
  encoder: Encoder,
  golden: readonly GoldenVector[],
  minCosine = minGoldenCosine,
): Promise<number> {
  const lowest = await lowestOrFailure(encoder, golden.slice(0, startChecks))
  if (lowest >= minCosine) return lowest
  throw noDevice(`got cosine ${lowest}, expected ${minCosine} or more`)
}

/**
 * Encodes all golden texts, one by one so that a slow device is not asked for much at
 * once.
 *
 * @param onText called with how many were compared, after each
 * @returns the lowest cosine to a golden vector, −1–1; NaN where a device answers NaN.
 *   A zero vector counts as 1 where zeros are due, and as 0 elsewhere
 * @throws HearthError `bad-argument` if there is nothing to check against, and what
 *   the encoder throws
 */
export async function lowestCosine(
  encoder: Encoder,
  golden: readonly GoldenVector[],
  onText?: (checked: number) => void,
): Promise<number> {
  assertGolden(golden)
  let lowest = 1
  for (const [i, { text, vector }] of golden.entries()) {
    lowest = Math.min(lowest, agreement(await encoder.encode([text]), vector))
    onText?.(i + 1)
  }
  return lowest
}

async function lowestOrFailure(encoder: Encoder, golden: readonly GoldenVector[]) {
  assertGolden(golden)
  const { dim } = encoder
  try {
    const vectors = await encoder.encode(golden.map(({ text }) => text))
    const cosines = golden.map(({ vector }, row) =>
      agreement(vectors.subarray(row * dim, (row + 1) * dim), vector),
    )
    return Math.min(...cosines)
  } catch (error) {
    const { cause } = error as { cause?: unknown } // the runtime's own error
    throw noDevice(`got ${messageOf(cause ?? error)}`, { cause: error })
  }
}

/** NaN stays NaN, and so fails every comparison. */
function agreement(got: Float32Array, expected: Float32Array): number {
  const isZero = (vector: Float32Array) => vector.every((x) => x === 0)
  if (isZero(expected)) return isZero(got) ? 1 : 0
  return cosine(got, expected)
}

function assertGolden(golden: readonly GoldenVector[]) {
  if (golden.length > 0) return
  throw new HearthError('bad-argument', 'no golden vectors: got 0, expected 1 or more.')
}

function noDevice(got: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-device',
    `no right vectors from this device: ${got}. Try the next device in a fresh worker.`,
    options,
  )
}
