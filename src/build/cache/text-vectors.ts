/**
 * Text vectors by the hash of the text: a build encodes the texts that the last ones did
 * not. They are kept as the encoder made them, so that a pack has the same bytes with and
 * without them.
 *
 *   file: dim, then records of [ hash 16 B | builds unused, 4 B | vector 4·dim B ]
 */

import { createHash } from 'node:crypto'
import type { Encoder } from '../../text/encoder/encoder.ts'
import type { BuildCache } from './cache-folder.ts'

/** Another layout of the file is another name. */
const LAYOUT = 'texts-1'
const HASH_BYTES = 16
const HEAD_BYTES = 4
/** Builds after which a vector that none of them used goes. */
const MAX_UNUSED = 3

/** An encoder that remembers. */
export interface RememberingEncoder<E extends Encoder = Encoder> {
  readonly encoder: E
  /** Texts encoded by now that were not remembered. */
  readonly encoded: () => number
  /** Keeps what was used for the next build. */
  readonly save: () => Promise<void>
}

/**
 * @param options.catalogue names the file: builds of other catalogues prune others
 */
export async function rememberTexts<E extends Encoder>(
  encoder: E,
  { cache, catalogue }: { readonly cache: BuildCache; readonly catalogue: string },
): Promise<RememberingEncoder<E>> {
  const { dim, fingerprint } = encoder
  const name = `${LAYOUT}-${sha256(`${fingerprint}\0${catalogue}`).toString('hex').slice(0, 24)}`
  const bytes = await cache.read(name)
  const records = (bytes && readRecords(bytes, dim)) ?? new Map<string, TextRecord>()
  if (bytes && records.size === 0) cache.report('the cached text vectors are ignored.')
  const used = new Map<string, Float32Array>()
  let encoded = 0
  return {
    encoded: () => encoded,
    encoder: {
      ...encoder,
      async encode(texts) {
        const keys = texts.map(keyOf)
        const missing = keys.flatMap((key, n) =>
          used.has(key) || records.has(key) ? [] : [n],
        )
        if (missing.length > 0) {
          const made = await encoder.encode(missing.map((n) => texts[n]))
          missing.forEach((n, i) => {
            used.set(keys[n], made.slice(i * dim, (i + 1) * dim))
          })
          encoded += missing.length
        }
        const vectors = new Float32Array(texts.length * dim)
        keys.forEach((key, n) => {
          const vector = used.get(key) ?? (records.get(key) as TextRecord).vector
          used.set(key, vector)
          vectors.set(vector, n * dim)
        })
        return vectors
      },
    },
    async save() {
      const isSame = encoded === 0 && records.size === used.size
      if (!isSame) await cache.write(name, writeRecords(dim, used, records))
    },
  }
}

interface TextRecord {
  /** Builds since it was used. */
  readonly unused: number
  readonly vector: Float32Array
}

function keyOf(text: string): string {
  return sha256(text).subarray(0, HASH_BYTES).toString('latin1')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** @returns undefined for what is no such file */
function readRecords(
  bytes: Uint8Array,
  dim: number,
): Map<string, TextRecord> | undefined {
  const size = recordBytes(dim)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isWhole = (bytes.length - HEAD_BYTES) % size === 0
  if (!isWhole || bytes.length < HEAD_BYTES || view.getUint32(0, true) !== dim) {
    return undefined
  }
  const records = new Map<string, TextRecord>()
  for (let at = HEAD_BYTES; at < bytes.length; at += size) {
    const hash = Buffer.from(bytes.buffer, bytes.byteOffset + at, HASH_BYTES)
    const from = bytes.byteOffset + at + HASH_BYTES + 4
    records.set(hash.toString('latin1'), {
      unused: view.getUint32(at + HASH_BYTES, true),
      vector: new Float32Array(bytes.buffer, from, dim),
    })
  }
  return records
}

function writeRecords(
  dim: number,
  used: ReadonlyMap<string, Float32Array>,
  before: ReadonlyMap<string, TextRecord>,
): Uint8Array {
  const kept = [...before].filter(
    ([key, { unused }]) => !used.has(key) && unused + 1 < MAX_UNUSED,
  )
  const size = recordBytes(dim)
  const bytes = new Uint8Array(HEAD_BYTES + (used.size + kept.length) * size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, dim, true)
  let at = HEAD_BYTES
  const put = (key: string, unused: number, vector: Float32Array) => {
    bytes.set(Buffer.from(key, 'latin1'), at)
    view.setUint32(at + HASH_BYTES, unused, true)
    new Float32Array(bytes.buffer, at + HASH_BYTES + 4, dim).set(vector)
    at += size
  }
  for (const [key, vector] of used) put(key, 0, vector)
  for (const [key, { unused, vector }] of kept) put(key, unused + 1, vector)
  return bytes
}

const recordBytes = (dim: number) => HASH_BYTES + 4 + 4 * dim
