import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { sampleCalibration } from '../pack/sample-calibration.test-data.ts'
import { constantFusion } from './fusion.ts'
import { matcherOf } from './match.ts'
import { drawGuess, rankItems } from './rank.ts'
import { itemDescriber } from './ranked-item.ts'
import { sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import { COMPONENTS } from './score.ts'
import { scoreAll } from './score-all.ts'

const scoring = sampleScoring({
  items: Array.from({ length: 6 }, (_, index) => ({
    genres: [index < 3 ? 'sea' : 'space'],
    ...(index < 2 ? { authors: ['Conrad'] } : {}),
  })),
  cf: [
    [0, 15, 5, 0, 0, 0],
    [15, 0, 10, 0, 0, 0],
    [5, 10, 0, 0, 0, 5],
    [0, 0, 0, 0, 15, 0],
    [0, 0, 0, 15, 0, 0],
    [0, 0, 5, 0, 0, 0],
  ],
  sequence: [
    [0, 0, 9, 0, 0, 0],
    [0, 0, 9, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ],
  content: [
    [1, 0],
    [0.8, 0.6],
    [0.6, 0.8],
    [0, 1],
    [0, 1],
    [-1, 0],
  ],
  popularity: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
})
const request = { taste: tasteOf([0, [1, 0.5]]) }
const scores = scoreAll(scoring, request)

describe('rankItems', () => {
  test('returns the best items with their score, match and components', () => {
    const ranked = rankItems(scoring, scores, request, { count: 6, lambda: 1 })
    const order = ranked.map(({ score }) => score)
    expect(order).toEqual(order.toSorted((a, b) => b - a))
    for (const { index, score, match, components, isGuess } of ranked) {
      expect(score).toBe(scores.score[index])
      expect(match).toBeUndefined() // the pack has no calibration
      expect(
        COMPONENTS.reduce((sum, component) => sum + components[component], 0),
      ).toBeCloseTo(score, 3)
      expect(isGuess).toBe(false)
    }
  })

  test('a pick has the probability that the calibration of the pack gives it', () => {
    const calibration = sampleCalibration
    const { pack } = scoring
    const measured = { ...pack, manifest: { ...pack.manifest, calibration } }
    const own = { ...scoring, pack: measured }
    const ranked = rankItems(own, scores, request, { count: 6, lambda: 1 })
    const matchOf = matcherOf(calibration, scores, request)!
    expect(ranked.map(({ match }) => match)).toEqual(
      ranked.map(({ index }) => matchOf(index)),
    )
    const likeness = { ...request, isLikeness: true }
    expect(itemDescriber(own, scores, likeness)(2)).not.toHaveProperty('match')
  })

  test('leaves out what is excluded, and gives fewer if there are fewer', () => {
    const exclude = Uint8Array.of(1, 1, 0, 1, 1, 0)
    const ranked = rankItems(scoring, scores, request, { count: 9, exclude })
    expect(ranked.map(({ index }) => index).toSorted()).toEqual([2, 5])
  })

  test('a smaller λ takes an unlike item earlier', () => {
    const twins = sampleScoring({
      items: [{}, {}, {}],
      content: [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      popularity: [1, 0.9, 0.5],
      fusion: constantFusion({ popularity: 1 }),
    })
    const stranger = { taste: tasteOf([]) }
    const all = scoreAll(twins, stranger)
    const indicesAt = (lambda: number) =>
      rankItems(twins, all, stranger, { count: 3, lambda }).map(({ index }) => index)
    expect(indicesAt(1)).toEqual([0, 1, 2])
    expect(indicesAt(0.4)).toEqual([0, 2, 1])
  })

  test('refuses a count that is not a whole number', () => {
    expect(() => rankItems(scoring, scores, request, { count: 1.5 })).toThrow(
      'invalid count: got 1.5',
    )
  })
})

describe('the guess', () => {
  const options = { count: 4, lambda: 1 }

  test('takes one slot, is marked, and carries the probability it was drawn with', () => {
    const guess = { random: createRandom(3) }
    const ranked = rankItems(scoring, scores, request, { ...options, guess })
    const plain = rankItems(scoring, scores, request, options)
    expect(ranked).toHaveLength(4)
    expect(ranked.slice(0, 3)).toEqual(plain.slice(0, 3))
    expect(ranked[3].isGuess).toBe(true)
    expect(ranked[3].propensity).toBeGreaterThan(0)
    expect(ranked[3].propensity).toBeLessThanOrEqual(1)
  })

  test('is not made in a list shorter than four, nor when nothing else is left', () => {
    const guess = { random: createRandom(3) }
    const short = rankItems(scoring, scores, request, { count: 3, guess })
    const whole = rankItems(scoring, scores, request, { count: 7, guess })
    expect(short.some(({ isGuess }) => isGuess)).toBe(false)
    expect(whole.some(({ isGuess }) => isGuess)).toBe(false)
  })

  test('is drawn as often as its propensity', () => {
    const random = createRandom(11)
    const score = Float32Array.of(0, 1, 2)
    const seen = new Map<number, { count: number; propensity: number }>()
    const draws = 3000
    for (let i = 0; i < draws; i++) {
      const { index, propensity } = drawGuess(Uint32Array.of(0, 1, 2), score, random)!
      seen.set(index, { count: (seen.get(index)?.count ?? 0) + 1, propensity })
    }
    let total = 0
    for (const { count, propensity } of seen.values()) {
      expect(count / draws).toBeCloseTo(propensity, 1)
      total += propensity
    }
    expect(total).toBeCloseTo(1, 5)
  })

  test('has nothing to draw from nothing', () => {
    expect(drawGuess(new Uint32Array(0), scores.score, createRandom(1))).toBeUndefined()
  })
})
