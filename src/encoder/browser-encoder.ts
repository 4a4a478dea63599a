/**
 * The encoder in a browser's worker, on one rung of the device ladder.
 *
 * One rung for each fresh worker: after a failed start on WebGPU every later start
 * in the same realm fails too, on WASM as well. A caller that gets `no-device`
 * ends the worker and starts another on the next rung.
 */
import { createEncoder, type ModelEncoder } from './create-encoder.ts'
import { type FetchModelOptions, fetchModel } from './fetch-model.ts'
import { type EncoderRung, runtimeFiles } from './runtime-files.ts'
import { openTransformersModel } from './transformers-model.ts'

export interface BrowserEncoderOptions extends FetchModelOptions {
  /** Absolute URL of the folder with onnxruntime-web's files (`runtimeStems`). */
  readonly runtimeBase: string
  readonly rung: EncoderRung
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
): Promise<ModelEncoder> {
  const { manifest, files } = await fetchModel(options)
  const hasJspi = 'Suspending' in WebAssembly
  const model = await openTransformersModel(files, {
    device: options.rung,
    threads: THREADS,
    runtime: runtimeFiles(options.runtimeBase, options.rung, hasJspi),
  })
  return createEncoder(manifest, model)
}
