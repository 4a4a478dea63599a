import { HearthError, messageOf } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import type { PackFile } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { sha256Hex } from './sha256.ts'

/**
 * A file's bytes as they come, not yet compared with anything.
 *
 * @throws HearthError `bad-pack` if it cannot be read or is a web page
 */
export async function readAny(name: string, read: ReadFile): Promise<Uint8Array> {
  const bytes = await read(name).catch((cause: unknown) => {
    if (cause instanceof HearthError) throw cause
    throw badPack(name, `it cannot be read (${messageOf(cause)}).`, { cause })
  })
  // Many hosts answer a missing file with their own page and status 200.
  const start = String.fromCharCode(...bytes.subarray(0, 64))
  if (!/^\s*<(!doctype|html|head)/i.test(start)) return bytes
  throw badPack(name, 'got a web page (HTML), expected the file: it is missing there.')
}

/**
 * A file's bytes, of the size and SHA-256 that the manifest states.
 *
 * @throws HearthError `bad-pack` if it cannot be read, is cut short or was altered
 */
export async function readPackFile(
  { name, sizeBytes, sha256 }: PackFile,
  read: ReadFile,
): Promise<Uint8Array> {
  const bytes = await readAny(name, read)
  if (bytes.byteLength !== sizeBytes) {
    throw badPack(name, `got ${bytes.byteLength} bytes, expected ${sizeBytes}.`)
  }
  if ((await sha256Hex(bytes)) === sha256) return bytes
  throw badPack(name, 'its bytes were altered: the SHA-256 does not match.')
}
