import { expect, test } from 'vitest'
import { packedVarints, protobufFields } from './onnx-graph.ts'

test('reads the numbers and texts of the format’s own page', () => {
  // https://protobuf.dev/programming-guides/encoding/: {a: 150} and {b: "testing"}
  const bytes = [0x08, 0x96, 0x01, 0x12, 0x07, ...new TextEncoder().encode('testing')]
  const [a, b, ...rest] = protobufFields(Uint8Array.from(bytes))
  expect(a).toEqual({ field: 1, value: 150 })
  expect(b?.field).toBe(2)
  expect(new TextDecoder().decode(b?.value as Uint8Array)).toBe('testing')
  expect(rest).toEqual([])
})

test('leaves numbers of a fixed width as bytes and goes on after them', () => {
  const bytes = [0x0d, 0, 0, 0x80, 0x3f, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x18, 5]
  const fields = protobufFields(Uint8Array.from(bytes))
  expect(fields).toEqual([
    { field: 1, value: Uint8Array.of(0, 0, 0x80, 0x3f) },
    { field: 2, value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    { field: 3, value: 5 },
  ])
})

test('reads packed numbers, and nothing from nothing', () => {
  expect(packedVarints(Uint8Array.of(0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05))).toEqual([
    3, 270, 86_942,
  ])
  expect(packedVarints(new Uint8Array())).toEqual([])
  expect(protobufFields(new Uint8Array())).toEqual([])
})

test('refuses what ends too early and kinds that no longer exist', () => {
  const read = (...bytes: number[]) => protobufFields(Uint8Array.from(bytes))
  expect(() => read(0x08, 0x96)).toThrow('no protobuf: got a number without an end')
  expect(() => read(0x12, 0x07, 0x74)).toThrow('got 7 bytes at 2')
  expect(() => read(0x0b)).toThrow('got a field of kind 3')
})
