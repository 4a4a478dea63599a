import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseManifest } from './model-manifest.ts'
import { createNodeEncoder, type NodeEncoder } from './node-encoder.ts'
import { lowestCosine } from './self-check.ts'

const shipped = fileURLToPath(
  new URL('../../../public/models/hearth-encoder', import.meta.url),
)
const MAX_SHIPPED_BYTES = 11_000_000

let encoder: NodeEncoder

beforeAll(async () => {
  encoder = await createNodeEncoder({ modelFolder: shipped, threads: 1 })
})
afterAll(() => encoder.dispose())

function cosine(vectors: Float32Array, a: number, b: number): number {
  let dot = 0
  for (let i = 0; i < 384; i++) dot += vectors[a * 384 + i]! * vectors[b * 384 + i]!
  return dot
}

describe('the shipped encoder in Node', () => {
  test('gives every golden vector', async () => {
    expect(await lowestCosine(encoder, encoder.golden)).toBeGreaterThan(0.9999)
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

  test('reads no more of a text than it can, and cuts at a piece', async () => {
    const long = 'sea '.repeat(126)
    const vectors = await encoder.encode([long, `${long}land`, `${long}${long}`])
    for (const row of [1, 2]) expect(cosine(vectors, 0, row)).toBeCloseTo(1, 5)
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
    const { files } = parseManifest(
      await readFile(join(shipped, 'hearth.json'), 'utf8'),
    )
    const wireBytes = files.reduce((sum, file) => sum + file.wireBytes, 0)
    expect(wireBytes).toBeLessThan(MAX_SHIPPED_BYTES)
  })
})
