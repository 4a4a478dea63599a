/**
 * The bytes of a model folder, checked before use.
 *
 *   manifest · a way to read one file  →  name → bytes, each of the right SHA-256
 */
import { HearthError } from '../errors.ts'
import { hashBytes, type ModelFile, type ModelManifest } from './model-manifest.ts'

export type ModelFiles = ReadonlyMap<string, Uint8Array>

/** What a file's bytes are not; undefined when they are right. */
export function faultOf(file: ModelFile, bytes: Uint8Array): string | undefined {
  if (looksLikeHtml(bytes)) return 'an HTML page, expected the file itself'
  if (bytes.length !== file.sizeBytes) {
    return `${bytes.length} bytes, expected ${file.sizeBytes}`
  }
  const sha256 = hashBytes(bytes)
  if (sha256 !== file.sha256) return `SHA-256 ${sha256}, expected ${file.sha256}`
  return undefined
}

/**
 * Reads and checks all files of a manifest, one after another.
 *
 * @param read gives one file's bytes; it may be asked twice, the second time with
 *   `isRetry` set: then it must not answer from a cache
 * @throws HearthError `no-encoder` if a file is wrong both times, and whatever
 *   `read` throws
 */
export async function readModelFiles(
  manifest: ModelManifest,
  read: (file: ModelFile, isRetry: boolean) => Promise<Uint8Array>,
): Promise<ModelFiles> {
  const files = new Map<string, Uint8Array>()
  for (const file of manifest.files) {
    let bytes = await read(file, false)
    // A cache may hold an older file, or a page that a host once answered for it:
    // https://github.com/huggingface/transformers.js/issues/1187
    if (faultOf(file, bytes) !== undefined) bytes = await read(file, true)
    const fault = faultOf(file, bytes)
    if (fault !== undefined) throw wrongFile(file.name, fault)
    files.set(file.name, bytes)
  }
  return files
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
