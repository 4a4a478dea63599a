import { describe, expect, test } from 'vitest'
import type { Pack, RatingHead } from '../pack/pack.ts'
import { MAX_RATED, MIN_RATED, ratingPredictor, toScale, toStars } from './rating.ts'
import { samplePack } from './sample-pack.test-data.ts'

const none = { visitor: 0, tower: 0, content: 0, facts: 0, idf: 0 }

function packWith(variances: Partial<RatingHead['variances']>): Pack {
  const authors = ['Ann', 'Ann', 'Bo', 'Bo', 'Cy', 'Cy']
  const sample = samplePack({
    items: authors.map((author) => ({ authors: [author] })),
    tower: {
      items: [
        [1, 0],
        [2, 0],
        [0, 1],
        [0, 3],
        [1, 1],
        [0, 0],
      ],
    },
  })
  const bias = Float32Array.of(0.5, 0, 0, 0, 0, -0.5)
  const head = { low: 1, high: 5, mean: 3, bias }
  return { ...sample, ratings: { ...head, variances: { ...none, ...variances } } }
}

const rated = (...pairs: [index: number, rating: number][]) =>
  pairs.map(([index, rating]) => ({ index, rating }))

describe('ratingPredictor', () => {
  test('a stranger is given mean and item bias', () => {
    const predict = ratingPredictor(packWith({ visitor: 1, tower: 1 }), [])!
    expect([0, 1, 5].map(predict)).toEqual([3.5, 3, 2.5])
  })

  test("the visitor's own bias is the mean of what is left, shrunk: by hand", () => {
    // residuals 4.5 − 3.5 = 1 and 5 − 3 = 2; b_u = (1 + 2) / (2 + 1 / variance)
    const predict = ratingPredictor(
      packWith({ visitor: 0.5 }),
      rated([0, 4.5], [1, 5]),
    )!
    expect(predict(2)).toBeCloseTo(3 + 3 / 4, 6)
  })

  test('one rating moves its like and nothing else, along each kind of likeness', () => {
    // a = 1 / (variance + 1), the likeness 1 between items 2 and 3, 0 to item 0
    for (const term of ['tower', 'facts', 'idf'] as const) {
      const predict = ratingPredictor(packWith({ [term]: 1 }), rated([2, 4]))!
      expect(predict(3), term).toBeCloseTo(3.5, 2)
      expect(predict(0), term).toBeCloseTo(3.5, 6)
      expect(predict(1), term).toBeCloseTo(3, 6)
    }
  })

  test('a likeness the pack has no data for adds nothing', () => {
    const { tower: _, ...bare } = packWith({ tower: 1, content: 1 })
    const predict = ratingPredictor(bare, rated([2, 5]))!
    expect(predict(3)).toBe(3)
    expect(predict(2)).toBe(3)
  })

  test('stays within the scale and finite, whatever was rated', () => {
    const large = packWith({ visitor: 100, tower: 100, facts: 100, idf: 100 })
    const odd = rated([0, 1e9], [1, 5], [2, -7], [3, NaN], [5, 5])
    for (let index = 0; index < 6; index++) {
      const rating = ratingPredictor(large, odd)!(index)
      expect(rating).toBeGreaterThanOrEqual(1)
      expect(rating).toBeLessThanOrEqual(5)
    }
  })

  test('reads the newest ratings alone', () => {
    const pack = packWith({ visitor: 1 })
    const newest = rated(
      ...Array.from({ length: MAX_RATED }, (): [number, number] => [1, 4]),
    )
    const all = [...newest, ...rated([2, 1], [3, 1])]
    expect(ratingPredictor(pack, all)!(4)).toBe(ratingPredictor(pack, newest)!(4))
    expect(MIN_RATED).toBeLessThan(MAX_RATED)
  })

  test('a pack without a rating head predicts nothing', () => {
    const { ratings: _, ...pack } = packWith({})
    expect(ratingPredictor(pack, rated([0, 5]))).toBeUndefined()
  })
})

test('a scale that ends at 5 is stars already', () => {
  for (const low of [0, 0.5, 1]) {
    expect(toScale({ low, high: 5 }, 4)).toBe(4)
    expect(toStars({ low, high: 5 }, 3.2)).toBe(3.2)
  }
})

test('any other scale has its ends at one and five stars', () => {
  const tens = { low: 1, high: 10 }
  expect([1, 3, 5].map((stars) => toScale(tens, stars))).toEqual([1, 5.5, 10])
  expect([1, 5.5, 10].map((rating) => toStars(tens, rating))).toEqual([1, 3, 5])
})

test('stars never leave 1 to 5', () => {
  expect(toStars({ low: 0.5, high: 5 }, 0.5)).toBe(1)
  expect(toStars({ low: 0, high: 100 }, 130)).toBe(5)
})
