import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sections } from '../sections.ts'
import { factorsOf, packFactors } from './log-bytes.ts'

fc.configureGlobal({ seed: 1 })

const sectionsOf = (part: Uint8Array): Sections => ({
  file: 'x',
  rows: 0,
  parts: [part],
})
const roundTrip = (factors: Float32Array) =>
  factorsOf(sectionsOf(packFactors('factors', factors)), 0, factors.length)

describe('factors in a byte', () => {
  test('keep 0, the smallest and the largest', () => {
    const [zero, small, large] = roundTrip(Float32Array.of(0, 0.002, 3))
    expect(zero).toBe(0)
    expect(small).toBeCloseTo(0.002, 6)
    expect(large).toBeCloseTo(3, 5)
  })

  test('are within half a step of their ratio', () => {
    const factor = fc.float({ min: Math.fround(1e-3), max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(factor, { minLength: 1 }), (list) => {
        const factors = Float32Array.from(list)
        roundTrip(factors).forEach((value, i) => {
          expect(Math.abs(value / factors[i] - 1)).toBeLessThan(0.0138)
        })
      }),
    )
  })

  test('that are all alike, or none, come back', () => {
    roundTrip(new Float32Array(3).fill(0.25)).forEach((value) => {
      expect(value).toBeCloseTo(0.25, 6)
    })
    expect([...roundTrip(new Float32Array(2))]).toEqual([0, 0])
    expect(roundTrip(new Float32Array(0))).toHaveLength(0)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2e6])('refuses %s', (bad) => {
    expect(() => packFactors('factors', Float32Array.of(1, bad))).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
  })

  test.each([
    [Number.NaN, 0],
    [0, Number.NaN],
    [80, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('refuses to read a head of %s and %s', (low, step) => {
    const bytes = packFactors('factors', Float32Array.of(1, 2))
    new DataView(bytes.buffer).setFloat32(0, low, true)
    new DataView(bytes.buffer).setFloat32(4, step, true)
    expect(() => factorsOf(sectionsOf(bytes), 0, 2)).toThrow(
      expect.objectContaining({ code: 'bad-pack' }),
    )
  })
})
