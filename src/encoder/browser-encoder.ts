/**
 * The encoder in a browser's worker, on one rung of the device ladder.
 *
 * One rung for each fresh worker: after a failed start on WebGPU every later start
 * in the same realm fails too, on WASM as well. A caller that gets `no-device`
 * ends the worker and starts another on the next rung.
 */
import { messageOf } from '../errors.ts'
import kernelUrl from './bert.wasm?url'
import { createEncoder, type ModelEncoder, type TextModel } from './create-encoder.ts'
import { type FetchModelOptions, fetchModel } from './fetch-model.ts'
import { openKernelModel } from './kernel-model.ts'
import type { ModelFiles } from './model-files.ts'
import { type EncoderRung, runtimeFiles } from './runtime-files.ts'

/**
 * What computes on a rung: Hearth's own kernel, WASM alone and models of levels alone, or
 * onnxruntime.
 */
export type EncoderRunner = 'kernel' | 'onnxruntime'

export interface BrowserEncoderOptions extends FetchModelOptions {
  /** Absolute URL of the folder with onnxruntime-web's files (`runtimeStems`). */
  readonly runtimeBase: string
  readonly rung: EncoderRung
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
 *   `no-device` if the model does not start on this rung
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
  { rung, runtimeBase }: BrowserEncoderOptions,
): Promise<TextModel> {
  const { openTransformersModel } = await import('./transformers-model.ts')
  const hasJspi = 'Suspending' in WebAssembly
  const runtime = runtimeFiles(runtimeBase, rung, hasJspi)
  return openTransformersModel(files, { device: rung, threads: THREADS, runtime })
}

/** Not compiled as it streams: hosts exist that send WebAssembly under another type. */
async function loadKernel(fetch: typeof globalThis.fetch): Promise<WebAssembly.Module> {
  const response = await fetch(kernelUrl)
  if (!response.ok)
    throw new Error(`its kernel is not served: status ${response.status}`)
  return WebAssembly.compile(await response.arrayBuffer())
}
