/**
 * A checked model folder, opened by transformers.js.
 *
 * The library is handed bytes that were checked before; it never opens a
 * connection or a file itself.
 */
import {
  AutoModel,
  AutoTokenizer,
  type DataType,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@xenova/transformers'
import { HearthError, messageOf } from '../../errors.ts'
import type { TextModel, TokenBatch } from './encoder.ts'
import type { ModelFiles } from './model-files.ts'
import { dtypeOf } from './model-precision.ts'

interface OpenModelOptions {
  /** `cpu` in Node; one of the others in a browser, for the life of the realm. */
  readonly device: 'cpu' | 'wasm' | 'webgpu'
  /** CPU threads for one operator, 1 or more. */
  readonly threads: number
  /** Absolute URLs of the self-hosted runtime; browsers only. */
  readonly runtime?: { readonly mjs: string; readonly wasm: string }
}

/** Files being opened, by the path that transformers.js asks for. */
const served = new Map<string, Uint8Array>()
let opened = 0

/**
 * @throws HearthError `no-encoder` if there is no ONNX file of a known name;
 *   `no-device` if the model does not start on this device
 */
export async function openTransformersModel(
  files: ModelFiles,
  options: OpenModelOptions,
): Promise<TextModel> {
  const dtype: DataType = dtypeOf([...files.keys()])
  configure(options)
  const id = `hearth-${opened++}`
  for (const [name, bytes] of files) served.set(`${id}/${name}`, bytes)
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(id)
    const model = await AutoModel.from_pretrained(id, {
      device: options.device,
      dtype, // chooses the file by its ending, nothing else
      session_options: { intraOpNumThreads: options.threads, interOpNumThreads: 1 },
    })
    return asTextModel(tokenizer, model)
  } catch (error) {
    throw new HearthError(
      'no-device',
      `the encoder does not start on ${options.device}: got ${messageOf(error)}, ` +
        'expected a session. Try the next device in a fresh worker.',
      { cause: error },
    )
  } finally {
    for (const name of files.keys()) served.delete(`${id}/${name}`)
  }
}

/** Under one of these names a feature extractor answers its token states. */
const STATES = ['last_hidden_state', 'token_embeddings'] as const

function asTextModel(
  tokenizer: PreTrainedTokenizer,
  model: PreTrainedModel,
): TextModel {
  return {
    tokenize: (text) => tokenizer.encode(text),
    async run(batch) {
      const outputs = (await model({
        input_ids: new Tensor('int64', batch.ids, shapeOf(batch)),
        attention_mask: new Tensor('int64', batch.mask, shapeOf(batch)),
      })) as Readonly<Record<string, Tensor | undefined>>
      const states = STATES.map((name) => outputs[name]).find(Boolean)?.data
      if (states instanceof Float32Array) return states
      throw new Error(
        `outputs ${Object.keys(outputs).join(', ')} without token states in fp32`,
      )
    },
    dispose: async () => void (await model.dispose()),
  }
}

function shapeOf(batch: TokenBatch): number[] {
  return [batch.texts, batch.tokens]
}

/** transformers.js keeps its settings in one global; these hold for every model. */
function configure(options: OpenModelOptions): void {
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.remotePathTemplate = '{model}' // the second name under which a file is looked up
  env.useFS = false
  env.useFSCache = false
  env.useBrowserCache = false
  env.useWasmCache = false // it would run code from blob:, which a strict CSP refuses
  env.fetch = async () => new Response(null, { status: 404 })
  env.useCustomCache = true
  env.customCache = { match: matchServed, put: async () => {} }
  const { wasm } = env.backends.onnx
  if (wasm === undefined || options.runtime === undefined) return
  wasm.wasmPaths = options.runtime
  wasm.numThreads = options.threads
  wasm.proxy = false
}

async function matchServed(request: string): Promise<Response | undefined> {
  const path = [...served.keys()].find((name) => request.endsWith(name))
  if (path === undefined) return undefined
  return new Response(served.get(path)! as Uint8Array<ArrayBuffer>)
}
