import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packNibbles, quantiseRows, quantiseRows4, unpackNibbles } from './quantise.ts'
import { createRandom } from './random.ts'

fc.configureGlobal({ seed: 1 })

const DIM = 5
const table = fc
  .array(fc.float({ min: -100, max: 100, noNaN: true }), { maxLength: 60 })
  .map((values) =>
    Float32Array.from(values.slice(0, values.length - (values.length % DIM))),
  )

describe('quantiseRows', () => {
  test('equals the codes worked by hand', () => {
    const { codes, scales } = quantiseRows(
      Float32Array.of(127, -63.6, 0, 2, 1, -2),
      2,
      3,
    )
    expect([...codes]).toEqual([127, -64, 0, 127, 64, -127])
    expect([...scales]).toEqual([1, Math.fround(2 / 127)])
  })

  test('keeps every value within half a scale', () => {
    fc.assert(
      fc.property(table, (values) => {
        const rows = values.length / DIM
        const { codes, scales } = quantiseRows(values, rows, DIM)
        values.forEach((value, i) => {
          const scale = scales[Math.floor(i / DIM)]
          expect(Math.abs(codes[i] * scale - value)).toBeLessThanOrEqual(scale * 0.5001)
        })
      }),
    )
  })

  test('gives the zero row zero codes and scale 0, and takes no rows', () => {
    const { codes, scales } = quantiseRows(new Float32Array(4), 2, 2)
    expect([...codes, ...scales]).toEqual([0, 0, 0, 0, 0, 0])
    expect(quantiseRows(new Float32Array(0), 0, 2).codes.length).toBe(0)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => quantiseRows(Float32Array.of(value), 1, 1)).toThrow('a finite number')
  })

  test('refuses a wrong length', () => {
    expect(() => quantiseRows(new Float32Array(3), 2, 2)).toThrow(
      'wrong length for values: got 3, expected 4.',
    )
  })
})

describe('quantiseRows4', () => {
  test('finds codes that are exact', () => {
    const { codes, scales } = quantiseRows4(Float32Array.of(7, -3, 0, 1), 1, 4)
    expect([...codes]).toEqual([7, -3, 0, 1])
    expect([...scales]).toEqual([1])
  })

  test('never errs more than max/7 would, and less on normal values', () => {
    const random = createRandom(1)
    const values = Float32Array.from({ length: 128 }, () => random.normal())
    const { codes, scales } = quantiseRows4(values, 1, 128)
    const plain = values.reduce((max, x) => Math.max(max, Math.abs(x)), 0) / 7
    const error = (scale: number, code: (x: number, i: number) => number) =>
      values.reduce((sum, x, i) => sum + (code(x, i) * scale - x) ** 2, 0)
    const best = error(scales[0], (_, i) => codes[i])
    expect(best).toBeLessThan(error(plain, (x) => Math.round(x / plain)))
  })

  test('keeps codes in −7 … 7', () => {
    fc.assert(
      fc.property(table, (values) => {
        const { codes } = quantiseRows4(values, values.length / DIM, DIM)
        expect(codes.every((code) => code >= -7 && code <= 7)).toBe(true)
      }),
    )
  })
})

describe('nibbles', () => {
  test('put the even code in the low half', () => {
    expect([...packNibbles(Int8Array.of(1, -1, 7))]).toEqual([0xf1, 0x07])
  })

  test('come back as they went in', () => {
    const codes = fc.array(fc.integer({ min: -8, max: 7 }))
    fc.assert(
      fc.property(codes, (list) => {
        const bytes = packNibbles(Int8Array.from(list))
        expect([...unpackNibbles(bytes, list.length)]).toEqual(list)
      }),
    )
  })

  test('refuse a count that the bytes do not hold', () => {
    expect(() => unpackNibbles(new Uint8Array(2), 5)).toThrow(
      'wrong length for bytes: got 2, expected 3.',
    )
  })
})
