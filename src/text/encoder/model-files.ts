/**
 * The bytes of a model folder, checked before use.
 *
 *   manifest · a way to read one wire file  →  name → bytes, each of the right SHA-256
 *
 * What travelled is checked first: nothing is expanded whose hash is not right.
 */
import { HearthError } from '../../errors.ts'
import { digestBytes, type ModelFile, type ModelManifest } from './model-manifest.ts'
import { expand } from './packing.ts'

export type ModelFiles = ReadonlyMap<string, Uint8Array>

/** A model that was read and checked: what it is, and its expanded files. */
export interface LoadedModel {
  readonly manifest: ModelManifest
  readonly files: ModelFiles
}

/** Gives a file's wire bytes; asked a second time it must not answer from a cache. */
type ReadWire = (file: ModelFile, isRetry: boolean) => Promise<Uint8Array>

/** What a file's wire bytes are not; undefined when they are right. */
async function faultOf(
  file: Pick<ModelFile, 'wireBytes' | 'wireSha256'>,
  bytes: Uint8Array,
): Promise<string | undefined> {
  if (looksLikeHtml(bytes)) return 'an HTML page, expected the file itself'
  if (bytes.length !== file.wireBytes) {
    return `${bytes.length} bytes, expected ${file.wireBytes}`
  }
  const sha256 = await digestBytes(bytes)
  if (sha256 !== file.wireSha256)
    return `SHA-256 ${sha256}, expected ${file.wireSha256}`
  return undefined
}

/**
 * Reads, checks and expands all files of a manifest, side by side.
 *
 * @throws HearthError `no-encoder` if a file is wrong both times it is read, and
 *   whatever `read` throws
 */
export async function readModelFiles(
  manifest: ModelManifest,
  read: ReadWire,
): Promise<ModelFiles> {
  const entries = await Promise.all(
    manifest.files.map(async (file) => [file.name, await readOne(file, read)] as const),
  )
  return new Map(entries)
}

async function readOne(file: ModelFile, read: ReadWire): Promise<Uint8Array> {
  let wire = await read(file, false)
  // A cache may hold an older file, or a page that a host once answered for it:
  // https://github.com/huggingface/transformers.js/issues/1187
  let fault = await faultOf(file, wire)
  if (fault !== undefined) {
    wire = await read(file, true)
    fault = await faultOf(file, wire)
  }
  if (fault !== undefined) throw wrongFile(file.name, fault)
  if (file.packing === 'none') return wire
  const bytes = await expand(wire, file.packing, file.sizeBytes)
  if (typeof bytes === 'string') throw wrongFile(file.name, bytes)
  const sha256 = await digestBytes(bytes)
  if (sha256 === file.sha256) return bytes
  throw wrongFile(file.name, `expanded SHA-256 ${sha256}, expected ${file.sha256}`)
}

function wrongFile(name: string, fault: string): HearthError {
  return new HearthError(
    'no-encoder',
    `model file ${name} is damaged or altered: got ${fault}. Copy the model folder again.`,
  )
}

function looksLikeHtml(bytes: Uint8Array): boolean {
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .trimStart()
    .toLowerCase()
  return start.startsWith('<!doctype html') || start.startsWith('<html')
}
