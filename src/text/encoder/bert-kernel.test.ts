import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { createBertKernel } from './bert-kernel.ts'
import { referenceStates } from './bert-reference.test-data.ts'
import { levelFiles, loadedLevels, smallSizes } from './level-model.test-data.ts'
import { type LevelModel, readLevelModel } from './level-model.ts'

let module: WebAssembly.Module
beforeAll(async () => {
  const bytes = await readFile(new URL('./bert.wasm', import.meta.url))
  module = await WebAssembly.compile(bytes)
})

const small = readLevelModel(loadedLevels(levelFiles(smallSizes)))
/** Activations are rounded to some 1/8,191 of a token's largest, in each of two layers. */
const PRECISION = 2e-3

describe('createBertKernel', () => {
  test('norms word + place: the answer worked by hand', async () => {
    // word 1 has levels 1, −1, 1, −1 …, step 2; its place adds 1 to each: 3, −1, 3, −1 …
    // mean 1, spread 2: 1, −1, 1, −1 …; weight 3, bias .5: 3.5, −2.5 …
    const alternating = Uint8Array.from({ length: 16 }, (_, i) => (i % 2 ? 127 : 129))
    const ones = new Float32Array(8).fill(1)
    const norm = {
      weight: new Float32Array(8).fill(3),
      bias: new Float32Array(8).fill(0.5),
    }
    const words = { levels: alternating, steps: Float32Array.of(1, 2) }
    const sizes = { dim: 8, heads: 2, epsilon: 1e-12 }
    const model: LevelModel = { ...sizes, words, places: ones, norm, layers: [] }
    const { states } = await createBertKernel(module, model)
    const [a, b] = [3.5, -2.5]
    for (const [i, value] of states([1]).entries()) {
      expect(value).toBeCloseTo(i % 2 ? b : a, 5)
    }
  })

  test.each([1, 3, 4, 5, 10])(
    'agrees with plain arithmetic over %i tokens',
    async (tokens) => {
      const ids = Array.from({ length: tokens }, (_, i) => (i * 5 + 1) % 12)
      const states = (await createBertKernel(module, small)).states(ids)
      const expected = referenceStates(small, ids).flat()
      expect(states).toHaveLength(expected.length)
      const worst = states.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
        0,
      )
      expect(worst).toBeLessThan(PRECISION)
    },
  )

  test('reads a text alike whatever was read before it', async () => {
    const { states } = await createBertKernel(module, small)
    const first = states([1, 2, 3])
    states([4, 5, 6, 7, 8, 9, 10, 11])
    expect(states([1, 2, 3])).toEqual(first)
  })

  test('answers zeros of activations with numbers', async () => {
    const flat = { ...small, norm: { ...small.norm, weight: new Float32Array(16) } }
    const still = { ...flat, norm: { ...flat.norm, bias: new Float32Array(16) } }
    const states = (await createBertKernel(module, still)).states([0, 1])
    expect(states.every(Number.isFinite)).toBe(true)
  })

  test('refuses no token, too many, and one of no word', async () => {
    const { states } = await createBertKernel(module, small)
    expect(() => states([])).toThrow('got 0 tokens, expected 1–10')
    expect(() => states(new Array(11).fill(1))).toThrow('got 11 tokens')
    expect(() => states([1, 12])).toThrow('got token 12')
    expect(() => states([Number.NaN])).toThrow('got token NaN')
  })

  test('refuses sizes that its vectors do not fill, and another module', async () => {
    const odd = readLevelModel(loadedLevels(levelFiles({ ...smallSizes, inner: 20 })))
    await expect(createBertKernel(module, odd)).rejects.toMatchObject({
      code: 'no-device',
    })
    const empty = await WebAssembly.compile(
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    )
    await expect(createBertKernel(empty, small)).rejects.toThrow(
      'not the encoder’s kernel',
    )
  })
})
