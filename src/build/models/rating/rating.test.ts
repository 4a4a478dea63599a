import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { likenesses } from '../../../scoring/item-similarity.ts'
import { ratingPredictor } from '../../../scoring/rating.ts'
import { samplePack } from '../../../scoring/sample-pack.test-data.ts'
import { buildAttributes } from '../../dataset/attributes.ts'
import { userRatings } from '../../dataset/user-ratings.ts'
import { ratingCases } from './bias.ts'
import { ratedDataset } from './rated.test-data.ts'
import { prepareTrials, type RatingInput, ratingModel } from './rating.ts'

const ITEMS = 20
const dataset = ratedDataset({ users: 60, items: ITEMS, ratings: 12, seed: 5 })
const ratings = userRatings(dataset.interactions!, ITEMS)!
const pack = {
  ...samplePack({ items: dataset.items }),
  attributes: buildAttributes(dataset.items),
}
const heldOut = Array.from({ length: 24 }, (_, user) => ({ user }))
const interactions = dataset.interactions!
const learn = (changes: Partial<RatingInput> = {}) =>
  ratingModel.fit({ pack, heldOut, interactions, ...changes })

describe('ratingModel', () => {
  test('learns that authors tell what averages do not', () => {
    const { head, report, note } = learn() as Required<ReturnType<typeof learn>>
    expect(report.biasRmse).toBeGreaterThan(1.2)
    expect(report.rmse).toBeLessThan(0.7)
    expect(note).toMatch(
      /^Ratings are predicted within 0\.\d+ .* averages alone 1\.\d+\.$/,
    )
    expect(head.variances.facts + head.variances.idf).toBeGreaterThan(0.2)
    expect([head.variances.tower, head.variances.content]).toEqual([0, 0])
    const predict = ratingPredictor({ ...pack, ratings: head }, [
      { index: 0, rating: 5 },
      { index: 2, rating: 5 },
      { index: 1, rating: 2 },
    ])!
    expect(predict(4)).toBeGreaterThan(predict(3) + 1.5)
  })

  test('the same seed gives the same head', () => {
    expect(learn({ seed: 7 })).toEqual(learn({ seed: 7 }))
  })

  test('too few users give none', () => {
    const { head, note } = learn({ heldOut: heldOut.slice(0, 9) })
    expect(head).toBeUndefined()
    expect(note).toMatch(/off: fewer than 10/)
  })

  test('a trial is what the browser would predict', () => {
    const cases = ratingCases(
      ratings,
      heldOut.map(({ user }) => user),
      createRandom(2),
    )
    const bias = { mean: 3.4, item: new Float32Array(ITEMS).fill(0.1) }
    const variances = { visitor: 0.3, tower: 0, content: 0, facts: 0.8, idf: 0.2 }
    const trial = prepareTrials(cases, {
      ...{ likeness: likenesses(pack), bias, low: 1, high: 5 },
      terms: ['visitor', 'facts', 'idf'],
    })
    const head = { low: 1, high: 5, mean: 3.4, bias: bias.item, variances }
    let [sum, count] = [0, 0]
    for (const { known, targets } of cases) {
      const predict = ratingPredictor({ ...pack, ratings: head }, known)!
      for (const { index, rating } of targets) sum += (predict(index) - rating) ** 2
      count += targets.length
    }
    expect(trial(variances)).toBeCloseTo(Math.sqrt(sum / count), 5)
  })

  test('states why there are none', () => {
    expect(learn({ interactions: undefined }).note).toMatch(
      /off: the interactions have no ratings\./,
    )
    const weights = interactions.weights.map(() => 3)
    expect(learn({ interactions: { ...interactions, weights } }).note).toMatch(
      /off: all ratings are the same\./,
    )
    expect(learn({ heldOut: [] }).note).toMatch(/off: fewer than 10/)
  })
})
