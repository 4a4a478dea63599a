/**
 * Where the tensors of Hearth's own form lie in a model's ONNX file: found once, when a
 * model is made or opened in Node, and written into `hearth.json`, so that a browser needs
 * no reader of ONNX.
 *
 *   config.json, onnx/model.onnx (protobuf)  →  tensor name → type, dims, byte offset
 *
 * Source: onnx.proto, https://github.com/onnx/onnx.
 */
import { HearthError } from '../../errors.ts'
import { levelModelFile } from './level-model.ts'
import type { ModelFiles } from './model-files.ts'
import type { TensorPlace, TensorTable, TensorType } from './model-manifest.ts'

/**
 * @param files of any model, expanded
 * @returns undefined for a model of any other form: it needs onnxruntime
 */
export function findLevelTensors(files: ModelFiles): TensorTable | undefined {
  const [model, config] = [files.get(levelModelFile), files.get('config.json')]
  const { num_hidden_layers: layers, hidden_act: activation } = configOf(config)
  if (!model || activation !== 'gelu' || !Number.isInteger(layers)) return undefined
  const graph = graphOf(model)
  if (!graph) return undefined
  const table: Record<string, TensorPlace> = {}
  for (const [name, type, source] of wantedTensors(graph, layers as number)) {
    const tensor = graph.tensors.get(source)
    if (tensor?.type !== ONNX_TYPES[type] || tensor.bytes.length === 0) return undefined
    const offset = tensor.bytes.byteOffset - model.byteOffset
    table[name] = { type, dims: tensor.dims, offset }
  }
  return table
}

/** TensorProto.DataType of the two that levels are kept in. */
const ONNX_TYPES: Readonly<Record<TensorType, number>> = { uint8: 2, float16: 10 }

type Wanted = readonly [name: string, type: TensorType, source: string]

/** Every tensor that `readLevelModel` reads, and what the exporter called it. */
function wantedTensors(graph: OnnxGraph, layers: number): readonly Wanted[] {
  const half = (path: string): Wanted => [path, 'float16', `${path}.half`]
  const norm = (path: string) => [half(`${path}.weight`), half(`${path}.bias`)]
  const matrix = (path: string): Wanted[] => {
    const source = matrixNameOf(graph, path)
    return [
      [`${path}.levels`, 'uint8', `${source}.levels`],
      [`${path}.rows`, 'float16', `${source}.rows`],
      [`${path}.columns`, 'float16', `${source}.columns`],
      half(`${path}.bias`),
    ]
  }
  const layer = (path: string) => [
    ...['query', 'key', 'value'].flatMap((one) =>
      matrix(`${path}.attention.self.${one}`),
    ),
    ...matrix(`${path}.attention.output.dense`),
    ...norm(`${path}.attention.output.LayerNorm`),
    ...matrix(`${path}.intermediate.dense`),
    ...matrix(`${path}.output.dense`),
    ...norm(`${path}.output.LayerNorm`),
  ]
  return [
    ['words.levels', 'uint8', 'words.weight.levels'],
    ['words.steps', 'float16', 'words.weight.steps'],
    ['places.levels', 'uint8', 'places.levels'],
    ['places.steps', 'float16', 'places.steps'],
    ...norm('norm'),
    ...Array.from({ length: layers }, (_, i) => layer(`layers.${i}`)).flat(),
  ]
}

/** The exporter keeps a bias's name but not its matrix's: the multiplication has both. */
function matrixNameOf(graph: OnnxGraph, path: string): string | undefined {
  const output = `/${path.replaceAll('.', '/').replace(/^layers\//, 'layers.')}/MatMul_output_0`
  const matmul = graph.nodes.find(({ outputs }) => outputs[0] === output)
  return matmul?.inputs[1]?.replace(/\.\w+$/, '')
}

function configOf(bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {}
  } catch {
    return {} // no JSON, so no form that is known here; who opens it reports the reason
  }
}

/** Undefined for bytes that are no protobuf: onnxruntime reports what is wrong with them. */
function graphOf(model: Uint8Array): OnnxGraph | undefined {
  try {
    return readOnnxGraph(model)
  } catch (error) {
    if (error instanceof HearthError) return undefined
    throw error
  }
}

// The fields of one protobuf message, as they lie in its bytes.
// Source: https://protobuf.dev/programming-guides/encoding/

interface Field {
  readonly field: number
  /** A whole number, or a view on what is nested: a message, a text, packed numbers. */
  readonly value: number | Uint8Array
}

