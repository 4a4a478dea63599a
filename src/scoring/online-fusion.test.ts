import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { FUSED_COMPONENTS } from '../pack/pack.ts'
import { defaultFusion } from './fusion.ts'
import {
  COMPONENT_SD,
  learnFusion,
  MAX_RATIO,
  multiplied,
  type Observation,
} from './online-fusion.ts'

type Components = Record<string, number>

/** A visitor who takes by `wanted`, shown items of normal cf and popularity. */
function visitor(
  count: number,
  wanted: (components: Components) => number,
  seed = 1,
): Observation[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const components = { cf: random.normal(), popularity: random.normal() }
    const chance = 1 / (1 + Math.exp(-wanted(components)))
    const isTaken = random.next() < chance
    return { place: i % 10, components, isTaken, propensity: 1 }
  })
}

const byCf = ({ cf = 0 }: Components) => -1 + 1.5 * cf
const asBuilt = ({ cf = 0, popularity = 0 }: Components) => -1 + cf + popularity

describe('a component that predicts the visitor', () => {
  test('counts more, one that does not counts less, one never shown as before', () => {
    const { mean } = learnFusion(visitor(600, byCf))
    expect(mean.cf).toBeGreaterThan(1.15)
    expect(mean.popularity).toBeLessThan(0.85)
    expect(mean.tower).toBe(1)
  })

  test('counts as in the pack where the pack is right, and where nothing was seen', () => {
    const { mean } = learnFusion(visitor(600, asBuilt))
    expect(mean.cf).toBeCloseTo(1, 0)
    expect(mean.popularity).toBeCloseTo(1, 0)
    const none = learnFusion([]).mean
    for (const name of FUSED_COMPONENTS) expect(none[name]).toBe(1)
  })

  test('moves less by a few views than by many', () => {
    const few = learnFusion(visitor(30, byCf)).mean
    const many = learnFusion(visitor(600, byCf)).mean
    expect(Math.abs(few.popularity - 1)).toBeLessThan(Math.abs(many.popularity - 1))
  })

  test('moves less under a stronger prior', () => {
    const strong = learnFusion(visitor(300, byCf), COMPONENT_SD / 4).mean
    const weak = learnFusion(visitor(300, byCf), COMPONENT_SD * 2).mean
    expect(Math.abs(strong.cf - 1)).toBeLessThan(Math.abs(weak.cf - 1))
  })
})

test('it is the maximum of the posterior: no step from it gains', () => {
  const seen = visitor(200, byCf)
  const { mean } = learnFusion(seen)
  expect(learnFusion([...seen]).mean).toEqual(mean)
  const withOneMore = learnFusion([...seen, ...visitor(1, byCf, 5)])
  expect(learnFusion(seen).mean).toEqual(mean) // removed again: as if it had never been
  expect(withOneMore.mean).not.toEqual(mean)
})

test('draws spread around the mean, less the more was seen', () => {
  const spread = (count: number) => {
    const posterior = learnFusion(visitor(count, byCf))
    const random = createRandom(3)
    const draws = Array.from({ length: 400 }, () => posterior.draw(random).cf)
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    return {
      off: Math.abs(mean - posterior.mean.cf),
      sd: Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length),
    }
  }
  expect(spread(600).off).toBeLessThan(0.1)
  expect(spread(2000).sd).toBeLessThan(spread(40).sd)
})

describe('learning stays inside its guards', () => {
  const bounds = (seen: readonly Observation[]) => {
    const posterior = learnFusion(seen)
    const random = createRandom(2)
    for (const each of [posterior.mean, posterior.draw(random)]) {
      for (const name of FUSED_COMPONENTS) {
        expect(each[name]).toBeGreaterThanOrEqual(1 / MAX_RATIO)
        expect(each[name]).toBeLessThanOrEqual(MAX_RATIO)
      }
    }
    return posterior.mean
  }

  test('a visitor who takes everything, or nothing, changes hardly anything', () => {
    for (const isTaken of [true, false]) {
      const seen = visitor(1000, asBuilt).map((each) => ({ ...each, isTaken }))
      const mean = bounds(seen)
      for (const name of FUSED_COMPONENTS) expect(mean[name]).toBeCloseTo(1, 0)
    }
  })

  test('forged components of any size move no weight out of its bounds', () => {
    const forged = Array.from({ length: 1000 }, (_, i): Observation => {
      const value = i % 2 === 0 ? 100 : -100
      const components = { cf: value, popularity: -value, evil: 1e308 }
      return { place: 999, components, isTaken: i % 2 === 0, propensity: 1e-300 }
    })
    const mean = bounds(forged)
    expect(mean.popularity).toBe(1 / MAX_RATIO)
  })
})

test("the learned fusion is the pack's with every weight multiplied", () => {
  const { mean } = learnFusion(visitor(600, byCf))
  const { buckets } = multiplied(defaultFusion, mean)
  buckets.forEach((weights, i) => {
    for (const name of FUSED_COMPONENTS) {
      expect(weights[name]).toBe(defaultFusion.buckets[i]![name] * mean[name])
    }
  })
})
