/**
 * The encoder in Node, for the command line: the same files and the same path as in the
 * browser. Hearth's own model runs on Hearth's own kernel, any other on onnxruntime.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { HearthError, messageOf } from '../../errors.ts'
import { createEncoder, type ModelEncoder } from './encoder.ts'
import { goldenTexts } from './golden-vectors.ts'
import { type LoadedModel, readModelFiles } from './model-files.ts'
import {
  formatManifest,
  type ModelManifest,
  manifestName,
  parseManifest,
} from './model-manifest.ts'
import {
  loadForeignRuntime,
  openForeignModel,
  readForeignFolder,
} from './node-foreign.ts'
import { downloadFromHub, type HubOptions, isHubId } from './node-hub.ts'
import { openNodeKernel } from './node-kernel.ts'
import { findLevelTensors } from './node-tensors.ts'
import { type WiredModel, wireModel } from './node-wire.ts'

interface NodeEncoderOptions {
  /**
   * A folder with a `hearth.json`, or of any feature extractor laid out for
   * transformers.js.
   */
  readonly modelFolder: string
  /** What a model without a `hearth.json` is called. Default: its folder's name. */
  readonly name?: string
  /** CPU threads, 1 or more. Default: as many as there are, at most 8. */
  readonly threads?: number
}

export interface NodeEncoder extends ModelEncoder {
  /**
   * The model as browsers take it, golden vectors made if there were none.
   * @throws HearthError `no-encoder` if the folder holds another model by now
   */
  wire(): Promise<WiredModel>
}

const MAX_THREADS = 8 // the matrices are small: more threads wait more than they work

/**
 * @throws HearthError `no-encoder` if a file is missing, damaged or altered, or the model
 *   is none that can be used, or needs a package that is not installed; `no-device` if it
 *   does not start
 */
export async function createNodeEncoder(
  options: NodeEncoderOptions,
): Promise<NodeEncoder> {
  const read = () => readModelFolder(options.modelFolder, options.name)
  const opened = await openModel(await read(), options.threads)
  return {
    ...opened,
    async wire() {
      const { manifest, files } = await read() // again, rather than kept all along
      if (manifest.fingerprint !== opened.fingerprint)
        throw changed(options.modelFolder)
      const golden =
        manifest.golden.length > 0 ? manifest.golden : await makeGolden(opened)
      const whole = { ...manifest, golden }
      const isPacked = manifest.files.some(({ packing }) => packing !== 'none')
      return isPacked ? asItLies(whole, options.modelFolder) : wireModel(whole, files)
    },
  }
}

/** A folder that was packed before: packing it again takes most of a small build's time. */
async function asItLies(manifest: ModelManifest, folder: string): Promise<WiredModel> {
  const files = await Promise.all(
    manifest.files.map(
      async ({ file }) => [file, await readBytes(folder, file)] as const,
    ),
  )
  const manifestBytes = new TextEncoder().encode(formatManifest(manifest))
  return { manifest, manifestBytes, files: new Map(files) }
}

/** Opens a model that was read: one with a table of tensors on the kernel. */
export async function openModel(
  loaded: LoadedModel,
  threads = Math.min(MAX_THREADS, availableParallelism()),
): Promise<ModelEncoder> {
  const model = loaded.manifest.tensors
    ? await openNodeKernel(loaded, threads)
    : await openForeignModel(loaded, { threads })
  return createEncoder(loaded.manifest, model)
}

/** This encoder's vectors of `goldenTexts`. */
export async function makeGolden(encoder: ModelEncoder) {
  const { dim } = encoder
  const vectors = await encoder.encode(goldenTexts)
  return goldenTexts.map((text, row) => ({
    text,
    vector: vectors.slice(row * dim, (row + 1) * dim),
  }))
}

function changed(folder: string): HearthError {
  return new HearthError(
    'no-encoder',
    `the model in ${folder} was changed while it was in use: got another fingerprint, ` +
      'expected the same. Run this again.',
  )
}

/** A folder as it lies there, its tensors found where its manifest does not list them. */
export async function readModelFolder(
  folder: string,
  name?: string,
): Promise<LoadedModel> {
  const { manifest, files } = await readListed(folder, name)
  const tensors = manifest.tensors ?? findLevelTensors(files)
  return { manifest: tensors ? { ...manifest, tensors } : manifest, files }
}

async function readListed(folder: string, name?: string): Promise<LoadedModel> {
  if (!existsSync(join(folder, manifestName))) return readForeignFolder(folder, name)
  const text = new TextDecoder().decode(await readBytes(folder, manifestName))
  const manifest = parseManifest(text)
  const files = await readModelFiles(manifest, ({ file }) => readBytes(folder, file))
  return { manifest, files }
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

// What someone names on the command line → an encoder in Node.

/**
 * @param choice a model's folder, or its hub id: `org/name` or `org/name@revision`. A
 *   folder that is there wins
 * @param load finds the package that a hub's model needs; another one in tests
 * @throws HearthError `no-encoder`, `no-device` as `createNodeEncoder` and
 *   `downloadFromHub`
 */
export async function openChosenEncoder(
  choice: string,
  hub: HubOptions,
  load: (name: string) => Promise<unknown> = loadForeignRuntime,
): Promise<NodeEncoder> {
  if (existsSync(choice)) return createNodeEncoder({ modelFolder: choice })
  if (!isHubId(choice)) {
    throw new HearthError(
      'no-encoder',
      `no encoder: got ${choice}, which is not there, expected the folder of a model or ` +
        'a hub id like org/name.',
    )
  }
  await load(choice) // before a download that would be for nothing
  const modelFolder = await downloadFromHub(choice, hub)
  return createNodeEncoder({ modelFolder, name: choice })
}