const VARINT = 0
const EIGHT_BYTES = 1
const LENGTH = 2
const FOUR_BYTES = 5

/**
 * @returns every field in order; numbers of a fixed width are left as bytes, and whole
 *   numbers are exact up to 2⁵³
 * @throws HearthError `bad-argument` where the bytes are no message
 */
export function protobufFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  while (at < bytes.length) {
    const key = readVarint(bytes, at)
    const kind = key.value & 7
    const field = Math.floor(key.value / 8)
    at = key.end
    if (kind === VARINT) {
      const { value, end } = readVarint(bytes, at)
      fields.push({ field, value })
      at = end
      continue
    }
    const { start, length } = spanOf(kind, bytes, at)
    if (start + length > bytes.length) throw damaged(`${length} bytes at ${start}`)
    fields.push({ field, value: bytes.subarray(start, start + length) })
    at = start + length
  }
  return fields
}

/** Whole numbers one after another, as a packed repeated field holds them. */
export function packedVarints(bytes: Uint8Array): number[] {
  const numbers: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = readVarint(bytes, at)
    numbers.push(value)
    at = end
  }
  return numbers
}

function spanOf(kind: number, bytes: Uint8Array, at: number) {
  if (kind === EIGHT_BYTES) return { start: at, length: 8 }
  if (kind === FOUR_BYTES) return { start: at, length: 4 }
  if (kind !== LENGTH) throw damaged(`a field of kind ${kind} at ${at}`)
  const { value, end } = readVarint(bytes, at)
  return { start: end, length: value }
}

function readVarint(bytes: Uint8Array, at: number) {
  let value = 0
  let scale = 1
  for (let end = at; end < bytes.length; end++) {
    value += (bytes[end]! & 127) * scale
    if (bytes[end]! < 128) return { value, end: end + 1 }
    scale *= 128
  }
  throw damaged(`a number without an end at ${at}`)
}

function damaged(got: string): HearthError {
  return new HearthError('bad-argument', `no protobuf: got ${got}, expected a field.`)
}

// The constants of an ONNX graph by name, as views on the file, and its nodes in order.

interface OnnxTensor {
  readonly dims: readonly number[]
  readonly type: number
  /** Little-endian, row-major; empty where a file keeps its numbers in another way. */
  readonly bytes: Uint8Array
}

interface OnnxNode {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

interface OnnxGraph {
  readonly tensors: ReadonlyMap<string, OnnxTensor>
  readonly nodes: readonly OnnxNode[]
}

const GRAPH = 7 // of ModelProto
const NODE = 1 // of GraphProto
const INITIALIZER = 5 // of GraphProto
const NODE_FIELDS = { input: 1, output: 2 } as const
const TENSOR_FIELDS = { dims: 1, type: 2, name: 8, raw: 9 } as const

/** @throws HearthError `bad-argument` where the bytes are no protobuf */
function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
  const tensors = new Map<string, OnnxTensor>()
  const nodes: OnnxNode[] = []
  for (const graph of nested(bytes, GRAPH)) {
    for (const { field, value } of protobufFields(graph)) {
      if (typeof value === 'number') continue
      if (field === NODE) nodes.push(readNode(value))
      if (field === INITIALIZER) tensors.set(...readTensor(value))
    }
  }
  return { tensors, nodes }
}

function readNode(bytes: Uint8Array): OnnxNode {
  const texts = (field: number) => nested(bytes, field).map(text)
  return { inputs: texts(NODE_FIELDS.input), outputs: texts(NODE_FIELDS.output) }
}

function readTensor(bytes: Uint8Array): [name: string, OnnxTensor] {
  const dims: number[] = []
  let type = 0
  for (const { field, value } of protobufFields(bytes)) {
    if (field === TENSOR_FIELDS.type && typeof value === 'number') type = value
    if (field !== TENSOR_FIELDS.dims) continue
    if (typeof value === 'number') dims.push(value)
    else dims.push(...packedVarints(value))
  }
  const [name] = nested(bytes, TENSOR_FIELDS.name)
  const [raw] = nested(bytes, TENSOR_FIELDS.raw)
  const tensor = { dims, type, bytes: raw ?? new Uint8Array() }
  return [name ? text(name) : '', tensor]
}

/** Every value of a field that holds bytes. */
function nested(bytes: Uint8Array, wanted: number): Uint8Array[] {
  return protobufFields(bytes).flatMap(({ field, value }) =>
    field === wanted && typeof value !== 'number' ? [value] : [],
  )
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
