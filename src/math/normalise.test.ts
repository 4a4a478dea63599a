import { describe, expect, test } from 'vitest'
import { normaliseInto, unit } from './vectors.ts'

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
