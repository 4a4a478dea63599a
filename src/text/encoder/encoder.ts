/**
 * Text → unit vector, on whatever runs the model: the one path that Node and the
 * browser share, so that an item's vector and a query's vector meet.
 *
 *   text → cleaned → token ids, cut to maxTokens → batches of like length
 *        → token states → mean, or the first → unit vector
 */
import { assertLength, HearthError, messageOf } from '../../errors.ts'
import type { GoldenVector } from './golden-vectors.ts'
import { firstState, meanPool } from './mean-pool.ts'
import type { ModelManifest, Pooling } from './model-manifest.ts'
import { createScriptReader, type UnreadScriptOf } from './readable-script.ts'

/** Whatever turns texts into unit vectors. */
export interface Encoder {
  /** Length of a vector, e.g. 384. */
  readonly dim: number
  /** SHA-256 over the model's files: vectors of different fingerprints never meet. */
  readonly fingerprint: string
  /**
   * @returns row-major [texts.length, dim], each row of length 1, or 0 for an empty text
   * @throws HearthError `no-encoder`
   */
  encode(texts: readonly string[]): Promise<Float32Array>
  /** Names the script of a text that the model has no words for. Absent: not known. */
  readonly unreadScriptOf?: UnreadScriptOf
  dispose(): Promise<void>
}

// Cleaning: any string becomes safe and cheap to tokenise.

/**
 * Characters (UTF-16 units) read of a text. 128 tokens hold about 600 characters
 * of English; what lies far beyond cannot matter, and a pasted megabyte must not
 * reach the tokenizer.
 */
export const maxTextChars = 4_000

/**
 * The part of a text that is read: at most `maxTextChars`, control characters as
 * spaces, half surrogate pairs as U+FFFD, runs of white space as one space.
 *
 * @returns '' for a text with nothing to read
 */
export function cleanText(text: string): string {
  return (
    text
      .trimStart()
      .slice(0, maxTextChars)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

// Batching: texts of like length are read together, so that little is spent on padding.

interface BatchLimits {
  /** Texts in one batch, 1 or more. */
  readonly maxTexts: number
  /** Texts × longest text, in tokens: bounds memory. One text may exceed it alone. */
  readonly maxTokens: number
}

/**
 * @param lengths tokens of each text; a text of 0 tokens is in no batch
 * @returns batches of positions in `lengths`, each position once, longest texts first
 *   (so the first batch shows the most memory that will be needed)
 */
export function planBatches(
  lengths: ArrayLike<number>,
  limits: BatchLimits,
): readonly (readonly number[])[] {
  const order = Array.from(lengths, (_, position) => position)
    .filter((position) => lengths[position]! > 0)
    .sort((a, b) => lengths[b]! - lengths[a]! || a - b)
  const batches: number[][] = []
  let batch: number[] = []
  let longest = 0
  for (const position of order) {
    const isFull =
      batch.length >= limits.maxTexts || (batch.length + 1) * longest > limits.maxTokens
    if (batch.length === 0 || isFull) {
      batch = []
      batches.push(batch)
      longest = lengths[position]!
    }
    batch.push(position)
  }
  return batches
}

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
  readonly name: string
  /** All its files as they were sent. */
  readonly wireBytes: number
  readonly golden: readonly GoldenVector[]
  /** The files it was made of, as its manifest names them. */
  readonly files: readonly { readonly name: string }[]
  /** What was read so far. */
  usage(): EncoderUsage
}

export interface EncoderUsage {
  readonly texts: number
  /** Special ones included, padding not. */
  readonly tokens: number
}

/** 16 texts fill two cores (bench: 32 and 64 gain nothing); 2,048 tokens bound memory. */
const limits: BatchLimits = { maxTexts: 16, maxTokens: 2_048 }

/**
 * @param manifest dim, maxTokens, pooling, fingerprint and golden vectors of the model
 * @returns an encoder that owns `model` and disposes of it
 */
export function createEncoder(manifest: ModelManifest, model: TextModel): ModelEncoder {
  const { dim, fingerprint, golden, maxTokens, name, pooling } = manifest
  const specials = specialsOf(model)
  const used = { texts: 0, tokens: 0 }
  let isDisposed = false
  return {
    ...{ dim, fingerprint, golden, name, files: manifest.files },
    wireBytes: manifest.files.reduce((sum, file) => sum + file.wireBytes, 0),
    usage: () => ({ ...used }),
    unreadScriptOf: createScriptReader(
      (text) => model.tokenize(cleanText(text)),
      specials,
    ),
    async encode(texts) {
      if (isDisposed) throw failed('a call after it was disposed of')
      const tokens = texts.map((text) => tokensOf(text, model, { maxTokens, specials }))
      const vectors = new Float32Array(texts.length * dim)
      for (const batch of planBatches(lengthsOf(tokens), limits)) {
        const rows = await encodeBatch(pick(tokens, batch), model, { dim, pooling })
        rows.forEach((row, i) => void vectors.set(row, batch[i]! * dim))
      }
      used.texts += texts.length
      for (const { length } of tokens) used.tokens += length
      return vectors
    },
    async dispose() {
      if (isDisposed) return
      isDisposed = true
      await model.dispose()
    },
  }
}

/** How many tokens a tokenizer puts around every text: in all, and of these at its end. */
interface Specials {
  readonly all: number
  readonly last: number
}

/** BERT's [CLS] … [SEP] are two, one of them last; T5's … </s> is one, and last. */
function specialsOf(model: TextModel): Specials {
  const empty = model.tokenize('')
  const word = model.tokenize('a')
  let last = 0
  while (last < empty.length && empty.at(-1 - last) === word.at(-1 - last)) last++
  return { all: empty.length, last }
}

/** Ids of a text, cut to maxTokens with its end tokens kept; [] for an empty text. */
function tokensOf(
  text: string,
  model: TextModel,
  { maxTokens, specials }: { maxTokens: number; specials: Specials },
): readonly number[] {
  const cleaned = cleanText(text)
  if (cleaned === '') return []
  const ids = model.tokenize(cleaned)
  if (ids.length <= specials.all) return []
  if (ids.length <= maxTokens) return ids
  const { last } = specials
  return [...ids.slice(0, maxTokens - last), ...ids.slice(ids.length - last)]
}

async function encodeBatch(
  texts: readonly (readonly number[])[],
  model: TextModel,
  { dim, pooling }: { dim: number; pooling: Pooling },
): Promise<readonly Float32Array[]> {
  const batch = padded(texts)
  const states = await run(model, batch)
  const { tokens } = batch
  assertLength('token states', states, texts.length * tokens * dim)
  return texts.map((ids, row) => {
    // Padding follows the real tokens, so a shorter view leaves it out.
    const start = row * tokens * dim
    const real = states.subarray(start, start + ids.length * dim)
    const vector =
      pooling === 'cls'
        ? firstState(real, dim)
        : meanPool(real, new Uint8Array(ids.length).fill(1), dim)
    if (!vector.every(Number.isFinite)) throw failed('NaN in a vector')
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
