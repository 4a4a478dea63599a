/**
 * `hearth.json`, the one small file that lists what a model folder holds.
 *
 * It is read first: every other file is checked against its size and SHA-256
 * before a byte of it is used, so a truncated download, an altered file or a
 * host's HTML fallback page never reaches the runtime.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { HearthError, messageOf } from '../../errors.ts'
import { type GoldenVector, packGolden, unpackGolden } from './golden-vectors.ts'
import type { Packing } from './packing.ts'

export const manifestName = 'hearth.json'

/** How token states become one vector: their mean, or the first token's state. */
export type Pooling = 'mean' | 'cls'

export interface ModelFile {
  /** What transformers.js asks for, e.g. `onnx/model.onnx`. */
  readonly name: string
  /** Its place in the model folder; on the wire a name that holds `wireSha256`. */
  readonly file: string
  readonly packing: Packing
  /** As it lies in the folder. Hashes are lower-case hex. */
  readonly wireBytes: number
  readonly wireSha256: string
  /** Expanded; the same as on the wire where `packing` is `none`. */
  readonly sizeBytes: number
  readonly sha256: string
}

/** Where a tensor of Hearth's own form lies within the model's ONNX file. */
export interface TensorPlace {
  /** Little-endian, row-major. */
  readonly type: TensorType
  readonly dims: readonly number[]
  /** Byte within the expanded file. Its length follows from `dims` and `type`. */
  readonly offset: number
}

export type TensorType = 'uint8' | 'float16'

/** Name, as PyTorch gave it → place. */
export type TensorTable = Readonly<Record<string, TensorPlace>>

export interface ModelManifest {
  readonly name: string
  /** Length of a vector. */
  readonly dim: number
  /** Tokens read of a text, the special ones included. */
  readonly maxTokens: number
  readonly pooling: Pooling
  readonly fingerprint: string
  readonly files: readonly ModelFile[]
  /** By the build's own Node encoder, short texts first. */
  readonly golden: readonly GoldenVector[]
  readonly licence: string
  /** What it was made from, and by whom. */
  readonly teacher: string
  /**
   * The tensors that Hearth's own kernel reads; absent for a model of any other form. Not
   * part of the fingerprint: it describes a file that is.
   */
  readonly tensors?: TensorTable
}

/** Lower-case hex SHA-256. */
export function hashBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** The same, by the browser's own code where the page is secure and so may use it. */
export async function digestBytes(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto
  if (subtle === undefined) return hashBytes(bytes)
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return bytesToHex(new Uint8Array(digest))
}

/** What decides a text's vector; how the files are packed does not. */
interface Decisive {
  readonly files: readonly Pick<ModelFile, 'name' | 'sha256'>[]
  readonly maxTokens: number
  readonly pooling: Pooling
}

/**
 * SHA-256 over the files' names and expanded hashes, in the order of the names, over how
 * much of a text is read and, where it is not the mean, how states are pooled.
 */
export function fingerprintOf({ files, maxTokens, pooling }: Decisive): string {
  const lines = files.map((file) => `${file.name} ${file.sha256}\n`).sort()
  const head = `tokens ${maxTokens}\n${pooling === 'mean' ? '' : `pooling ${pooling}\n`}`
  return hashBytes(utf8ToBytes(`${head}${lines.join('')}`))
}

/** A file that lies in its folder as it is, under its own name. */
export function plainFile(name: string, bytes: Uint8Array): ModelFile {
  const [sizeBytes, sha256] = [bytes.length, hashBytes(bytes)]
  const wire = { packing: 'none', wireBytes: sizeBytes, wireSha256: sha256 } as const
  return { name, file: name, ...wire, sizeBytes, sha256 }
}

/** The text of a `hearth.json`: a tensor or a golden vector a line, the rest indented. */
export function formatManifest(manifest: ModelManifest): string {
  const { golden, tensors, ...rest } = manifest
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const places = Object.entries(tensors ?? {}).map(
    ([name, place]) => `    ${JSON.stringify(name)}: ${JSON.stringify(place)}`,
  )
  const table = tensors ? `  "tensors": {\n${places.join(',\n')}\n  },\n` : ''
  const lines = golden.map((one) => `    ${JSON.stringify(packGolden(one))}`)
  return `${head},\n${table}  "golden": [\n${lines.join(',\n')}\n  ]\n}\n`
}

// Reading it: the text of a `hearth.json` → a manifest that does not contradict itself.

/**
 * @throws HearthError `no-encoder` if the text is no `hearth.json`, or one that
 *   contradicts itself
 */
