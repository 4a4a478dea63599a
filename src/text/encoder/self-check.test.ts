import { describe, expect, test } from 'vitest'
import type { Encoder } from './encoder.ts'
import { lowestCosine, minCosineOf, selfCheck } from './self-check.ts'

const golden = [
  { text: 'east', vector: Float32Array.of(1, 0) },
  { text: 'north', vector: Float32Array.of(0, 1) },
]

function encoderOf(...rows: readonly [number, number][]): Encoder {
  return {
    dim: 2,
    fingerprint: 'f',
    encode: async () => Float32Array.from(rows.flat()),
    dispose: async () => {},
  }
}

test('a model in eight bits may differ by more between runtimes, another may not', () => {
  expect(minCosineOf([{ name: 'onnx/model_quantized.onnx' }])).toBe(0.98)
  expect(minCosineOf([{ name: 'config.json' }, { name: 'onnx/model.onnx' }])).toBe(
    0.999,
  )
})

describe('selfCheck', () => {
  test('accepts vectors down to the cosine it is given', async () => {
    const turned = Math.acos(0.99)
    const encoder = encoderOf([1, 0], [Math.sin(turned), Math.cos(turned)])
    expect(await selfCheck(encoder, golden, 0.98)).toBeCloseTo(0.99, 6)
    await expect(selfCheck(encoder, golden)).rejects.toMatchObject({
      code: 'no-device',
    })
  })

  test('gives the lowest cosine', async () => {
    const turned = Math.acos(0.9995)
    const encoder = encoderOf([1, 0], [Math.sin(turned), Math.cos(turned)])
    expect(await selfCheck(encoder, golden)).toBeCloseTo(0.9995, 6)
  })

  test('refuses a device whose second vector is wrong', async () => {
    const failure = selfCheck(encoderOf([1, 0], [1, 0.1]), golden)
    await expect(failure).rejects.toMatchObject({ code: 'no-device' })
    await expect(failure).rejects.toThrow('expected 0.999 or more')
  })

  test.each([
    ['zeros', 0],
    ['NaN', Number.NaN],
  ])('refuses a device that answers %s', async (_name, x) => {
    const failure = selfCheck(encoderOf([x, x], [0, 1]), golden)
    await expect(failure).rejects.toMatchObject({ code: 'no-device' })
  })

  test('refuses to pass with nothing to check', async () => {
    await expect(selfCheck(encoderOf(), [])).rejects.toMatchObject({
      code: 'bad-argument',
    })
  })

  test('reads the first few texts alone', async () => {
    const more = [...golden, ...golden, ...golden]
    const asked: string[][] = []
    const encoder: Encoder = {
      ...encoderOf(),
      encode: async (texts) => {
        asked.push([...texts])
        return Float32Array.of(1, 0, 0, 1, 1, 0)
      },
    }
    expect(await selfCheck(encoder, more)).toBe(1)
    expect(asked).toEqual([['east', 'north', 'east']])
  })

  test('throws no-device when the device fails over a text', async () => {
    const encode = () => Promise.reject(new Error('device lost'))
    const failure = selfCheck({ ...encoderOf(), encode }, golden)
    await expect(failure).rejects.toMatchObject({ code: 'no-device' })
    await expect(failure).rejects.toThrow('device lost')
  })
})

describe('lowestCosine', () => {
  const nothing = { text: '', vector: new Float32Array(2) }
  /** Answers each text with its own vector, given by name. */
  const answering = (vectors: Record<string, [number, number]>): Encoder => ({
    ...encoderOf(),
    encode: async ([text]) => Float32Array.from(vectors[text!]!),
  })

  test('reads all texts and gives the worst', async () => {
    const turned = Math.acos(0.9)
    const north: [number, number] = [Math.sin(turned), Math.cos(turned)]
    const encoder = answering({ east: [1, 0], north, '': [0, 0] })
    expect(await lowestCosine(encoder, [...golden, nothing])).toBeCloseTo(0.9, 6)
  })

  test('wants zeros exactly where zeros are due', async () => {
    const some = answering({ '': [1e-9, 0] })
    expect(await lowestCosine(some, [nothing])).toBe(0)
    expect(await lowestCosine(answering({ '': [0, 0] }), [nothing])).toBe(1)
  })

  test('gives NaN for a device that answers NaN', async () => {
    const broken = answering({ east: [Number.NaN, 0], north: [0, 1] })
    expect(await lowestCosine(broken, golden)).toBeNaN()
  })
})
