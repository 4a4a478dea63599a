/**
 * Downloads a model with progress, checking every file.
 */
import { HearthError, messageOf } from '../errors.ts'
import { type ModelFiles, readModelFiles } from './model-files.ts'
import { type ModelFile, type ModelManifest, manifestName } from './model-manifest.ts'
import { parseManifest } from './parse-model-manifest.ts'

export interface FetchModelOptions {
  /** URL of the model folder, absolute, with or without a closing slash. */
  readonly modelBase: string
  /** The manifest's name in that folder. Default `hearth.json`. */
  readonly manifestFile?: string
  readonly fetch: typeof globalThis.fetch
  /** Told the share of all bytes that have arrived, 0–1, never falling. */
  readonly onProgress?: (share: number) => void
  /** The only fingerprint to take. Default: any. */
  readonly fingerprint?: string
  /** Aborts every download that is under way. */
  readonly signal?: AbortSignal
}

/**
 * @throws HearthError `no-encoder` if a file is missing, truncated, altered, or
 *   answered with an HTML page, if the fingerprint is another (then nothing but
 *   `hearth.json` was downloaded), or if the signal is aborted
 */
export async function fetchModel(
  options: FetchModelOptions,
): Promise<{ readonly manifest: ModelManifest; readonly files: ModelFiles }> {
  const ended = new AbortController()
  const signals = [ended.signal, ...(options.signal ? [options.signal] : [])]
  const ask = askerOf(options.fetch, AbortSignal.any(signals))
  // Small and the key to everything else, so always asked for anew.
  const { modelBase, manifestFile = manifestName } = options
  const base = modelBase.endsWith('/') ? modelBase : `${modelBase}/`
  const answer = await ask(base + manifestFile, 'no-cache')
  const manifest = parseManifest(await answer.text())
  assertFingerprint(manifest, options.fingerprint)

  const tell = progressOf(manifest, options.onProgress)
  try {
    const files = await readModelFiles(manifest, async (file, isRetry) => {
      const url = base + file.file
      const response = await ask(url, cacheModeOf(file, isRetry))
      return readBody(response, url, {
        sizeBytes: file.wireBytes,
        tell: (bytes) => tell(file.file, bytes),
      })
    })
    return { manifest, files }
  } catch (error) {
    ended.abort() // what else is on its way is of no use any more
    throw error
  }
}

function assertFingerprint({ fingerprint }: ModelManifest, expected?: string) {
  if (expected === undefined || fingerprint === expected) return
  throw new HearthError(
    'no-encoder',
    `wrong encoder for this catalogue: got ${fingerprint.slice(0, 12)}, expected ` +
      `${expected.slice(0, 12)}. Rebuild the pack with the encoder that is served.`,
  )
}

/** A name that holds its content's hash never goes stale: no host need be asked again. */
function cacheModeOf({ file, wireSha256 }: ModelFile, isRetry: boolean): RequestCache {
  if (isRetry) return 'reload'
  const isHashed = file.includes(wireSha256.slice(0, 16))
  return isHashed ? 'force-cache' : 'default'
}

type Ask = (url: string, cache: RequestCache) => Promise<Response>

function askerOf(fetch: typeof globalThis.fetch, signal: AbortSignal): Ask {
  return async (url, cache) => {
    let response: Response
    try {
      response = await fetch(url, { cache, signal })
    } catch (error) {
      throw missing(url, messageOf(error), { cause: error })
    }
    if (!response.ok) throw missing(url, `status ${response.status}`)
    return response
  }
}

/** Reads a body, giving up soon after it outgrows the stated size. */
async function readBody(
  response: Response,
  url: string,
  { sizeBytes, tell }: { sizeBytes: number; tell: (receivedBytes: number) => void },
): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let received = 0
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || received > sizeBytes) break
      chunks.push(value)
      received += value.length
      tell(received)
    }
  } catch (error) {
    throw missing(url, messageOf(error), { cause: error })
  }
  if (received > sizeBytes) await reader.cancel()
  return joined(chunks, received)
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function progressOf(
  manifest: ModelManifest,
  onProgress: FetchModelOptions['onProgress'],
): (file: string, receivedBytes: number) => void {
  const total = manifest.files.reduce((sum, file) => sum + file.wireBytes, 0)
  const received = new Map<string, number>()
  let told = 0
  return (file, receivedBytes) => {
    received.set(file, Math.max(receivedBytes, received.get(file) ?? 0))
    let sum = 0
    for (const bytes of received.values()) sum += bytes
    told = Math.max(told, Math.min(1, sum / total))
    onProgress?.(told)
  }
}

function missing(url: string, got: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `cannot download ${url}: got ${got}, expected the file. ` +
      'Check that the model folder is served there.',
    options,
  )
}
