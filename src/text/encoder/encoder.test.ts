import { describe, expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import { createEncoder, type TextModel, type TokenBatch } from './encoder.ts'
import { type ModelManifest, plainFile } from './model-manifest.ts'

const [START, END] = [8, 9]
const manifest: ModelManifest = {
  ...{ name: 'fake', dim: 2, maxTokens: 6, fingerprint: 'f'.repeat(64) },
  ...{ files: [], golden: [], licence: 'none', teacher: 'none', pooling: 'mean' },
}

/** One token a word, its id the word's length; the state of id n is (n, 1). */
function fakeModel(overrides: Partial<TextModel> = {}) {
  const batches: TokenBatch[] = []
  const model: TextModel = {
    tokenize: (text) => {
      const words = text.split(' ').filter(Boolean)
      return [START, ...words.map((word) => word.length), END]
    },
    run: async (batch) => {
      batches.push(batch)
      return Float32Array.from([...batch.ids].flatMap((id) => [Number(id), 1]))
    },
    dispose: async () => {},
    ...overrides,
  }
  return { batches, model }
}

/** The mean of the states (id, 1), scaled to length 1. */
function expectedVector(ids: readonly number[]): [number, number] {
  const mean = ids.reduce((sum, id) => sum + id, 0) / ids.length
  const norm = Math.hypot(mean, 1)
  return [mean / norm, 1 / norm]
}

function expectRow(vectors: Float32Array, row: number, ids: readonly number[]) {
  const [x, y] = expectedVector(ids)
  expect(vectors[row * 2]).toBeCloseTo(x, 6)
  expect(vectors[row * 2 + 1]).toBeCloseTo(y, 6)
}

describe('createEncoder', () => {
  test('gives each text its unit vector, in the order of the texts', async () => {
    const encoder = createEncoder(manifest, fakeModel().model)
    const vectors = await encoder.encode(['aaa', 'aa bbbb c'])
    expect(vectors).toHaveLength(4)
    expectRow(vectors, 0, [START, 3, END])
    expectRow(vectors, 1, [START, 2, 4, 1, END])
  })

  test('gives the bytes of all its files on the wire', () => {
    const files = [
      plainFile('a.json', Uint8Array.of(1, 2)),
      plainFile('b', Uint8Array.of(3)),
    ]
    const encoder = createEncoder({ ...manifest, files }, fakeModel().model)
    expect(encoder).toMatchObject({ name: 'fake', wireBytes: 3 })
  })

  test('lets neither padding nor neighbours change a vector', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => 'word '.repeat((i % 4) + 1))
    const encoder = createEncoder(manifest, fakeModel().model)
    const together = await encoder.encode(texts)
    for (const [row, text] of texts.entries()) {
      const alone = await encoder.encode([text])
      expect(together.subarray(row * 2, row * 2 + 2)).toEqual(alone)
    }
  })

  test('masks padding and only padding', async () => {
    const { batches, model } = fakeModel()
    await createEncoder(manifest, model).encode(['aaa', 'aa bbbb c'])
    expect(batches).toHaveLength(1)
    expect([...batches[0]!.mask]).toEqual([1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n])
  })

  test('cuts a long text to maxTokens and keeps its end token', async () => {
    const { batches, model } = fakeModel()
    await createEncoder(manifest, model).encode(['a bb ccc dddd eeeee ffffff'])
    expect([...batches[0]!.ids]).toEqual([8n, 1n, 2n, 3n, 4n, 9n])
  })

  test('gives the zero vector for a text with nothing to read', async () => {
    const encoder = createEncoder(manifest, fakeModel().model)
    const vectors = await encoder.encode(['', ' \u0000\n', 'aaa'])
    expect([...vectors.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expectRow(vectors, 2, [START, 3, END])
  })

  test('gives the zero vector when the tokenizer finds no word', async () => {
    const { model } = fakeModel({ tokenize: () => [START, END] })
    expect([...(await createEncoder(manifest, model).encode(['?']))]).toEqual([0, 0])
  })

  test('gives an empty matrix for no texts', async () => {
    expect(await createEncoder(manifest, fakeModel().model).encode([])).toHaveLength(0)
  })

  test('keeps the end of a tokenizer that marks the end alone', async () => {
    const tokenize = (text: string) => [
      ...text.split(' ').flatMap((word) => (word ? [word.length] : [])),
      END,
    ]
    const { batches, model } = fakeModel({ tokenize })
    const encoder = createEncoder(manifest, model)
    const vectors = await encoder.encode(['dddd', 'a bb ccc dddd eeeee ffffff', ' '])
    expectRow(vectors, 0, [4, END])
    expect([...batches[0]!.ids.subarray(0, 6)]).toEqual([1n, 2n, 3n, 4n, 5n, 9n])
    expect([...vectors.subarray(4)]).toEqual([0, 0])
  })

  test('takes the first token where the model was trained so', async () => {
    const encoder = createEncoder({ ...manifest, pooling: 'cls' }, fakeModel().model)
    expectRow(await encoder.encode(['aa bbbb c']), 0, [START])
  })

  test('counts the texts and tokens that it read', async () => {
    const encoder = createEncoder(manifest, fakeModel().model)
    await encoder.encode(['aaa', ''])
    await encoder.encode(['aa bbbb c'])
    expect(encoder.usage()).toEqual({ texts: 3, tokens: 8 })
  })

  test('throws no-encoder with the cause when the model fails', async () => {
    const run = async () => Promise.reject(new Error('device lost'))
    const encoder = createEncoder(manifest, fakeModel({ run }).model)
    const failure = await encoder.encode(['a']).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(HearthError)
    expect(failure).toMatchObject({ code: 'no-encoder' })
    expect(String(failure)).toContain('device lost')
  })

  test('refuses states that are not numbers or of another shape', async () => {
    const nan = async () => new Float32Array(6).fill(Number.NaN)
    const short = async () => new Float32Array(5)
    await expect(
      createEncoder(manifest, fakeModel({ run: nan }).model).encode(['a']),
    ).rejects.toThrow('NaN')
    await expect(
      createEncoder(manifest, fakeModel({ run: short }).model).encode(['a']),
    ).rejects.toThrow('wrong length for token states: got 5, expected 6.')
  })

  test('disposes of its model once, and encodes no more', async () => {
    let disposals = 0
    const dispose = async () => void disposals++
    const encoder = createEncoder(manifest, fakeModel({ dispose }).model)
    await encoder.dispose()
    await encoder.dispose()
    expect(disposals).toBe(1)
    await expect(encoder.encode(['a'])).rejects.toMatchObject({ code: 'no-encoder' })
  })
})
