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

/** A name that holds its content's hash. */
const HASHED = /\.[0-9a-f]{16}\.\w+$/

/**
 * Reads pack files over HTTP. Only the manifest and the overlay are asked for anew each
 * time; all other names hold their content's hash, so the browser's cache may keep them for
 * ever.
 *
 * @param baseUrl the pack's folder, with or without a slash at its end
 * @param fetchFile the page's or worker's `fetch`
 */
export function httpReader(baseUrl: string, fetchFile: typeof fetch): ReadFile {
  const folder = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  return async (name) => {
    const cache = HASHED.test(name) ? 'default' : 'no-cache'
    try {
      const response = await fetchFile(folder + name, { cache })
      assertUsable(name, response)
      return new Uint8Array(await response.arrayBuffer())
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
      // fetch rejects with a TypeError for every failure of the network.
      throw badPack(
        name,
        `it did not arrive: the network is down or the host refused (${messageOf(cause)}).`,
        { cause },
      )
    }
  }
}

function assertUsable(name: string, response: Response) {
  if (!response.ok) {
    throw badPack(name, `the host answered ${response.status}, expected the file.`)
  }
  const type = response.headers.get('content-type') ?? ''
  if (!/^text\/html\b/i.test(type)) return
  throw badPack(name, 'got a web page (HTML), expected the file: it is missing there.')
}
