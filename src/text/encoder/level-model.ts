/**
 * The weights of Hearth's own encoder, each a byte ("level") times two step sizes, as views
 * on the file that `encoder-training/levels.py` wrote.
 *
 *   a model's files · the table of tensors in `hearth.json`  →  words, places, norms, matrices
 *
 * A tensor is found by the name that PyTorch gave it, so nothing depends on the number of
 * layers or their size. A model of any other form has no table: it needs onnxruntime.
 */
import { HearthError } from '../../errors.ts'
import { fromHalf } from '../../math/float16.ts'
import type { LoadedModel, ModelFiles } from './model-files.ts'
import { manifestName, type TensorTable, type TensorType } from './model-manifest.ts'

/** weight[o, i] = (levels[o, i] − 128) · rows[o] · columns[i] */
export interface LevelMatrix {
  /** [outputs, inputs], row-major, 128 added: a view on the file. */
  readonly levels: Uint8Array
  readonly rows: Float32Array
  readonly columns: Float32Array
  readonly bias: Float32Array
}

export interface Norm {
  readonly weight: Float32Array
  readonly bias: Float32Array
}

export interface LevelLayer {
  readonly query: LevelMatrix
  readonly key: LevelMatrix
  readonly value: LevelMatrix
  readonly mixed: LevelMatrix
  readonly mixedNorm: Norm
  readonly wide: LevelMatrix
  readonly narrow: LevelMatrix
  readonly norm: Norm
}

export interface LevelModel {
  /** Numbers of a token's state. */
  readonly dim: number
  readonly heads: number
  readonly epsilon: number
  readonly words: { readonly levels: Uint8Array; readonly steps: Float32Array }
  /** [most tokens, dim] */
  readonly places: Float32Array
  readonly norm: Norm
  readonly layers: readonly LevelLayer[]
}

/** The ONNX file that the table of tensors describes. */
export const levelModelFile = 'onnx/model.onnx'
const CONFIG_FILE = 'config.json'
/** The byte that means level 0. */
const ZERO = 128
const TYPE_BYTES: Readonly<Record<TensorType, number>> = { uint8: 1, float16: 2 }

/**
 * @throws HearthError `no-encoder` where the table names no such tensor, or one that does
 *   not lie within the file or does not fit the others
 */
export function readLevelModel({ manifest, files }: LoadedModel): LevelModel {
  const tensors = tensorReader(manifest.tensors ?? {}, bytesOf(files, levelModelFile))
  const config = JSON.parse(
    new TextDecoder().decode(bytesOf(files, CONFIG_FILE)),
  ) as BertConfig
  const { hidden_size: dim, num_hidden_layers: count } = config
  const layers = Array.from({ length: count }, (_, i) =>
    layerOf(tensors, `layers.${i}`),
  )
  return {
    ...{ dim, heads: config.num_attention_heads, epsilon: config.layer_norm_eps },
    words: {
      levels: tensors.levels('words.levels').bytes,
      steps: tensors.halves('words.steps'),
    },
    places: placesOf(tensors, dim),
    norm: normOf(tensors, 'norm'),
    layers,
  }
}

/** The fields of BERT's `config.json` that decide what is computed. */
interface BertConfig {
  readonly hidden_size: number
  readonly num_attention_heads: number
  readonly num_hidden_layers: number
  readonly layer_norm_eps: number
}

interface TensorReader {
  levels(name: string): { readonly bytes: Uint8Array; readonly dims: readonly number[] }
  /** Numbers kept in fp16, as fp32. */
  halves(name: string): Float32Array
}

function tensorReader(table: TensorTable, file: Uint8Array): TensorReader {
  function read(name: string, type: TensorType) {
    const place = Object.hasOwn(table, name) ? table[name] : undefined
    if (place?.type !== type) {
      throw broken(`${place ? place.type : 'nothing'} for ${name}`, type)
    }
    const { dims, offset } = place
    const end =
      offset + dims.reduce((product, size) => product * size, 1) * TYPE_BYTES[type]
    if (end > file.length) {
      throw broken(`${name} up to byte ${end}`, `${file.length} bytes at most`)
    }
    return { bytes: file.subarray(offset, end), dims }
  }
  return {
    levels: (name) => read(name, 'uint8'),
    halves: (name) => {
      const { bytes } = read(name, 'float16')
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const values = new Float32Array(bytes.length / 2)
      for (let i = 0; i < values.length; i++) {
        values[i] = fromHalf(view.getUint16(2 * i, true))
      }
      return values
    },
  }
}

function layerOf(tensors: TensorReader, layer: string): LevelLayer {
  const matrix = (part: string) => matrixOf(tensors, `${layer}.${part}`)
  return {
    query: matrix('attention.self.query'),
    key: matrix('attention.self.key'),
    value: matrix('attention.self.value'),
    mixed: matrix('attention.output.dense'),
    mixedNorm: normOf(tensors, `${layer}.attention.output.LayerNorm`),
    wide: matrix('intermediate.dense'),
    narrow: matrix('output.dense'),
    norm: normOf(tensors, `${layer}.output.LayerNorm`),
  }
}

function matrixOf(tensors: TensorReader, path: string): LevelMatrix {
  const { bytes, dims } = tensors.levels(`${path}.levels`)
  const matrix = {
    levels: bytes,
    rows: tensors.halves(`${path}.rows`),
    columns: tensors.halves(`${path}.columns`),
    bias: tensors.halves(`${path}.bias`),
  }
  const [outputs, inputs] = [matrix.rows.length, matrix.columns.length]
  if (dims[0] === outputs && dims[1] === inputs && matrix.bias.length === outputs) {
    return matrix
  }
  throw broken(`${path} of ${dims.join(' × ')}`, `${outputs} × ${inputs}`)
}

function normOf(tensors: TensorReader, path: string): Norm {
  return {
    weight: tensors.halves(`${path}.weight`),
    bias: tensors.halves(`${path}.bias`),
  }
}

function placesOf(tensors: TensorReader, dim: number): Float32Array {
  const { bytes } = tensors.levels('places.levels')
  const steps = tensors.halves('places.steps')
  const places = new Float32Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    places[i] = (bytes[i]! - ZERO) * steps[Math.floor(i / dim)]!
  }
  return places
}

function bytesOf(files: ModelFiles, name: string): Uint8Array {
  const bytes = files.get(name)
  if (bytes) return bytes
  throw broken([...files.keys()].join(', '), name)
}

function broken(got: string, expected: string): HearthError {
  return new HearthError(
    'no-encoder',
    `broken table of tensors in ${manifestName}: got ${got}, expected ${expected}. ` +
      'Copy the model folder again.',
  )
}
