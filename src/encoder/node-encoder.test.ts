import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ModelEncoder } from './create-encoder.ts'
import { createNodeEncoder } from './node-encoder.ts'
import { writeManifest } from './node-manifest.ts'
import { selfCheck } from './self-check.ts'

const shipped = fileURLToPath(
  new URL('../../public/models/hearth-encoder', import.meta.url),
)
const MAX_SHIPPED_BYTES = 11_000_000

let encoder: ModelEncoder
let folder: string

beforeAll(async () => {
  encoder = await createNodeEncoder({ modelFolder: shipped, threads: 1 })
  folder = await mkdtemp(join(tmpdir(), 'hearth-encoder-'))
  await cp(shipped, folder, { recursive: true })
})

afterAll(async () => {
  await encoder.dispose()
  await rm(folder, { recursive: true })
})

function cosine(vectors: Float32Array, a: number, b: number): number {
  let dot = 0
  for (let i = 0; i < 384; i++) dot += vectors[a * 384 + i]! * vectors[b * 384 + i]!
  return dot
}

describe('the shipped encoder in Node', () => {
  test('gives the golden vectors', async () => {
    expect(await selfCheck(encoder, encoder.golden)).toBeGreaterThan(0.999)
  })

  test('gives 384 numbers of length 1 for each text', async () => {
    const vectors = await encoder.encode(['dune', 'Les Misérables 😀 — 北京 1862'])
    expect(encoder.dim).toBe(384)
    expect(vectors).toHaveLength(2 * 384)
    expect(cosine(vectors, 0, 0)).toBeCloseTo(1, 5)
    expect(cosine(vectors, 1, 1)).toBeCloseTo(1, 5)
  })

  test('puts like meanings nearer than unlike ones', async () => {
    const vectors = await encoder.encode([
      'a sad story about sailors',
      'a gloomy novel of the sea',
      'a cheap vacuum cleaner',
    ])
    expect(cosine(vectors, 0, 1)).toBeGreaterThan(cosine(vectors, 0, 2) + 0.3)
  })

  test('gives a text the same vector alone and among longer ones', async () => {
    const alone = await encoder.encode(['dune'])
    const among = await encoder.encode([
      'a much longer text beside it, so padded',
      'dune',
    ])
    for (let i = 0; i < 384; i++) expect(among[384 + i]).toBeCloseTo(alone[i]!, 5)
  })

  test('takes empty, broken and enormous texts', async () => {
    const texts = [
      '',
      ' \u0000 ',
      'a\ud83d',
      'x'.repeat(1_000_000),
      'sea '.repeat(250_000),
    ]
    const vectors = await encoder.encode(texts)
    const norms = texts.map(
      (_, row) => Math.round(cosine(vectors, row, row) * 1e4) / 1e4,
    )
    expect(norms).toEqual([0, 0, 1, 1, 1])
  })

  test('is no larger than it may be, tokenizer included', async () => {
    const manifest = JSON.parse(await readFile(join(shipped, 'hearth.json'), 'utf8'))
    const files: { sizeBytes: number }[] = manifest.files
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    expect(sizeBytes).toBeLessThan(MAX_SHIPPED_BYTES)
  })
})

describe('createNodeEncoder refuses', () => {
  test('a folder without a model', async () => {
    const failure = createNodeEncoder({ modelFolder: join(folder, 'onnx') })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow('hearth.json')
  })

  test('a file with one byte changed', async () => {
    const path = join(folder, 'tokenizer.json')
    const bytes = await readFile(path)
    await writeFile(path, Uint8Array.from(bytes).with(1_000, 0))
    await expect(createNodeEncoder({ modelFolder: folder })).rejects.toThrow(
      'model file tokenizer.json is damaged or altered: got SHA-256',
    )
    await writeFile(path, bytes)
  })

  test('a file that is whole and hashed but no model', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'hearth-encoder-'))
    await cp(folder, broken, { recursive: true })
    await writeFile(join(broken, 'onnx/model_q4.onnx'), 'not a model')
    const credits = { ...creditsOf, name: 'broken' }
    await expect(writeManifest(broken, credits, ['a'])).rejects.toMatchObject({
      code: 'no-device',
    })
    await rm(broken, { recursive: true })
  })
})

const creditsOf = {
  ...{ name: 'copy', dim: 384, maxTokens: 128 },
  ...{ licence: 'Apache-2.0', teacher: 'none' },
}

describe('writeManifest', () => {
  test('describes the same files with the same fingerprint', async () => {
    const manifest = await writeManifest(folder, creditsOf, ['dune', 'the sea'])
    expect(manifest.fingerprint).toBe(encoder.fingerprint)
    expect(manifest.golden.map(({ text }) => text)).toEqual(['dune', 'the sea'])
    const reopened = await createNodeEncoder({ modelFolder: folder, threads: 1 })
    expect(await selfCheck(reopened, reopened.golden)).toBeGreaterThan(0.999)
    await reopened.dispose()
  })
})
