import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { levelFiles, smallSizes } from './level-model.test-data.ts'
import { levelModelFile } from './level-model.ts'
import { readModelFiles } from './model-files.ts'
import { parseManifest } from './model-manifest.ts'
import { findLevelTensors, packedVarints, protobufFields } from './node-tensors.ts'

const shipped = new URL('../../../public/models/hearth-encoder/', import.meta.url)

describe('findLevelTensors', () => {
  test('finds four, two of the norm, and twenty-eight a layer', () => {
    const table = findLevelTensors(levelFiles(smallSizes))!
    expect(Object.keys(table)).toHaveLength(6 + 2 * 28)
    expect(table['layers.1.intermediate.dense.levels']).toMatchObject({
      ...{ type: 'uint8', dims: [24, 16] },
    })
    expect(table['words.steps']).toMatchObject({ type: 'float16', dims: [12, 1] })
  })

  test('finds in the shipped model what its hearth.json lists', async () => {
    const json = await readFile(new URL('hearth.json', shipped), 'utf8')
    const manifest = parseManifest(json)
    const files = await readModelFiles(manifest, ({ file }) =>
      readFile(new URL(file, shipped)),
    )
    expect(manifest.tensors).toEqual(findLevelTensors(files))
    expect(Object.keys(manifest.tensors!)).toHaveLength(6 + 3 * 28)
  })

  const other = (name: string, bytes: Uint8Array) =>
    new Map([...levelFiles(smallSizes), [name, bytes]])
  test.each([
    ['another activation', levelFiles(smallSizes, { hidden_act: 'relu' })],
    ['more layers than there are', levelFiles(smallSizes, { num_hidden_layers: 3 })],
    ['weights of another kind', new Map([['onnx/model_int8.onnx', new Uint8Array()]])],
    ['a file that is no graph', other(levelModelFile, new Uint8Array())],
    ['a file that is no protobuf', other(levelModelFile, Uint8Array.of(0x0b))],
    ['a config that is no JSON', other('config.json', Uint8Array.of(0x7b))],
  ])('leaves %s to onnxruntime', (_, files) => {
    expect(findLevelTensors(files)).toBeUndefined()
  })
})

// The protobuf that an ONNX file is written in.

test('reads the numbers and texts of the format’s own page', () => {
  // https://protobuf.dev/programming-guides/encoding/: {a: 150} and {b: "testing"}
  const bytes = [0x08, 0x96, 0x01, 0x12, 0x07, ...new TextEncoder().encode('testing')]
  const [a, b, ...rest] = protobufFields(Uint8Array.from(bytes))
  expect(a).toEqual({ field: 1, value: 150 })
  expect(b?.field).toBe(2)
  expect(new TextDecoder().decode(b?.value as Uint8Array)).toBe('testing')
  expect(rest).toEqual([])
})

test('leaves numbers of a fixed width as bytes and continues after them', () => {
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
