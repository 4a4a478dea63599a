/**
 * The encoder in Node, for the command line: the same files and the same path as in
 * the browser, on onnxruntime-node.
 */
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { HearthError, messageOf } from '../errors.ts'
import { createEncoder, type ModelEncoder } from './create-encoder.ts'
import { readModelFiles } from './model-files.ts'
import { type ModelManifest, manifestName, parseManifest } from './model-manifest.ts'
import { openTransformersModel } from './transformers-model.ts'

export interface NodeEncoderOptions {
  /** Path of the folder that holds `hearth.json`. */
  readonly modelFolder: string
  /** CPU threads, 1 or more. Default: as many as there are, at most 8. */
  readonly threads?: number
}

const MAX_THREADS = 8 // the matrices are small: more threads wait more than they work

/**
 * @throws HearthError `no-encoder` if a file is missing, damaged or altered;
 *   `no-device` if onnxruntime-node does not start
 */
export async function createNodeEncoder(
  options: NodeEncoderOptions,
): Promise<ModelEncoder> {
  const manifest = await readManifest(options.modelFolder)
  return openFolder(manifest, options)
}

/** Opens a folder under a manifest that need not be written yet. */
export async function openFolder(
  manifest: ModelManifest,
  options: NodeEncoderOptions,
): Promise<ModelEncoder> {
  const { modelFolder } = options
  const files = await readModelFiles(manifest, (file) =>
    readBytes(modelFolder, file.name),
  )
  const model = await openTransformersModel(files, {
    device: 'cpu',
    threads: options.threads ?? Math.min(MAX_THREADS, availableParallelism()),
  })
  return createEncoder(manifest, model)
}

async function readManifest(folder: string): Promise<ModelManifest> {
  const bytes = await readBytes(folder, manifestName)
  return parseManifest(new TextDecoder().decode(bytes))
}

async function readBytes(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw new HearthError(
      'no-encoder',
      `cannot read ${join(folder, name)}: got ${messageOf(error)}, expected the file. ` +
        'Point to the folder of the model.',
      { cause: error },
    )
  }
}
