import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHalf, HALF_MAX, toHalf } from './float16.ts'

fc.configureGlobal({ seed: 1 })

describe('float16', () => {
  test.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [HALF_MAX, 0x7bff],
    [2 ** -14, 0x0400], // smallest normal
    [2 ** -24, 0x0001], // smallest of all
    [1 / 3, 0x3555],
    [65519, 0x7bff], // rounds down to the largest
    [65520, 0x7c00], // ties to even: Infinity
    [2 ** -25, 0x0000], // ties to even: 0
    [2 ** -25 * 1.01, 0x0001],
    [1 + 2 ** -11, 0x3c00], // ties to even
    [1 + 3 * 2 ** -11, 0x3c02],
    [Number.POSITIVE_INFINITY, 0x7c00],
  ])('%f has the bits of IEEE 754', (value, bits) => {
    expect(toHalf(value)).toBe(bits)
  })

  test('keeps all 65,536 patterns', () => {
    for (let half = 0; half < 65536; half++) {
      const value = fromHalf(half)
      if (Number.isNaN(value)) expect(toHalf(value) & 0x7fff).toBe(0x7e00)
      else expect(toHalf(value)).toBe(half)
    }
  })

  test('is within half a unit of the value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -HALF_MAX, max: HALF_MAX, noNaN: true }),
        (value) => {
          const error = Math.abs(fromHalf(toHalf(value)) - value)
          expect(error).toBeLessThanOrEqual(
            Math.max(Math.abs(value) * 2 ** -11, 2 ** -25) * 1.0001,
          )
        },
      ),
    )
  })
})
