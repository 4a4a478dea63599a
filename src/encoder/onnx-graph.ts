/**
 * What an ONNX file says of a model: its constants and its nodes.
 *
 *   bytes (protobuf) → constants by name, as views on the bytes · nodes in order
 *
 * Only what the level reader asks for is kept. Source: onnx.proto, https://github.com/onnx/onnx.
 */
import { packedVarints, protobufFields } from './protobuf.ts'

export interface OnnxTensor {
  readonly dims: readonly number[]
  readonly type: number
  /** Little-endian, row-major; empty where a file keeps its numbers in another way. */
  readonly bytes: Uint8Array
}

export interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export interface OnnxGraph {
  readonly tensors: ReadonlyMap<string, OnnxTensor>
  readonly nodes: readonly OnnxNode[]
}

/** TensorProto.DataType, the ones that levels are kept in. */
export const onnxTypes = { float: 1, uint8: 2, half: 10 } as const

const GRAPH = 7 // of ModelProto
const NODE = 1 // of GraphProto
const INITIALIZER = 5 // of GraphProto
const NODE_FIELDS = { input: 1, output: 2, operator: 4 } as const
const TENSOR_FIELDS = { dims: 1, type: 2, name: 8, raw: 9 } as const

/** @throws HearthError `bad-argument` where the bytes are no protobuf */
export function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
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
  const [operator = ''] = texts(NODE_FIELDS.operator)
  return {
    operator,
    inputs: texts(NODE_FIELDS.input),
    outputs: texts(NODE_FIELDS.output),
  }
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
