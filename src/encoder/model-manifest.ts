/**
 * `hearth.json`, the one small file that says what a model folder holds.
 *
 * It is read first: every other file is checked against its size and SHA-256
 * before a byte of it is used, so a truncated download, an altered file or a
 * host's HTML fallback page never reaches the runtime.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { HearthError, messageOf } from '../errors.ts'

export const manifestName = 'hearth.json'

export interface ModelFile {
  /** Path inside the model folder, e.g. `onnx/model_q4.onnx`. */
  readonly name: string
  readonly sizeBytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** A text and the vector that the build's own Node encoder gave it. */
export interface GoldenVector {
  readonly text: string
  readonly vector: readonly number[]
}

export interface ModelManifest {
  readonly name: string
  /** Length of a vector. */
  readonly dim: number
  /** Tokens read of a text, the two special ones included. */
  readonly maxTokens: number
  readonly fingerprint: string
  readonly files: readonly ModelFile[]
  readonly golden: readonly GoldenVector[]
  readonly licence: string
  readonly teacher: string
}

/** Lower-case hex SHA-256. */
export function hashBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/**
 * SHA-256 over the files' names and hashes, in the order of the names, and over
 * how much of a text is read: what decides a text's vector.
 */
export function fingerprintOf(files: readonly ModelFile[], maxTokens: number): string {
  const lines = files.map((file) => `${file.name} ${file.sha256}\n`).sort()
  return hashBytes(utf8ToBytes(`tokens ${maxTokens}\n${lines.join('')}`))
}

/**
 * Reads and checks the text of a `hearth.json`.
 *
 * @throws HearthError `no-encoder` if it is not one, or does not hold together
 */
export function parseManifest(text: string): ModelManifest {
  const manifest = asManifest(parseJson(text))
  const expected = fingerprintOf(manifest.files, manifest.maxTokens)
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

function asManifest(json: unknown): ModelManifest {
  if (!isRecord(json)) throw broken(typeof json, 'an object')
  const manifest = {
    name: textOf(json, 'name'),
    dim: countOf(json, 'dim'),
    maxTokens: countOf(json, 'maxTokens'),
    fingerprint: textOf(json, 'fingerprint'),
    files: listOf(json, 'files').map(asFile),
    golden: listOf(json, 'golden').map(asGolden),
    licence: textOf(json, 'licence'),
    teacher: textOf(json, 'teacher'),
  }
  for (const { vector } of manifest.golden) {
    if (vector.length !== manifest.dim) {
      throw broken(`a golden vector of ${vector.length}`, `${manifest.dim} numbers`)
    }
  }
  return manifest
}

function asFile(json: unknown): ModelFile {
  if (!isRecord(json)) throw broken('a file that is no object', 'name, size and hash')
  const name = textOf(json, 'name')
  // A name becomes part of a URL or path: only plain segments, so never `..`.
  if (!/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(name))
    throw broken(`file name ${name}`, 'a path')
  return { name, sizeBytes: countOf(json, 'sizeBytes'), sha256: textOf(json, 'sha256') }
}

function asGolden(json: unknown): GoldenVector {
  if (!isRecord(json)) throw broken('a golden that is no object', 'text and vector')
  const vector = listOf(json, 'vector').map(Number)
  if (!vector.every(Number.isFinite)) throw broken('a golden vector', 'finite numbers')
  return { text: textOf(json, 'text'), vector }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function textOf(json: Record<string, unknown>, key: string): string {
  const value = json[key]
  if (typeof value !== 'string') throw broken(`${key} is ${typeof value}`, 'a string')
  return value
}

function countOf(json: Record<string, unknown>, key: string): number {
  const value = json[key]
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw broken(`${key} is ${String(value)}`, 'an integer of 1 or more')
}

function listOf(json: Record<string, unknown>, key: string): readonly unknown[] {
  const value = json[key]
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
