import { describe, expect, test } from 'vitest'
import { buildAttributes } from '../build/dataset/attributes.ts'
import { toPositives } from '../build/dataset/positives.ts'
import { ratedDataset } from '../build/models/rating/rated.test-data.ts'
import { ratingModel } from '../build/models/rating/rating.ts'
import { holdOutUsers } from '../build/splits/hold-out.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { measureRatings, ratingFigures } from './ratings.ts'
import { splitDataset } from './splits/users.ts'

describe('ratingFigures', () => {
  const users = [
    [
      { rating: 4, predicted: 4, plain: 3 },
      { rating: 2, predicted: 3, plain: 3 },
    ],
    [{ rating: 4, predicted: 5, plain: 4 }],
  ]

  test('are means over events: by hand', () => {
    const figures = ratingFigures(users, 1)!
    expect(figures.events).toBe(3)
    expect(figures.rmse).toBeCloseTo(Math.sqrt(2 / 3), 9)
    expect(figures.biasRmse).toBeCloseTo(Math.sqrt(2 / 3), 9)
    expect(figures.difference.mean).toBeCloseTo(0, 9)
    expect(figures.difference.low).toBeLessThan(0)
    expect(figures.difference.high).toBeGreaterThan(0)
    expect(figures.byRating).toEqual([
      { rating: 2, count: 1, mean: 3, low: 3, high: 3 },
      { rating: 4, count: 2, mean: 4.5, low: 4, high: 5 },
    ])
  })

  test('a scale of many values shares bins', () => {
    const events = Array.from({ length: 101 }, (_, rating) => {
      return { rating, predicted: rating, plain: 50 }
    })
    const { byRating } = ratingFigures([events], 1)!
    expect(byRating).toHaveLength(20)
    expect(byRating.reduce((sum, { count }) => sum + count, 0)).toBe(101)
    expect(byRating.at(-1)!.rating).toBe(100)
  })

  test('without an event there are none', () => {
    expect(ratingFigures([], 1)).toBeUndefined()
    expect(ratingFigures([[]], 1)).toBeUndefined()
  })
})

describe('measureRatings', () => {
  const dataset = ratedDataset({ users: 160, items: 20, ratings: 14, seed: 9 })
  const { train, visitors } = splitDataset(dataset, { seed: 1, by: 'users' })
  const pack = {
    ...samplePack({ items: dataset.items }),
    attributes: buildAttributes(dataset.items),
  }
  const rest = {
    ...{ train, interactions: dataset.interactions!, seed: 1 },
    heldOut: visitors.map(({ user }) => user),
  }

  test('finds a fitted head nearer than averages, on users it never saw', () => {
    const { heldOut } = holdOutUsers(toPositives(train.interactions!, 20), {
      ...{ share: 0.3, seed: 1 },
    })
    const { head } = ratingModel.fit({ pack, heldOut, ...train })
    const rated = measureRatings({ ...rest, pack: { ...pack, ratings: head! } })!
    const figures = ratingFigures(rated, 1)!
    expect(figures.events).toBe(visitors.length * 3)
    expect(figures.biasRmse).toBeGreaterThan(1)
    expect(figures.difference.high).toBeLessThan(-0.3)
  })

  test('a pack without a head has nothing to measure', () => {
    expect(measureRatings({ ...rest, pack })).toBeUndefined()
  })
})
