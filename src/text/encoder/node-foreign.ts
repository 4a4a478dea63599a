/**
 * Any feature-extraction model laid out for transformers.js → a model Hearth can use.
 *
 *   config.json, tokenizer.json, tokenizer_config.json, onnx/model*.onnx, and the
 *   settings of sentence-transformers for pooling and length  →  manifest, files
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { HearthError, messageOf } from '../../errors.ts'
import type { TextModel } from './encoder.ts'
import type { LoadedModel } from './model-files.ts'
import { fingerprintOf, type Pooling, plainFile } from './model-manifest.ts'
import { dtypeOf, onnxFiles } from './model-precision.ts'

/** What every model must have beside its ONNX file. */
export const requiredFiles = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
] as const
/** Read if there: how vectors are made of token states, and of how much text. */
export const adviceFiles = [
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
] as const

/** Tokens read at most: attention costs their square, and longer texts add little. */
const MAX_TOKENS = 512

/**
 * @param name of the model; default: the folder's
 * @returns the model, its golden vectors not made yet
 * @throws HearthError `no-encoder` if a file is missing, or asks for what is not done
 *   here: other pooling than mean or CLS, or layers behind it
 */
export async function readForeignFolder(
  folder: string,
  name = basename(resolve(folder)),
): Promise<LoadedModel> {
  const onnx = await onnxIn(folder)
  const names = [...requiredFiles, onnx].sort()
  const files = new Map<string, Uint8Array>()
  for (const each of names) files.set(each, await bytesOf(folder, each))
  const config = jsonOf('config.json', files.get('config.json')!)
  const tokenizer = jsonOf('tokenizer_config.json', files.get('tokenizer_config.json')!)
  assertPlainModules(await adviceOf(folder, 'modules.json'))
  const decisive = {
    maxTokens: maxTokensOf([
      (await adviceOf(folder, 'sentence_bert_config.json')).max_seq_length,
      tokenizer.model_max_length,
      config.max_position_embeddings,
    ]),
    pooling: poolingOf(await adviceOf(folder, '1_Pooling/config.json')),
    files: [...files].map(([each, bytes]) => plainFile(each, bytes)),
  }
  const manifest = {
    ...{ name, dim: dimOf(config), ...decisive },
    fingerprint: fingerprintOf(decisive),
    ...{ golden: [], licence: 'not stated', teacher: name },
  }
  return { manifest, files }
}

async function onnxIn(folder: string): Promise<string> {
  // without the folder there is no ONNX file, which `dtypeOf` reports
  const inFolder = await readdir(join(folder, 'onnx')).catch(() => [])
  const names = inFolder.map((name) => `onnx/${name}`)
  const precision = dtypeOf(names)
  const file = onnxFiles.find((name) => names.includes(name))!
  const apart = names.find((name) => name.startsWith(`${file}_data`))
  if (apart === undefined) return file
  throw unusable(
    `the ${precision} model keeps its weights apart, in ${apart}`,
    'one file. Take a smaller precision of it, e.g. onnx/model_quantized.onnx',
  )
}

type Json = Readonly<Record<string, unknown>>

function dimOf(config: Json): number {
  const { hidden_size, dim, d_model } = config
  const found = [hidden_size, dim, d_model].find(isCount)
  if (found) return found
  throw unusable('a config.json without hidden_size', 'the length of a vector')
}

function maxTokensOf(limits: readonly unknown[]): number {
  return Math.min(MAX_TOKENS, ...limits.filter(isCount))
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}

/** Source: the config that sentence-transformers writes for its Pooling module. */
function poolingOf(advice: Json): Pooling {
  const asked = Object.keys(advice).filter(
    (key) => key.startsWith('pooling_mode_') && advice[key] === true,
  )
  if (asked.length === 0 || asked.join() === 'pooling_mode_mean_tokens') return 'mean'
  if (asked.join() === 'pooling_mode_cls_token') return 'cls'
  throw unusable(`pooling by ${asked.join(' and ')}`, 'the mean, or the CLS token')
}

const PLAIN_MODULES = /\.(Transformer|Pooling|Normalize)$/

function assertPlainModules(advice: Json) {
  for (const module of Object.values(advice)) {
    const { type } = (module ?? {}) as { type?: unknown }
    if (typeof type !== 'string' || PLAIN_MODULES.test(type)) continue
    throw unusable(`a module ${type} in modules.json`, 'a transformer and its pooling')
  }
}

/** {} where the folder has no such file. */
async function adviceOf(folder: string, name: (typeof adviceFiles)[number]) {
  const bytes = await readFile(join(folder, name)).catch(() => undefined) // optional
  return bytes ? jsonOf(name, bytes) : {}
}

function jsonOf(name: string, bytes: Uint8Array): Json {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof json === 'object' && json !== null) return json as Json
  } catch (cause) {
    throw unusable(`a broken ${name} (${messageOf(cause)})`, 'JSON', { cause })
  }
  throw unusable(`a ${name} that is no object`, 'JSON with fields')
}

async function bytesOf(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name))
  } catch (cause) {
    throw new HearthError(
      'no-encoder',
      `cannot read ${join(folder, name)}: got ${messageOf(cause)}, expected the file. ` +
        'Point to the folder of a model.',
      { cause },
    )
  }
}

function unusable(got: string, expected: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `cannot use this model: got ${got}, expected ${expected}.`,
    options,
  )
}

// Running it takes onnxruntime, by a package that only those install who bring a model.

/** What `npm i` takes: the name that the sources import, and the release they were tested with. */
const RUNTIME = '@xenova/transformers@npm:@huggingface/transformers@4.3.1'

type ImportRuntime = () => Promise<typeof import('./transformers-model.ts')>

interface OpenForeignOptions {
  /** CPU threads for one operator, 1 or more. */
  readonly threads: number
  /** Loads the package; another one in tests. */
  readonly importRuntime?: ImportRuntime
}

/**
 * @throws HearthError `no-encoder` if the package is not installed; `no-device` if the
 *   model does not start
 */
export async function openForeignModel(
  { manifest, files }: LoadedModel,
  { threads, importRuntime }: OpenForeignOptions,
): Promise<TextModel> {
  const runtime = await loadForeignRuntime(manifest.name, importRuntime)
  return runtime.openTransformersModel(files, { device: 'cpu', threads })
}

/**
 * The package that reads text with models that are not Hearth's own.
 * @param name of the model, for the message
 * @throws HearthError `no-encoder` if it is not installed
 */
export async function loadForeignRuntime(
  name: string,
  importRuntime: ImportRuntime = () => import('./transformers-model.ts'),
): ReturnType<ImportRuntime> {
  try {
    return await importRuntime()
  } catch (cause) {
    const { code } = cause as { code?: unknown }
    if (code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new HearthError(
      'no-encoder',
      `reading text with ${name} needs the package @xenova/transformers: ` +
        `got none installed. Run \`npm i ${RUNTIME}\`.`,
      { cause },
    )
  }
}
