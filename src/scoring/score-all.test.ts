import { describe, expect, test } from 'vitest'
import { topK } from '../math/top-k.ts'
import { checkerboard, ROWS } from './checkerboard.test-data.ts'
import { EVIDENCE_FLOOR, feedbackDefaults } from './feedback-terms.ts'
import { constantFusion, defaultFusion } from './fusion.ts'
import { sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import type { ScoreRequest } from './score.ts'
import { createScores } from './score.ts'
import { scoreAll } from './score-all.ts'

describe('on checkerboard data', () => {
  const scoring = sampleScoring({
    ...checkerboard,
    popularity: new Array(ROWS).fill(0),
  })

  test.each(['cf', 'tower', 'content', 'attributes'] as const)(
    '%s alone ranks the visitor’s colour before the other',
    (component) => {
      const scores = scoreAll(scoring, {
        taste: tasteOf([2, 4]),
        userVector: Float32Array.of(1, 0),
        fusion: constantFusion({ [component]: 1 }),
      })
      const best = [...topK(scores.score, ROWS / 2)]
      expect(best.toSorted((a, b) => a - b)).toEqual([0, 2, 4, 6])
      expect(scores.components[component]).toEqual(scores.score)
    },
  )

  test('sequence alone ranks first what follows the newest event', () => {
    const fusion = constantFusion({ sequence: 1 })
    const newestIsTwo = scoreAll(scoring, { taste: tasteOf([2, 3]), fusion })
    expect([...topK(newestIsTwo.score, 2)]).toEqual([4, 5])
    const newestIsThree = scoreAll(scoring, { taste: tasteOf([3, 2]), fusion })
    expect([...topK(newestIsThree.score, 2)]).toEqual([5, 4])
  })
})

describe('an empty taste', () => {
  test('gives the order of popularity', () => {
    const popularity = [0.3, 0.9, 0.1, 0.5, 0.2, 0.8, 0.4, 0.6]
    const scoring = sampleScoring({ ...checkerboard, popularity })
    const userVector = Float32Array.of(5, 0) // towers know nothing without a history
    const scores = scoreAll(scoring, { taste: tasteOf([]), userVector })
    expect([...topK(scores.score, ROWS)]).toEqual([1, 5, 7, 3, 6, 0, 4, 2])
    expect(scores.score).toEqual(scores.components.popularity)
  })

  test('with typed text ranks by the text', () => {
    const scoring = sampleScoring(checkerboard)
    const scores = scoreAll(scoring, {
      taste: tasteOf([]),
      textQuery: Float32Array.of(0, 1),
      fusion: constantFusion({ content: 1 }),
    })
    expect(topK(scores.score, 1)[0] % 2).toBe(1)
  })
})

test('what was scored before into the same memory leaves no trace', () => {
  const scoring = sampleScoring(checkerboard)
  const full = {
    taste: tasteOf([3, 2], { negative: { 5: 1 } }),
    userVector: Float32Array.of(1, 0),
    textQuery: Float32Array.of(0, 1),
  }
  const requests: ScoreRequest[] = [full, { taste: tasteOf([]) }, full]
  const into = createScores(ROWS)
  for (const request of requests) {
    expect(scoreAll(scoring, request, into)).toBe(into)
    expect(into).toEqual(scoreAll(scoring, request))
  }
})

describe('feedback', () => {
  const scoring = sampleScoring(checkerboard)
  const at = (request: ScoreRequest, index: number) =>
    scoreAll(scoring, request).score[index]

  test('a like raises the item, a dislike lowers it, at any number of events', () => {
    for (const eventCount of [0, 1, 4, 10, 60]) {
      const plain = at({ taste: tasteOf([0], { eventCount }) }, 3)
      const liked = at({ taste: tasteOf([0], { eventCount, positive: { 3: 1 } }) }, 3)
      const refused = at({ taste: tasteOf([0], { eventCount, negative: { 3: 1 } }) }, 3)
      expect(liked).toBeGreaterThan(plain)
      expect(refused).toBeLessThan(plain)
    }
  })

  test('a dislike pushes the item’s neighbours away, a like draws them near', () => {
    const plain = at({ taste: tasteOf([0], { eventCount: 9 }) }, 5)
    const refused = tasteOf([0], { eventCount: 9, negative: { 3: 1 } })
    const liked = tasteOf([0, 3], { eventCount: 9 })
    expect(at({ taste: refused }, 5)).toBeLessThan(plain)
    expect(at({ taste: liked }, 5)).toBeGreaterThan(plain)
  })

  test('is w1·(α e⁺ − β e⁻) + w3·(γ e⁺ − δ e⁻), in standard deviations', () => {
    const taste = tasteOf([0], { positive: { 1: 0.5 }, negative: { 1: 0.25, 2: 1 } })
    const fusion = constantFusion({ cf: 0.6, content: 0.4 })
    const { feedback } = scoreAll(scoring, { taste, fusion }).components
    const { alpha, beta, gamma, delta } = feedbackDefaults
    expect(feedback[1]).toBeCloseTo(
      0.6 * (alpha * 0.5 - beta * 0.25) + 0.4 * (gamma * 0.5 - delta * 0.25),
      5,
    )
    expect(feedback[2]).toBeCloseTo(-(0.6 * beta + 0.4 * delta), 5)
    expect(feedback[3]).toBe(0)
  })

  test('lowers even where cf and content were fitted to nothing or below', () => {
    const taste = tasteOf([0], { negative: { 2: 1 } })
    for (const weights of [{ popularity: 1 }, { cf: -1, content: -1 }, { cf: 0.01 }]) {
      const { components } = scoreAll(scoring, {
        taste,
        fusion: constantFusion(weights),
      })
      expect(components.feedback[2]).toBeCloseTo(-3 * EVIDENCE_FLOOR, 5)
    }
  })
})

describe('refusals', () => {
  const scoring = sampleScoring(checkerboard)
  const fusion = defaultFusion

  test('names the vector of the wrong length', () => {
    const taste = tasteOf([0])
    expect(() => scoreAll(scoring, { taste, userVector: new Float32Array(3) })).toThrow(
      'wrong length for userVector: got 3, expected 2.',
    )
    expect(() => scoreAll(scoring, { taste, textQuery: new Float32Array(9) })).toThrow(
      'wrong length for textQuery: got 9, expected 2.',
    )
  })

  test.each([-1, ROWS, 0.5, Number.NaN])('refuses index %s', (index) => {
    const taste = tasteOf([[index, 1]])
    expect(() => scoreAll(scoring, { taste, fusion })).toThrow(
      `unknown index: got ${index}`,
    )
  })
})
