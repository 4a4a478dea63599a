/**
 * The encoder in a browser's worker, on one backend of the device fallback.
 *
 * One backend for each fresh worker: after a failed start on WebGPU every later start
 * in the same realm fails too, on WASM as well. A caller that gets `no-device`
 * ends the worker and starts another on the next backend.
 */

import { HearthError, messageOf } from '../../errors.ts'
import kernelUrl from './bert.wasm?url'
import { openKernelModel } from './bert-kernel.ts'
import { createEncoder, type ModelEncoder, type TextModel } from './encoder.ts'
import { type ModelFiles, readModelFiles } from './model-files.ts'
import {
  type ModelFile,
  type ModelManifest,
  manifestName,
  parseManifest,
} from './model-manifest.ts'
import { type EncoderBackend, runtimeFiles } from './runtime-files.ts'

// Downloads a model with progress, checking every file.

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

/**
 * What computes on a backend: Hearth's own kernel, WASM alone and models of levels alone, or
 * onnxruntime.
 */
export type EncoderRunner = 'kernel' | 'onnxruntime'

export interface BrowserEncoderOptions extends FetchModelOptions {
  /** Absolute URL of the folder with onnxruntime-web's files (`runtimeStems`). */
  readonly runtimeBase: string
  readonly backend: EncoderBackend
  /** `kernel` gives way to onnxruntime where it cannot read the model. */
  readonly runner: EncoderRunner
}

export interface BrowserEncoder {
  readonly encoder: ModelEncoder
  /** What runs it, and why the kernel does not where it was asked for. */
  readonly note: string
}

/** Threads need cross-origin isolation, which a widget cannot ask of a page. */
const THREADS = 1

/**
 * Downloads, checks and starts the encoder. Vectors are not checked here: call
 * `selfCheck` before using it.
 *
 * @throws HearthError `no-encoder` if a file is missing, damaged or altered;
 *   `no-device` if the model does not start on this backend
 */
export async function createBrowserEncoder(
  options: BrowserEncoderOptions,
): Promise<BrowserEncoder> {
  const kernel = options.runner === 'kernel' ? loadKernel(options.fetch) : undefined
  kernel?.catch(() => {}) // told where it is awaited
  const { manifest, files } = await fetchModel(options)
  const { model, note } = await openModel(files, options, kernel)
  return { encoder: createEncoder(manifest, model), note }
}

async function openModel(
  files: ModelFiles,
  options: BrowserEncoderOptions,
  kernel: Promise<WebAssembly.Module> | undefined,
): Promise<{ model: TextModel; note: string }> {
  if (!kernel)
    return { model: await openOnRuntime(files, options), note: 'onnxruntime' }
  try {
    return { model: await openKernelModel(files, () => kernel), note: 'own kernel' }
  } catch (error) {
    // A pack's own model, or a browser without SIMD: the note goes to the engine's state.
    const note = `onnxruntime (${messageOf(error)})`
    return { model: await openOnRuntime(files, options), note }
  }
}

/** The library comes only where it is needed: it weighs more than all else here. */
async function openOnRuntime(
  files: ModelFiles,
  { backend, runtimeBase }: BrowserEncoderOptions,
): Promise<TextModel> {
  const { openTransformersModel } = await import('./transformers-model.ts')
  const hasJspi = 'Suspending' in WebAssembly
  const runtime = runtimeFiles(runtimeBase, backend, hasJspi)
  return openTransformersModel(files, { device: backend, threads: THREADS, runtime })
}

/** Not compiled as it streams: hosts exist that send WebAssembly under another type. */
async function loadKernel(fetch: typeof globalThis.fetch): Promise<WebAssembly.Module> {
  const response = await fetch(kernelUrl)
  if (!response.ok)
    throw new Error(`its kernel is not served: status ${response.status}`)
  return WebAssembly.compile(await response.arrayBuffer())
}
