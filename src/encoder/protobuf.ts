/**
 * The fields of one protobuf message, as they lie in its bytes.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
import { HearthError } from '../errors.ts'

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
