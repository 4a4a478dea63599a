import { describe, expect, test } from 'vitest'
import type { Encoder } from './encoder.ts'
import { selfCheck } from './self-check.ts'

const golden = [
  { text: 'east', vector: [1, 0] },
  { text: 'north', vector: [0, 1] },
]

function encoderOf(...rows: readonly [number, number][]): Encoder {
  return {
    dim: 2,
    fingerprint: 'f',
    encode: async () => Float32Array.from(rows.flat()),
    dispose: async () => {},
  }
}

describe('selfCheck', () => {
  test('gives the lowest cosine', async () => {
    const turned = Math.acos(0.99)
    const encoder = encoderOf([1, 0], [Math.sin(turned), Math.cos(turned)])
    expect(await selfCheck(encoder, golden)).toBeCloseTo(0.99, 6)
  })

  test('refuses a device whose second vector is wrong', async () => {
    const failure = selfCheck(encoderOf([1, 0], [1, 0.1]), golden)
    await expect(failure).rejects.toMatchObject({ code: 'no-device' })
    await expect(failure).rejects.toThrow('expected 0.98 or more')
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
})
