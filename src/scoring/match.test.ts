import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCalibration, sampleCurve } from '../pack/sample-calibration.test-data.ts'
import {
  betweenPlaces,
  levelOf,
  logEvents,
  matcherOf,
  probabilityOf,
  sigmoid,
} from './match.ts'
import { tasteOf } from './sample-pack.test-data.ts'

/** The probability of every item, of `scores`, for a visitor who chose these. */
function matchesOf(scores: readonly number[], chosen: readonly number[] = []) {
  const all = { score: Float32Array.from(scores), itemCount: scores.length }
  const matchOf = matcherOf(sampleCalibration, all, { taste: tasteOf([...chosen]) })
  return scores.map((_, index) => matchOf?.(index))
}

describe('matcherOf', () => {
  test('reads the curve at the place, the level and the number of events', () => {
    const [first, second] = matchesOf([3, 1, 0], [2])
    // by hand: level (3 + 1)/2 = 2, one event
    expect(first).toBeCloseTo(sigmoid(0 + 0.5 * 1 + 0.25 * 2 + 0.1 * 1), 6)
    expect(second).toBeCloseTo(sigmoid(-0.2 - 0.5 * 1 + 0.25 * 2 + 0.1 * 1), 6)
  })

  test('counts places among what the visitor has not chosen, and gives that no number', () => {
    const [chosen, other] = matchesOf([9, 1, 0.5], [0])
    expect(chosen).toBeUndefined()
    expect(other).toBeCloseTo(matchesOf([-9, 1, 0.5], [0])[1]!, 9)
  })

  test('gives equal scores one number', () => {
    const [a, b, c] = matchesOf([2, 2, 1])
    expect(a).toBe(b)
    expect(c).toBeLessThan(a!)
  })

  test('a higher score never has a lower number', () => {
    const score = fc.double({ min: -20, max: 20, noNaN: true })
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 450 }), (given) => {
        const scores = Array.from(Float32Array.from(given))
        const matches = matchesOf(scores)
        const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!)
        for (let i = 1; i < order.length; i++) {
          expect(matches[order[i]!]!).toBeGreaterThanOrEqual(matches[order[i - 1]!]!)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is none without a calibration, without a curve for so many events, of likeness', () => {
    const scores = { score: Float32Array.of(1, 2), itemCount: 2 }
    const taste = { ...tasteOf([]), eventCount: 60 }
    expect(matcherOf(undefined, scores, { taste: tasteOf([]) })).toBeUndefined()
    expect(matcherOf(sampleCalibration, scores, { taste })).toBeUndefined()
    const like = { taste: tasteOf([0]), isLikeness: true }
    expect(matcherOf(sampleCalibration, scores, like)).toBeUndefined()
  })
})

describe('probabilityOf', () => {
  const at = { place: 1, score: 2, level: 2, eventCount: 0 }

  test('stays inside (0, 1) however far out the score', () => {
    expect(probabilityOf(sampleCurve, { ...at, score: 1e9 })).toBeLessThan(1)
    expect(probabilityOf(sampleCurve, { ...at, score: -1e9 })).toBeGreaterThan(0)
  })

  test('keeps a level within those it was fitted on', () => {
    const high = { ...at, level: 4, score: 4 }
    const higher = { ...at, level: 90, score: 90 }
    expect(probabilityOf(sampleCurve, higher)).toBe(probabilityOf(sampleCurve, high))
  })
})

test('places between those stored are read by their logarithms', () => {
  expect(betweenPlaces(1)).toEqual({ at: 0, share: 0 })
  expect(betweenPlaces(5)).toEqual({ at: 2, share: 0 })
  const { at, share } = betweenPlaces(Math.sqrt(10 * 20))
  expect([at, share]).toEqual([3, expect.closeTo(0.5, 12)])
  expect(betweenPlaces(5000)).toEqual({ at: 8, share: 0 })
})

test('a level is the mean of the first twenty, 0 of none', () => {
  expect(levelOf(Float32Array.of(3, 2, 1))).toBe(2)
  expect(levelOf(Float32Array.from({ length: 30 }, (_, i) => (i < 20 ? 1 : 0)))).toBe(1)
  expect(levelOf(new Float32Array(0))).toBe(0)
})

test('more events than were fitted on change nothing', () => {
  expect(logEvents(3)).toBe(2)
  expect(logEvents(5000)).toBe(logEvents(160))
})

test('sigmoid gives the values worked by hand', () => {
  expect(sigmoid(0)).toBe(0.5)
  expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12)
  expect(sigmoid(-Math.log(3))).toBeCloseTo(0.25, 12)
})

test('sigmoid stays finite far out, and passes NaN on', () => {
  expect(sigmoid(1000)).toBe(1)
  expect(sigmoid(-1000)).toBe(0)
  expect(sigmoid(Number.NaN)).toBeNaN()
})
