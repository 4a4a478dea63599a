import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { openKernelModel } from './bert-kernel.ts'
import { createEncoder, type ModelEncoder } from './encoder.ts'
import { type ModelFiles, readModelFiles } from './model-files.ts'
import type { ModelManifest } from './model-manifest.ts'
import { parseManifest } from './model-manifest.ts'
import { createNodeEncoder } from './node-encoder.ts'
import { lowestCosine } from './self-check.ts'

const shipped = new URL('../../../public/models/hearth-encoder/', import.meta.url)
const loadKernel = async () =>
  WebAssembly.compile(await readFile(new URL('./bert.wasm', import.meta.url)))

let manifest: ModelManifest
let files: ModelFiles
let encoder: ModelEncoder

beforeAll(async () => {
  manifest = parseManifest(await readFile(new URL('hearth.json', shipped), 'utf8'))
  files = await readModelFiles(manifest, ({ file }) => readFile(new URL(file, shipped)))
  encoder = createEncoder(manifest, await openKernelModel(files, loadKernel))
})

describe('the shipped encoder on the kernel', () => {
  test('gives every golden vector as closely as they are kept', async () => {
    expect(await lowestCosine(encoder, encoder.golden)).toBeGreaterThan(0.9999)
  })

  test('agrees with onnxruntime on what people type, far closer than that', async () => {
    const reference = await createNodeEncoder({
      modelFolder: fileURLToPath(shipped),
      threads: 1,
    })
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

  test('is not for a model of another form, nor without its kernel', async () => {
    const other = new Map([...files].filter(([name]) => !name.endsWith('.onnx')))
    await expect(openKernelModel(other, loadKernel)).rejects.toMatchObject({
      code: 'no-device',
    })
    const refused = async () => Promise.reject(new Error('no SIMD'))
    await expect(openKernelModel(files, refused)).rejects.toThrow('no SIMD')
  })
})
