import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { openKernelModel } from './bert-kernel.ts'
import { createEncoder, type ModelEncoder } from './encoder.ts'
import { type LoadedModel, readModelFiles } from './model-files.ts'
import { parseManifest } from './model-manifest.ts'
import { lowestCosine } from './self-check.ts'
import { openTransformersModel } from './transformers-model.ts'

const shipped = new URL('../../../public/models/hearth-encoder/', import.meta.url)

let module: WebAssembly.Module
let loaded: LoadedModel
let encoder: ModelEncoder

beforeAll(async () => {
  module = await WebAssembly.compile(
    await readFile(new URL('./bert.wasm', import.meta.url)),
  )
  const manifest = parseManifest(
    await readFile(new URL('hearth.json', shipped), 'utf8'),
  )
  const files = await readModelFiles(manifest, ({ file }) =>
    readFile(new URL(file, shipped)),
  )
  loaded = { manifest, files }
  encoder = createEncoder(manifest, await openKernelModel(loaded, module))
})

describe('the shipped encoder on the kernel', () => {
  test('gives every golden vector as closely as they are kept', async () => {
    expect(await lowestCosine(encoder, encoder.golden)).toBeGreaterThan(0.9999)
  })

  test('agrees with onnxruntime on what people type, far closer than that', async () => {
    const { manifest, files } = loaded
    const onRuntime = { device: 'cpu', threads: 1 } as const
    const reference = createEncoder(
      manifest,
      await openTransformersModel(files, onRuntime),
    )
    const texts = [
      'dune',
      'a sad story at sea',
      'Les Misérables — 北京',
      'sea '.repeat(200),
    ]
    const [ours, theirs] = [await encoder.encode(texts), await reference.encode(texts)]
    await reference.dispose()
    for (let row = 0; row < texts.length; row++) {
      let dot = 0
      for (let i = row * 384; i < (row + 1) * 384; i++) dot += ours[i]! * theirs[i]!
      expect(dot).toBeGreaterThan(0.99999)
    }
  })

  test('gives a text the same vector alone and among longer ones', async () => {
    const alone = await encoder.encode(['dune'])
    const among = await encoder.encode(['a much longer text beside it', 'dune', ''])
    expect(among.subarray(384, 768)).toEqual(alone)
    expect(among.subarray(768).every((x) => x === 0)).toBe(true)
  })

  test('is not for a model of another form', async () => {
    const { tensors: _, ...manifest } = loaded.manifest
    const other = openKernelModel({ ...loaded, manifest }, module)
    await expect(other).rejects.toMatchObject({ code: 'no-encoder' })
  })
})
