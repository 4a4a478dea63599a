/**
 * `hearth.json`, the one small file that says what a model folder holds.
 *
 * It is read first: every other file is checked against its size and SHA-256
 * before a byte of it is used, so a truncated download, an altered file or a
 * host's HTML fallback page never reaches the runtime. The reader of its text is
 * `parse-model-manifest.ts`.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type GoldenVector, packGolden } from './golden-vectors.ts'
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
export interface Decisive {
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

/** The text of a `hearth.json`: a golden vector a line, the rest indented. */
export function formatManifest(manifest: ModelManifest): string {
  const { golden, ...rest } = manifest
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const lines = golden.map((one) => `    ${JSON.stringify(packGolden(one))}`)
  return `${head},\n  "golden": [\n${lines.join(',\n')}\n  ]\n}\n`
}
