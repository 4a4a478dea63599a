import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import type { CalibrationCurve } from '../../../pack/calibration.ts'
import { sampleCurve } from '../../../pack/sample-calibration.test-data.ts'
import { probabilityOf } from '../../../scoring/match.ts'
import { fitCurve } from './curve.ts'
import { type Moment, SAMPLED_PLACES } from './moments.ts'

/** Lists of a thousand items for people who choose as a curve says. */
function drawn(curve: CalibrationCurve, people: number, seed: number): Moment[] {
  const random = createRandom(seed)
  return Array.from({ length: people }, (_, person) => {
    const level = 1 + 2 * random.next()
    const eventCount = person % 2 === 0 ? 6 : 10
    const scores = Float32Array.from(
      SAMPLED_PLACES,
      (place) => level + 1.5 - 0.5 * Math.log2(1 + place) + 0.01 * random.next(),
    )
    const chosen = Uint8Array.from(scores, (score, n) => {
      const point = { place: SAMPLED_PLACES[n]!, score, level, eventCount }
      return random.next() < probabilityOf(curve, point) ? 1 : 0
    })
    return { eventCount, level, scores, chosen }
  })
}

describe('fitCurve', () => {
  test('finds the probabilities that people were drawn by', () => {
    const moments = drawn(sampleCurve, 1500, 5)
    const fitted = fitCurve(moments)
    for (const [n, place] of SAMPLED_PLACES.slice(0, 40).entries()) {
      for (const { level, scores, eventCount } of moments.slice(0, 20)) {
        const point = { place, score: scores[n]!, level, eventCount }
        expect(probabilityOf(fitted, point)).toBeCloseTo(
          probabilityOf(sampleCurve, point),
          1,
        )
      }
    }
  })

  test('what it says of a place is the share that chose it there', () => {
    const moments = drawn(sampleCurve, 800, 6)
    const fitted = fitCurve(moments)
    for (const n of [0, 4, 19]) {
      const share = moments.reduce((sum, { chosen }) => sum + chosen[n]!, 0) / 800
      const said = moments.reduce((sum, { scores, level, eventCount }) => {
        const point = {
          place: SAMPLED_PLACES[n]!,
          score: scores[n]!,
          level,
          eventCount,
        }
        return sum + probabilityOf(fitted, point)
      }, 0)
      expect(Math.abs(said / 800 - share)).toBeLessThan(0.04)
    }
  })

  test('never turns an order round, though the data do', () => {
    const backwards = drawn(sampleCurve, 200, 7).map((moment) => ({
      ...moment,
      chosen: moment.chosen.toReversed(),
    }))
    const { places, gap } = fitCurve(backwards)
    expect(gap).toBeGreaterThanOrEqual(0)
    expect(places).toEqual(places.toSorted((a, b) => b - a))
  })

  test('a catalogue shorter than the places has a curve', () => {
    const short = drawn(sampleCurve, 120, 8).map((moment) => ({
      ...moment,
      scores: moment.scores.slice(0, 8),
      chosen: moment.chosen.slice(0, 8),
    }))
    const { places } = fitCurve(short)
    expect(places.every(Number.isFinite)).toBe(true)
    expect(places.at(-1)).toBeCloseTo(places[4]!, 1)
  })

  test('nobody who chose anything is no reason for infinite numbers', () => {
    const none = drawn(sampleCurve, 100, 9).map((moment) => ({
      ...moment,
      chosen: moment.chosen.map(() => 0),
    }))
    const curve = fitCurve(none)
    const point = { place: 1, score: 3, level: 2, eventCount: 6 }
    expect(probabilityOf(curve, point)).toBeLessThan(0.01)
    expect(curve.places.every(Number.isFinite)).toBe(true)
  })
})
