import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cosine, normaliseInto } from '../../math/vectors.ts'
import { goldenTexts, packGolden, unpackGolden } from './golden-vectors.ts'

const bell = fc.double({ min: -3, max: 3, noNaN: true })

describe('a golden vector', () => {
  test('keeps its direction to a cosine error of 1e-4, for any vector like a text', () => {
    const vectors = fc.array(bell, { minLength: 384, maxLength: 384 })
    fc.assert(
      fc.property(vectors, (numbers) => {
        const vector = normaliseInto(Float32Array.from(numbers))
        const back = unpackGolden(packGolden({ text: 'a', vector }), 384)!
        const isZero = vector.every((x) => x === 0)
        expect(cosine(back.vector, vector)).toBeGreaterThan(isZero ? -1 : 1 - 1e-4)
      }),
      { numRuns: 30 },
    )
  })

  test('keeps it where one number is far larger than the others', () => {
    const vector = normaliseInto(
      Float32Array.from({ length: 384 }, (_, i) => (i === 7 ? 20 : Math.sin(i))),
    )
    const back = unpackGolden(packGolden({ text: 'a', vector }), 384)!
    expect(cosine(back.vector, vector)).toBeGreaterThan(1 - 1e-4)
  })

  test('is a byte a number, worked by hand', () => {
    const record = packGolden({
      text: 'a',
      vector: Float32Array.of(1.6129, -0.4096, 0),
    })
    expect(record).toEqual({ text: 'a', scale: 1e-4, levels: btoa('\x7f\xc0\x00') })
    const { vector } = unpackGolden(record, 3)!
    expect([...vector].map((x) => Math.round(x * 1e4))).toEqual([16129, -4096, 0])
  })

  test('of nothing is zeros', () => {
    const record = packGolden({ text: '', vector: new Float32Array(3) })
    expect(record).toEqual({ text: '', scale: 0, levels: '' })
    expect(unpackGolden(record, 3)!.vector).toEqual(new Float32Array(3))
  })

  test.each([
    ['of another length', { scale: 1, levels: btoa('ab') }],
    ['that is not base64', { scale: 1, levels: '*' }],
    ['without a scale', { scale: Number.NaN, levels: btoa('abc') }],
    ['with a negative scale', { scale: -1, levels: btoa('abc') }],
  ])('%s is none', (_, record) => {
    expect(unpackGolden({ text: 'a', ...record }, 3)).toBeUndefined()
  })
})

test('there are 32 golden texts, all different, short ones first', () => {
  expect(new Set(goldenTexts).size).toBe(32)
  expect(goldenTexts.slice(0, 3).every((text) => text && text.length < 40)).toBe(true)
  expect(goldenTexts.some((text) => text.length === 2_000)).toBe(true)
  expect(goldenTexts.some((text) => !text.isWellFormed())).toBe(true)
})
