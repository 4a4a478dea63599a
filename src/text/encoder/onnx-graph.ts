/**
 * What an ONNX file says of a model: its constants and its nodes.
 *
 *   bytes (protobuf) → constants by name, as views on the bytes · nodes in order
 *
 * Only what the level reader asks for is kept. Source: onnx.proto, https://github.com/onnx/onnx.
 */
import { HearthError } from '../../errors.ts'

// The fields of one protobuf message, as they lie in its bytes.
// Source: https://protobuf.dev/programming-guides/encoding/

export interface Field {
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
