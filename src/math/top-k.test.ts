import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topK } from './top-k.ts'

fc.configureGlobal({ seed: 1 })

/** Sorts everything: slow and obvious. */
function oracle(scores: Float32Array, count: number, exclude?: Uint8Array) {
  return [...scores.keys()]
    .filter((row) => !Number.isNaN(scores[row]) && !exclude?.[row])
    .sort((a, b) => (scores[a] === scores[b] ? a - b : scores[a] < scores[b] ? 1 : -1))
    .slice(0, count)
}

describe('topK', () => {
  test('gives the best rows, best first', () => {
    expect([...topK(Float32Array.of(3, 9, 1, 7), 2)]).toEqual([1, 3])
  })

  test('agrees with sorting, with ties, NaN, infinities and exclusions', () => {
    const score = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    )
    const rows = fc.array(fc.tuple(score, fc.integer({ min: 0, max: 3 })))
    fc.assert(
      fc.property(rows, fc.nat({ max: 30 }), (list, count) => {
        const scores = Float32Array.from(list, ([value]) => value)
        const exclude = Uint8Array.from(list, ([, mask]) => (mask === 3 ? 255 : 0))
        expect([...topK(scores, count)]).toEqual(oracle(scores, count))
        expect([...topK(scores, count, exclude)]).toEqual(
          oracle(scores, count, exclude),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('lets the lower row win a tie', () => {
    expect([...topK(Float32Array.of(5, 5, 5, 5), 3)]).toEqual([0, 1, 2])
  })

  test('gives fewer rows when fewer can be given', () => {
    expect([...topK(Float32Array.of(1, Number.NaN), 5)]).toEqual([0])
    expect(topK(Float32Array.of(1), 0).length).toBe(0)
    expect(topK(new Float32Array(0), 5).length).toBe(0)
    expect(topK(Float32Array.of(1, 2), 2, Uint8Array.of(1, 1)).length).toBe(0)
  })

  test.each([-1, 1.5, Number.NaN])('refuses a count of %s', (count) => {
    expect(() => topK(Float32Array.of(1), count)).toThrow('expected an integer')
  })

  test('refuses a mask of another length', () => {
    expect(() => topK(Float32Array.of(1, 2), 1, new Uint8Array(1))).toThrow(
      'wrong length for exclude: got 1, expected 2.',
    )
  })
})
