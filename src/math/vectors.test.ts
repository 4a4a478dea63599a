import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cosine, dot, normaliseInto, unit } from './vectors.ts'

fc.configureGlobal({ seed: 1 })

const vector = (length: number) =>
  fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values))
const pair = fc
  .nat({ max: 19 })
  .chain((length) => fc.tuple(vector(length), vector(length)))

describe('dot', () => {
  test('equals the sum worked by hand', () => {
    expect(dot(Float32Array.of(1, 2, 3, 4, 5), Float32Array.of(6, 7, 8, 9, 10))).toBe(
      130,
    )
  })

  test('equals the plain sum at every length', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(dot(a, b)).toBe(a.reduce((sum, value, i) => sum + value * b[i], 0))
      }),
    )
  })

  test('refuses vectors of different lengths', () => {
    expect(() => dot(new Float32Array(2), new Float32Array(3))).toThrow(
      'wrong length for b: got 3, expected 2.',
    )
  })
})

describe('cosine', () => {
  test('is 4/5 for (3, 4) and (0, 1)', () => {
    expect(cosine(Float32Array.of(3, 4), Float32Array.of(0, 1))).toBeCloseTo(0.8, 12)
  })

  test('of a vector with itself is 1', () => {
    expect(cosine(Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3))).toBeCloseTo(
      1,
      12,
    )
  })

  test('of a zero vector is 0', () => {
    expect(cosine(new Float32Array(3), Float32Array.of(1, 2, 3))).toBe(0)
    expect(cosine(new Float32Array(0), new Float32Array(0))).toBe(0)
  })

  test('never leaves −1 … 1', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(Math.abs(cosine(a, b))).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('normaliseInto', () => {
  test('scales (3, 4) to (0.6, 0.8) in place', () => {
    const v = Float32Array.of(3, 4)
    expect(normaliseInto(v)).toBe(v)
    expect([...v]).toEqual([Math.fround(0.6), Math.fround(0.8)])
  })

  test('keeps the zero vector and the empty vector', () => {
    expect([...normaliseInto(new Float32Array(3))]).toEqual([0, 0, 0])
    expect(normaliseInto(new Float32Array(0)).length).toBe(0)
  })

  test('scales a tiny vector too, whose squares float32 could not hold', () => {
    const [x, y] = normaliseInto(Float32Array.of(3e-30, 4e-30))
    expect(x).toBeCloseTo(0.6, 6)
    expect(y).toBeCloseTo(0.8, 6)
  })
})

test('unit leaves its argument alone', () => {
  const v = Float32Array.of(0, 5)
  expect([...unit(v)]).toEqual([0, 1])
  expect([...v]).toEqual([0, 5])
})
