/** all-MiniLM-L6-v2 in int8, as a site would run it: the same library, runtime and pooling. */
import { BertModel, BertTokenizer, env, Tensor } from '@xenova/transformers'
import { meanPool } from '../../src/text/encoder/mean-pool.ts'
import { runtimeFiles } from '../../src/text/encoder/runtime-files.ts'
import { serveTimed } from './timed-worker.ts'

const DIM = 384

serveTimed(async ({ modelUrl, runtimeUrl }) => {
  const { pathname } = new URL(modelUrl)
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = '/'
  env.useWasmCache = false
  env.useBrowserCache = false
  const { wasm } = env.backends.onnx
  if (wasm === undefined) throw new Error('no WASM runtime')
  wasm.wasmPaths = runtimeFiles(runtimeUrl, 'wasm', false)
  wasm.numThreads = 1
  wasm.proxy = false
  const name = pathname.replaceAll('/', '')
  const tokenizer = await BertTokenizer.from_pretrained(name)
  const model: BertModel = await BertModel.from_pretrained(name, {
    device: 'wasm',
    dtype: 'q8',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  })
  return async (texts) => {
    const rows: number[] = []
    for (const text of texts)
      rows.push(...(await encodeOne(text, { tokenizer, model })))
    return Float32Array.from(rows)
  }
})

async function encodeOne(
  text: string,
  { tokenizer, model }: { tokenizer: BertTokenizer; model: BertModel },
): Promise<Float32Array> {
  const ids = tokenizer.encode(text)
  const shape = [1, ids.length]
  const mask = new BigInt64Array(ids.length).fill(1n)
  const output: unknown = await model({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', mask, shape),
  })
  const { data } = (output as { last_hidden_state: { data: Float32Array } })
    .last_hidden_state
  return meanPool(data, new Uint8Array(ids.length).fill(1), DIM)
}
