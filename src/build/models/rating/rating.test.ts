import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { likenesses } from '../../../scoring/item-similarity.ts'
import { ratingPredictor } from '../../../scoring/rating.ts'
import { samplePack } from '../../../scoring/sample-pack.test-data.ts'
import { buildAttributes } from '../../dataset/attributes.ts'
import { userRatings } from '../../dataset/user-ratings.ts'
import { ratingCases } from './bias.ts'
import { fitRatings, learnRatings, MIN_RATING_USERS, prepareTrials } from './rating.ts'
import { ratedDataset } from './rated.test-data.ts'

const ITEMS = 20
const dataset = ratedDataset({ users: 60, items: ITEMS, ratings: 12, seed: 5 })
const ratings = userRatings(dataset.interactions!, ITEMS)!
const pack = {
  ...samplePack({ items: dataset.items }),
  attributes: buildAttributes(dataset.items),
}
const heldOut = Array.from({ length: 24 }, (_, user) => user)

describe('fitRatings', () => {
  test('learns that authors tell what averages do not', () => {
    const { head, report } = fitRatings(pack, ratings, { heldOut, seed: 1 })!
    expect(report.biasRmse).toBeGreaterThan(1.2)
    expect(report.rmse).toBeLessThan(0.7)
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
    const again = () => fitRatings(pack, ratings, { heldOut, seed: 7 })
    expect(again()).toEqual(again())
  })

  test('too few users give none', () => {
    const few = heldOut.slice(0, MIN_RATING_USERS - 1)
    expect(fitRatings(pack, ratings, { heldOut: few, seed: 1 })).toBeUndefined()
  })

  test('a trial is what the browser would predict', () => {
    const cases = ratingCases(ratings, heldOut, createRandom(2))
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
})

describe('learnRatings', () => {
  const none = new Uint32Array(0)
  const users = {
    heldOut: heldOut.map((user) => ({ user, foldIn: none, targets: none })),
  }
  const interactions = dataset.interactions!

  test('says how near it comes', () => {
    const { head, note } = learnRatings(pack, users, { interactions })
    expect(head).toBeDefined()
    expect(note).toMatch(
      /^Ratings are predicted within 0\.\d+ .* averages alone 1\.\d+\.$/,
    )
  })

  test('says why there are none', () => {
    const noteOf = (...given: Parameters<typeof learnRatings>) =>
      learnRatings(...given).note
    expect(noteOf(pack, users, {})).toMatch(/off: the interactions have no ratings\./)
    const weights = interactions.weights.map(() => 3)
    const equal = { interactions: { ...interactions, weights } }
    expect(noteOf(pack, users, equal)).toMatch(/off: all ratings are the same\./)
    expect(noteOf(pack, { heldOut: [] }, { interactions })).toMatch(
      /off: fewer than 10/,
    )
  })
})
