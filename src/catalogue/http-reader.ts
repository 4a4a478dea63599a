import { messageOf } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import { MANIFEST_NAME } from './manifest.ts'
import type { ReadFile } from './pack-source.ts'

/**
 * Reads pack files over HTTP. Only the manifest is asked for anew each time; all other
 * names hold their content's hash, so the browser's cache may keep them for ever.
 *
 * @param baseUrl the pack's folder, with or without a slash at its end
 * @param fetchFile the page's or worker's `fetch`
 */
export function httpReader(baseUrl: string, fetchFile: typeof fetch): ReadFile {
  const folder = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  return async (name) => {
    const cache = name === MANIFEST_NAME ? 'no-cache' : 'default'
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
