import { describe, expect, test } from 'vitest'
import { bootstrapMean } from '../build/metrics/ranking.ts'
import { createEstimator, placesIn, worstFigures } from './rank-figures.ts'

describe('placesIn', () => {
  const score = Float32Array.of(5, 3, 3, 9, 3, 1)
  const seen = Uint8Array.of(1, 0, 1, 0, 0, 0)

  test('counts what is above and what ties, among all, new or seen rows', () => {
    expect(placesIn(score, 1, seen)).toEqual({
      all: { better: 2, tied: 3 },
      new: { better: 1, tied: 2 },
      returns: { better: 1, tied: 1 },
    })
    expect(placesIn(score, 5, seen).returns).toEqual({ better: 2, tied: 0 })
  })

  test('the worst order puts the answer behind all that tie', () => {
    expect(worstFigures({ better: 1, tied: 2 }, 10)).toEqual({
      hit: 1,
      ndcg: 1 / Math.log2(4),
      mrr: 1 / 3,
    })
    expect(worstFigures({ better: 9, tied: 2 }, 10).hit).toBe(0)
  })
})

describe('the intervals', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0))

  test('of visitors with a case each are those of the plain bootstrap', () => {
    const visitors = Uint32Array.from(values.keys())
    const grouped = createEstimator(visitors, 1)(Float64Array.from(values))
    const plain = bootstrapMean(values, 1)
    expect(grouped.mean).toBe(plain.mean)
    expect(grouped.low).toBeCloseTo(plain.low, 10)
    expect(grouped.high).toBeCloseTo(plain.high, 10)
  })

  test('are wider where the cases of a visitor all go one way', () => {
    const sorted = Float64Array.from(values).sort()
    const alone = createEstimator(Uint32Array.from(sorted.keys()), 1)(sorted)
    const inTens = sorted.map((_, at) => Math.floor(at / 10))
    const together = createEstimator(Uint32Array.from(inTens), 1)(sorted)
    expect(together.mean).toBe(alone.mean)
    expect(together.high - together.low).toBeGreaterThan(alone.high - alone.low)
  })

  test('without cases are zeros', () => {
    const none = createEstimator(new Uint32Array(0), 1)(new Float64Array(0))
    expect(none).toEqual({ mean: 0, low: 0, high: 0 })
  })
})
