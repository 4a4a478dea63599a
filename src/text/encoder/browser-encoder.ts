/**
 * The encoder in a browser's worker, on one backend: WebGPU by onnxruntime, or WASM by
 * Hearth's own kernel (by onnxruntime for a model of any other form).
 *
 * One backend for each fresh worker: after a failed start on WebGPU every later start
 * in the same realm fails too, on WASM as well. A caller that gets `no-device`
 * ends the worker and starts another on the next backend.
 */
import { HearthError, messageOf } from '../../errors.ts'
import kernelUrl from './bert.wasm?url'
import { openKernelModel } from './bert-kernel.ts'
import { createEncoder, type ModelEncoder, type TextModel } from './encoder.ts'
import { type LoadedModel, readModelFiles } from './model-files.ts'
import {
  type ModelFile,
  type ModelManifest,
  manifestName,
  parseManifest,
} from './model-manifest.ts'
import { type EncoderBackend, runtimeFiles } from './runtime-files.ts'

// Downloads a model with progress, checking every file.

interface FetchModelOptions {
  /** URL of the model folder, absolute, with or without a closing slash. */
  readonly modelBase: string
  /** The manifest's name in that folder. Default `hearth.json`. */
  readonly manifestFile?: string
  readonly fetch: typeof globalThis.fetch
  /** Called with the share of all bytes that have arrived, 0–1, never falling. */
  readonly onProgress?: (share: number) => void
  /** The only fingerprint to take. Default: any. */
  readonly fingerprint?: string
}

/**
 * @throws HearthError `no-encoder` if a file is missing, truncated, altered, or
 *   answered with an HTML page, if the fingerprint is another (then nothing but
 *   `hearth.json` was downloaded)
 */
export async function fetchModel(options: FetchModelOptions): Promise<LoadedModel> {
  const ended = new AbortController()
  const ask = askerOf(options.fetch, ended.signal)
  // small and the key to everything else, so always fetched anew
  const { modelBase, manifestFile = manifestName } = options
  const base = modelBase.endsWith('/') ? modelBase : `${modelBase}/`
  const answer = await ask(base + manifestFile, 'no-cache')
  const manifest = parseManifest(await answer.text())
  assertFingerprint(manifest, options.fingerprint)

  const report = progressOf(manifest, options.onProgress)
  try {
    const files = await readModelFiles(manifest, async (file, isRetry) => {
      const url = base + file.file
      const response = await ask(url, cacheModeOf(file, isRetry))
      return readBody(response, url, {
        sizeBytes: file.wireBytes,
        onBytes: (bytes) => report(file.file, bytes),
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

function askerOf(fetch: typeof globalThis.fetch, signal?: AbortSignal): Ask {
  return async (url, cache) => {
    let response: Response
    try {
      response = await fetch(url, { cache, ...(signal ? { signal } : {}) })
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
  { sizeBytes, onBytes }: { sizeBytes: number; onBytes: (received: number) => void },
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
      onBytes(received)
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
  let reported = 0
  return (file, receivedBytes) => {
    received.set(file, Math.max(receivedBytes, received.get(file) ?? 0))
    let sum = 0
    for (const bytes of received.values()) sum += bytes
    reported = Math.max(reported, Math.min(1, sum / total))
    onProgress?.(reported)
  }
}

function missing(url: string, got: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `cannot download ${url}: got ${got}, expected the file. ` +
      'Check that the folder is served there.',
    options,
  )
}

interface BrowserEncoderOptions extends FetchModelOptions {
  /**
   * Absolute URL of the folder with onnxruntime-web's files (`runtimeStems`). Absent where
   * none is served: then only Hearth's own model can be read, on WASM.
   */
  readonly runtimeBase?: string
  readonly backend: EncoderBackend
}

interface BrowserEncoder {
  readonly encoder: ModelEncoder
  /** What runs it, for the engine's state. */
  readonly note: 'own kernel' | 'onnxruntime'
}

/** Threads need cross-origin isolation, which a widget cannot ask of a page. */
const THREADS = 1

/**
 * Downloads, checks and starts the encoder. Vectors are not checked here: call
 * `selfCheck` before using it.
 *
 * @throws HearthError `no-encoder` if a file is missing, damaged or altered, or if the
 *   model needs onnxruntime and none is served; `no-device` if the model does not start on
 *   this backend
 */
export async function createBrowserEncoder(
  options: BrowserEncoderOptions,
): Promise<BrowserEncoder> {
  // on its way beside the model; a foreign model leaves it unused
  const kernel = options.backend === 'wasm' ? loadKernel(options.fetch) : undefined
  kernel?.catch(() => {}) // reported where it is awaited
  const loaded = await fetchModel(options)
  const isOwn = kernel !== undefined && loaded.manifest.tensors !== undefined
  const model = isOwn
    ? await openOnKernel(loaded, kernel)
    : await openOnRuntime(loaded, options)
  const note = isOwn ? 'own kernel' : 'onnxruntime'
  return { encoder: createEncoder(loaded.manifest, model), note }
}

async function openOnKernel(
  loaded: LoadedModel,
  kernel: Promise<WebAssembly.Module>,
): Promise<TextModel> {
  try {
    return await openKernelModel(loaded, await kernel)
  } catch (cause) {
    if (cause instanceof HearthError) throw cause
    const message = `the encoder's kernel does not start here: got ${messageOf(cause)}.`
    throw new HearthError('no-device', message, { cause })
  }
}

/** The library comes only where it is needed: it weighs more than all else here. */
async function openOnRuntime(
  { manifest, files }: LoadedModel,
  { backend, runtimeBase }: BrowserEncoderOptions,
): Promise<TextModel> {
  if (runtimeBase === undefined) {
    throw new HearthError(
      'no-encoder',
      `reading text with ${manifest.name} needs onnxruntime: got none served, expected ` +
        'the folder runtime/ beside the scripts.',
    )
  }
  const { openTransformersModel } = await import('./transformers-model.ts')
  const hasJspi = 'Suspending' in WebAssembly
  const runtime = runtimeFiles(runtimeBase, backend, hasJspi)
  return openTransformersModel(files, { device: backend, threads: THREADS, runtime })
}

/** Not compiled as it streams: hosts exist that send WebAssembly under another type. */
async function loadKernel(fetch: typeof globalThis.fetch): Promise<WebAssembly.Module> {
  const response = await askerOf(fetch)(kernelUrl, 'default')
  return WebAssembly.compile(await response.arrayBuffer())
}
