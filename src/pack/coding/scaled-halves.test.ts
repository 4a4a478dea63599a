import { describe, expect, test } from 'vitest'
import { readSections, writeSections } from '../sections.ts'
import { halvesOf, packHalves, scalesOf } from './scaled-halves.ts'

const expected = { file: 'cf.bin', block: 'cf' as const, rows: 1 }

/** The values as a block's only section, bytes patched on the way. */
function sectionsOf(
  values: readonly number[],
  patch: readonly [number, number][] = [],
) {
  const part = packHalves('values', Float32Array.from(values))
  for (const [at, byte] of patch) part[at] = byte
  return readSections(writeSections('cf', 1, [part]), expected)
}

describe('scaled halves', () => {
  test('are a float32 unit and shares of it', () => {
    const part = packHalves('values', Float32Array.of(-4, 1, 0))
    expect(Buffer.from(part).toString('hex')).toBe('0000804000bc00340000')
  })

  test.each([1e-30, 1, 9e29])('keep 11 bits of values near %f', (unit) => {
    const values = [unit, -unit / 3, unit / 1000].map(Math.fround)
    const back = halvesOf(sectionsOf(values), 0, 3)
    values.forEach((value, i) => {
      expect(Math.abs(back[i] / value - 1)).toBeLessThan(2 ** -11 * 1.001)
    })
  })

  test('keep zeros and none', () => {
    expect([...halvesOf(sectionsOf([0, 0]), 0, 2)]).toEqual([0, 0])
    expect(halvesOf(sectionsOf([]), 0, 0).length).toBe(0)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 2e30])(
    'refuse to write %f',
    (value) => {
      expect(() => packHalves('bias', Float32Array.of(1, value))).toThrow(
        'invalid bias',
      )
    },
  )

  test('refuse bytes that are not finite, too large, negative scales, too few', () => {
    expect(() => halvesOf(sectionsOf([1], [[5, 0x7c]]), 0, 1)).toThrow('not finite')
    expect(() => halvesOf(sectionsOf([1], [[3, 0x7f]]), 0, 1)).toThrow('too large')
    expect(() => scalesOf(sectionsOf([1, -1]), 0, 2)).toThrow('negative scale')
    expect(() => halvesOf(sectionsOf([1]), 0, 2)).toThrow('has 6 bytes, expected 8')
  })
})
