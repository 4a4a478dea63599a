/**
 * Downloads a model folder with progress, checking every file.
 */
import { HearthError, messageOf } from '../errors.ts'
import { type ModelFiles, readModelFiles } from './model-files.ts'
import { type ModelManifest, manifestName, parseManifest } from './model-manifest.ts'

export interface FetchModelOptions {
  /** URL of the model folder, absolute, with or without a closing slash. */
  readonly modelBase: string
  readonly fetch: typeof globalThis.fetch
  /** Told the share of all bytes that have arrived, 0–1, never falling. */
  readonly onProgress?: (share: number) => void
}

/**
 * @throws HearthError `no-encoder` if a file is missing, truncated, altered, or
 *   answered with an HTML page
 */
export async function fetchModel(
  options: FetchModelOptions,
): Promise<{ readonly manifest: ModelManifest; readonly files: ModelFiles }> {
  const { fetch, modelBase } = options
  const base = modelBase.endsWith('/') ? modelBase : `${modelBase}/`
  // Small and the key to everything else, so always asked for anew.
  const answer = await request(fetch, base + manifestName, 'no-cache')
  const manifest = parseManifest(await answer.text())

  const tell = progressOf(manifest, options.onProgress)
  const files = await readModelFiles(manifest, async (file, isRetry) => {
    const cache = isRetry ? 'reload' : 'default'
    const response = await request(fetch, base + file.name, cache)
    return readBody(response, file.sizeBytes, (bytes) => tell(file.name, bytes))
  })
  return { manifest, files }
}

async function request(
  fetch: typeof globalThis.fetch,
  url: string,
  cache: RequestCache,
): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { cache })
  } catch (error) {
    throw missing(url, messageOf(error), { cause: error })
  }
  if (!response.ok) throw missing(url, `status ${response.status}`)
  return response
}

/** Reads a body, giving up soon after it outgrows the stated size. */
async function readBody(
  response: Response,
  sizeBytes: number,
  tell: (receivedBytes: number) => void,
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
    throw missing(response.url, messageOf(error), { cause: error })
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
): (name: string, receivedBytes: number) => void {
  const total = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const received = new Map<string, number>()
  let told = 0
  return (name, receivedBytes) => {
    received.set(name, Math.max(receivedBytes, received.get(name) ?? 0))
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
