import { describe, expect, test } from 'vitest'
import type { RatingHead } from './pack.ts'
import { decodeRatings, encodeRatings } from './rating-block.ts'
import { writeSections } from './sections.ts'

const head: RatingHead = {
  low: 0.5,
  high: 5,
  mean: 3.5,
  bias: Float32Array.of(1.27, -0.64, 0),
  variances: { visitor: 0.25, tower: 0.5, content: 0, facts: 1, idf: 2 },
}
const expected = { file: 'ratings', block: 'ratings', rows: 3 } as const

describe('the block of ratings', () => {
  test('gives back what went in, biases to a step', () => {
    const read = decodeRatings(encodeRatings(head, 3), expected)
    expect(read).toMatchObject({ low: 0.5, high: 5, mean: 3.5 })
    expect(read.variances).toEqual(head.variances)
    head.bias.forEach((bias, row) => {
      expect(Math.abs(read.bias[row] - bias)).toBeLessThanOrEqual(0.005 + 1e-6)
    })
  })

  test('takes a byte an item beside one head', () => {
    const bytes = (rows: number) =>
      encodeRatings({ ...head, bias: new Float32Array(rows) }, rows).length
    expect(bytes(1000) - bytes(500)).toBe(500)
    expect(bytes(0)).toBeLessThan(100)
  })

  test('items of no bias at all are as many zeros', () => {
    const flat = { ...head, bias: new Float32Array(3) }
    expect([...decodeRatings(encodeRatings(flat, 3), expected).bias]).toEqual([0, 0, 0])
  })

  test.each<[string, Partial<RatingHead>]>([
    ['a scale that does not rise', { low: 5 }],
    ['a mean outside the scale', { mean: 6 }],
    ['a bias that is no number', { bias: Float32Array.of(Number.NaN, 1, 1) }],
    ['a bias without bound', { bias: Float32Array.of(Infinity, 1, 1) }],
    ['biases of other items', { bias: new Float32Array(2) }],
    ['a variance below 0', { variances: { ...head.variances, facts: -1 } }],
    ['a variance that is no number', { variances: { ...head.variances, tower: NaN } }],
  ])('is not written with %s', (_, change) => {
    expect(() => encodeRatings({ ...head, ...change }, 3)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
  })

  test('is refused when read with numbers it would not write', () => {
    const forged = (numbers: number[]) =>
      writeSections('ratings', 3, [Float32Array.from(numbers), new Int8Array(3)])
    for (const numbers of [
      [5, 1, 3, 0, 1, 1, 1, 1, 1],
      [1, 5, 3, NaN, 1, 1, 1, 1, 1],
      [1, 5, 3, 0, 1, 1, 1, 1, 1e9],
      [1, 5, 3, 0, 1, 1, 1, 1],
    ]) {
      expect(() => decodeRatings(forged(numbers), expected)).toThrow(
        expect.objectContaining({ code: 'bad-pack' }),
      )
    }
  })
})
