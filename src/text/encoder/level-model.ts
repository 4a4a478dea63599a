/**
 * The weights of Hearth's own encoder as levels, read from the graph that every runtime
 * runs (`encoder-training/levels.py` writes it).
 *
 *   a model's files → words, places, norms and matrices, each weight = level × steps
 *
 * A part is found by the name that PyTorch gave it, so nothing depends on the number of
 * layers or their size. A model that is not of this form is left to the general runtime.
 */
import { HearthError } from '../../errors.ts'
import { fromHalf } from '../../math/float16.ts'
import type { ModelFiles } from './model-files.ts'
import { type OnnxGraph, onnxTypes, readOnnxGraph } from './onnx-graph.ts'

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

const MODEL_FILE = 'onnx/model.onnx'
const CONFIG_FILE = 'config.json'
/** The byte that means level 0. */
const ZERO = 128

/** @throws HearthError `no-device` with the reason, for a model of any other form */
export function readLevelModel(files: ModelFiles): LevelModel {
  const { graph, config } = componentsOf(files)
  const words = tensorOf(graph, 'words.weight.levels', onnxTypes.uint8)
  const { hidden_size: dim, num_hidden_layers: count, hidden_act: act } = config
  if (act !== 'gelu') throw otherForm(`the activation ${act}, expected gelu`)
  const layers = Array.from({ length: count }, (_, i) => layerOf(graph, `layers.${i}`))
  return {
    ...{ dim, heads: config.num_attention_heads, epsilon: config.layer_norm_eps },
    words: { levels: words.bytes, steps: halves(graph, 'words.weight.steps') },
    places: placesOf(graph, dim),
    norm: normOf(graph, 'norm'),
    layers,
  }
}

interface BertConfig {
  readonly hidden_size: number
  readonly hidden_act: string
  readonly num_attention_heads: number
  readonly num_hidden_layers: number
  readonly layer_norm_eps: number
}

function componentsOf(files: ModelFiles): { graph: OnnxGraph; config: BertConfig } {
  const [model, config] = [files.get(MODEL_FILE), files.get(CONFIG_FILE)]
  if (!model || !config) {
    throw otherForm(`${[...files.keys()].join(', ')}, expected ${MODEL_FILE}`)
  }
  return {
    graph: readOnnxGraph(model),
    config: JSON.parse(new TextDecoder().decode(config)) as BertConfig,
  }
}

function layerOf(graph: OnnxGraph, layer: string): LevelLayer {
  const matrix = (part: string) => matrixOf(graph, `${layer}.${part}`)
  return {
    query: matrix('attention.self.query'),
    key: matrix('attention.self.key'),
    value: matrix('attention.self.value'),
    mixed: matrix('attention.output.dense'),
    mixedNorm: normOf(graph, `${layer}.attention.output.LayerNorm`),
    wide: matrix('intermediate.dense'),
    narrow: matrix('output.dense'),
    norm: normOf(graph, `${layer}.output.LayerNorm`),
  }
}

/** The exporter keeps a bias's name but not its matrix's: the multiplication has both. */
function matrixOf(graph: OnnxGraph, path: string): LevelMatrix {
  const output = `/${path.replaceAll('.', '/').replace(/^layers\//, 'layers.')}/MatMul_output_0`
  const matmul = graph.nodes.find(({ outputs }) => outputs[0] === output)
  const name = matmul?.inputs[1]?.replace(/\.\w+$/, '')
  if (name === undefined) throw otherForm(`no ${output}`)
  const { bytes, dims } = tensorOf(graph, `${name}.levels`, onnxTypes.uint8)
  const matrix = {
    levels: bytes,
    rows: halves(graph, `${name}.rows`),
    columns: halves(graph, `${name}.columns`),
    bias: halves(graph, `${path}.bias.half`),
  }
  const [outputs, inputs] = [matrix.rows.length, matrix.columns.length]
  if (dims[0] === outputs && dims[1] === inputs && matrix.bias.length === outputs) {
    return matrix
  }
  throw otherForm(`${path} of ${dims.join(' × ')}, expected ${outputs} × ${inputs}`)
}

function normOf(graph: OnnxGraph, path: string): Norm {
  return {
    weight: halves(graph, `${path}.weight.half`),
    bias: halves(graph, `${path}.bias.half`),
  }
}

function placesOf(graph: OnnxGraph, dim: number): Float32Array {
  const { bytes } = tensorOf(graph, 'places.levels', onnxTypes.uint8)
  const steps = halves(graph, 'places.steps')
  const places = new Float32Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    places[i] = (bytes[i]! - ZERO) * steps[Math.floor(i / dim)]!
  }
  return places
}

/** Numbers kept in fp16, as fp32. */
function halves(graph: OnnxGraph, name: string): Float32Array {
  const { bytes } = tensorOf(graph, name, onnxTypes.half)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float32Array(bytes.length / 2)
  for (let i = 0; i < values.length; i++) {
    values[i] = fromHalf(view.getUint16(2 * i, true))
  }
  return values
}

function tensorOf(graph: OnnxGraph, name: string, type: number) {
  const tensor = graph.tensors.get(name)
  if (tensor?.type === type && tensor.bytes.length > 0) return tensor
  throw otherForm(`${tensor ? `type ${tensor.type}` : 'no tensor'} for ${name}`)
}

function otherForm(got: string): HearthError {
  return new HearthError(
    'no-device',
    `not a model of levels: got ${got}. It runs on the general runtime.`,
  )
}