export function parseManifest(text: string): ModelManifest {
  const manifest = asManifest(parseJson(text))
  const expected = fingerprintOf(manifest)
  if (manifest.fingerprint !== expected) {
    throw broken(`fingerprint is ${manifest.fingerprint}`, expected)
  }
  return manifest
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const isPage = /^\s*</.test(text)
    const got = isPage ? 'an HTML page' : messageOf(error)
    throw broken(got, 'JSON', { cause: error })
  }
}

type Fields = Record<string, unknown>

function asManifest(json: unknown): ModelManifest {
  const fields = asFields(json, 'the file')
  const dim = countOf(fields, 'dim')
  return {
    name: textOf(fields, 'name'),
    dim,
    maxTokens: countOf(fields, 'maxTokens'),
    pooling: oneOf(fields, 'pooling', ['mean', 'cls']),
    fingerprint: textOf(fields, 'fingerprint'),
    files: listOf(fields, 'files').map(asFile),
    golden: listOf(fields, 'golden').map((each) => asGolden(each, dim)),
    licence: textOf(fields, 'licence'),
    teacher: textOf(fields, 'teacher'),
    ...(fields.tensors === undefined ? {} : { tensors: asTensors(fields.tensors) }),
  }
}

/** That each lies within its file is checked where the file is at hand. */
function asTensors(json: unknown): TensorTable {
  const entries = Object.entries(asFields(json, 'tensors'))
  return Object.fromEntries(entries.map(([name, place]) => [name, asPlace(place)]))
}

function asPlace(json: unknown): TensorPlace {
  const fields = asFields(json, 'a tensor')
  return {
    type: oneOf(fields, 'type', ['uint8', 'float16']),
    dims: listOf(fields, 'dims').map((size) => countOf({ size }, 'size')),
    offset: countOf(fields, 'offset'),
  }
}

/** A file listed by name, size and hash alone lies there plain. */
function asFile(json: unknown): ModelFile {
  const fields = asFields(json, 'a file')
  const name = pathOf(fields, 'name')
  const sizeBytes = countOf(fields, 'sizeBytes')
  const sha256 = textOf(fields, 'sha256')
  const packing = oneOf(fields, 'packing', ['none', 'deflate'])
  if (packing === 'none' && fields.file === undefined) {
    const wire = { file: name, packing, wireBytes: sizeBytes, wireSha256: sha256 }
    return { name, ...wire, sizeBytes, sha256 }
  }
  const wire = {
    file: pathOf(fields, 'file'),
    packing,
    wireBytes: countOf(fields, 'wireBytes'),
    wireSha256: textOf(fields, 'wireSha256'),
  }
  const isSame = wire.wireBytes === sizeBytes && wire.wireSha256 === sha256
  if (packing === 'none' && !isSame) {
    throw broken(`${name} is not packed but differs on the wire`, 'one size and hash')
  }
  return { name, ...wire, sizeBytes, sha256 }
}

/** Part of a URL or path later on: only plain segments, so never `..`. */
function pathOf(fields: Fields, key: string): string {
  const path = textOf(fields, key)
  if (/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(path)) return path
  throw broken(`file name ${path}`, 'a path')
}

function asGolden(json: unknown, dim: number): GoldenVector {
  const fields = asFields(json, 'a golden vector')
  const text = textOf(fields, 'text')
  const golden =
    fields.vector === undefined
      ? unpackGolden(
          { text, scale: Number(fields.scale), levels: textOf(fields, 'levels') },
          dim,
        )
      : { text, vector: Float32Array.from(listOf(fields, 'vector'), Number) }
  if (golden?.vector.length === dim && golden.vector.every(Number.isFinite))
    return golden
  throw broken(`a golden vector of ${text}`, `${dim} finite numbers`)
}

function asFields(json: unknown, what: string): Fields {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    return json as Fields
  }
  throw broken(`${what} that is ${JSON.stringify(json)}`, 'an object')
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key]
  if (typeof value !== 'string') throw broken(`${key} is ${typeof value}`, 'a string')
  return value
}

/** The first is what an absent field means. */
function oneOf<const T extends string>(
  fields: Fields,
  key: string,
  known: readonly T[],
) {
  const value = fields[key] ?? known[0]
  const found = known.find((each) => each === value)
  if (found === undefined)
    throw broken(`${key} is ${String(value)}`, known.join(' or '))
  return found
}

function countOf(fields: Fields, key: string): number {
  const value = fields[key]
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw broken(`${key} is ${String(value)}`, 'an integer of 1 or more')
}

function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key]
  if (!Array.isArray(value)) throw broken(`${key} is ${typeof value}`, 'a list')
  return value
}

function broken(got: string, expected: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `broken ${manifestName}: got ${got}, expected ${expected}. Copy the model folder again.`,
    options,
  )
}
