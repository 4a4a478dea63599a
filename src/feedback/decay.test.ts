import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, decay } from './weights.ts'

describe('decay', () => {
  test('half is left after one half-life, a quarter after two', () => {
    expect(decay(0)).toBe(1)
    expect(decay(30 * DAY_MS)).toBe(0.5)
    expect(decay(2 * DAY_MS, 1)).toBe(0.25)
  })

  test('an event from the future counts as new, one from long ago as nothing', () => {
    expect(decay(-5 * DAY_MS)).toBe(1)
    expect(decay(Number.POSITIVE_INFINITY)).toBe(0)
  })

  test('waiting twice is waiting once for the sum', () => {
    const days = fc.double({ min: 0, max: 400, noNaN: true })
    fc.assert(
      fc.property(days, days, (a, b) => {
        const together = decay((a + b) * DAY_MS)
        expect(decay(a * DAY_MS) * decay(b * DAY_MS)).toBeCloseTo(together, 12)
      }),
    )
  })

  test('refuses an age that is no number and a half-life that is not above 0', () => {
    expect(() => decay(Number.NaN)).toThrow(/got NaN/)
    expect(() => decay(1, 0)).toThrow(/got 0, expected days above 0/)
    expect(() => decay(1, Number.NaN)).toThrow(/half-life/)
  })
})
