/**
 * Text → unit vector, on whatever runs the model: the one path that Node and the
 * browser share, so that an item's vector and a query's vector meet.
 *
 *   text → cleaned → token ids, cut to maxTokens → batches of like length
 *        → token states → mean → unit vector
 */
import { assertLength, HearthError, messageOf } from '../errors.ts'
import { cleanText } from './clean-text.ts'
import type { Encoder } from './encoder.ts'
import { meanPool } from './mean-pool.ts'
import type { GoldenVector, ModelManifest } from './model-manifest.ts'
import { type BatchLimits, planBatches } from './plan-batches.ts'

/** A tokenizer and a model on a device. Plain data both ways. */
export interface TextModel {
  /** Token ids of a text, special ones at both ends, of any length. */
  tokenize(text: string): readonly number[]
  /** @returns token states, row-major [texts, tokens, dim] */
  run(batch: TokenBatch): Promise<Float32Array>
  dispose(): Promise<void>
}

/** ids and mask are row-major [texts, tokens]; mask is 1 for a real token. */
export interface TokenBatch {
  readonly ids: BigInt64Array
  readonly mask: BigInt64Array
  readonly texts: number
  readonly tokens: number
}

/** An encoder that brings the vectors to check it against. */
export interface ModelEncoder extends Encoder {
  readonly golden: readonly GoldenVector[]
}

/** A text of no more tokens than this holds only the special ones. */
const SPECIAL_TOKENS = 2

/** 16 texts fill two cores (bench: 32 and 64 gain nothing); 2,048 tokens bound memory. */
const limits: BatchLimits = { maxTexts: 16, maxTokens: 2_048 }

/**
 * @param manifest dim, maxTokens, fingerprint and golden vectors of the model
 * @returns an encoder that owns `model` and disposes of it
 */
export function createEncoder(manifest: ModelManifest, model: TextModel): ModelEncoder {
  const { dim, fingerprint, golden, maxTokens } = manifest
  let isDisposed = false
  return {
    dim,
    fingerprint,
    golden,
    async encode(texts) {
      if (isDisposed) throw failed('it was disposed of, expected a live encoder')
      const tokens = texts.map((text) => tokensOf(model, text, maxTokens))
      const vectors = new Float32Array(texts.length * dim)
      for (const batch of planBatches(lengthsOf(tokens), limits)) {
        const rows = await encodeBatch(model, pick(tokens, batch), dim)
        rows.forEach((row, i) => void vectors.set(row, batch[i]! * dim))
      }
      return vectors
    },
    async dispose() {
      if (isDisposed) return
      isDisposed = true
      await model.dispose()
    },
  }
}

/** Ids of a text, cut to maxTokens with its end token kept; [] for an empty text. */
function tokensOf(
  model: TextModel,
  text: string,
  maxTokens: number,
): readonly number[] {
  const cleaned = cleanText(text)
  if (cleaned === '') return []
  const ids = model.tokenize(cleaned)
  if (ids.length <= SPECIAL_TOKENS) return []
  if (ids.length <= maxTokens) return ids
  return [...ids.slice(0, maxTokens - 1), ids.at(-1)!]
}

async function encodeBatch(
  model: TextModel,
  texts: readonly (readonly number[])[],
  dim: number,
): Promise<readonly Float32Array[]> {
  const batch = padded(texts)
  const states = await run(model, batch)
  const { tokens } = batch
  assertLength('token states', states, texts.length * tokens * dim)
  return texts.map((ids, row) => {
    // Padding follows the real tokens, so a shorter view leaves it out.
    const start = row * tokens * dim
    const real = states.subarray(start, start + ids.length * dim)
    const vector = meanPool(real, new Uint8Array(ids.length).fill(1), dim)
    if (!vector.every(Number.isFinite)) throw failed('it answered NaN')
    return vector
  })
}

async function run(model: TextModel, batch: TokenBatch): Promise<Float32Array> {
  try {
    return await model.run(batch)
  } catch (error) {
    throw failed(messageOf(error), { cause: error })
  }
}

function padded(texts: readonly (readonly number[])[]): TokenBatch {
  const tokens = Math.max(...lengthsOf(texts))
  const ids = new BigInt64Array(texts.length * tokens)
  const mask = new BigInt64Array(texts.length * tokens)
  texts.forEach((text, row) => {
    ids.set(text.map(BigInt), row * tokens)
    mask.fill(1n, row * tokens, row * tokens + text.length)
  })
  return { ids, mask, texts: texts.length, tokens }
}

function lengthsOf(lists: readonly (readonly unknown[])[]): readonly number[] {
  return lists.map((list) => list.length)
}

function pick<T>(list: readonly T[], positions: readonly number[]): readonly T[] {
  return positions.map((position) => list[position]!)
}

function failed(got: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `the encoder failed: got ${got}, expected vectors. Start it again.`,
    options,
  )
}
