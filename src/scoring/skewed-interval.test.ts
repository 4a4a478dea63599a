import { expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { skewedInterval } from './skewed-interval.ts'

const centredOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, deviations: Float64Array.from(values, (value) => value - mean) }
}

test('three events of equal weight have the exact limits of a Poisson count', () => {
  // Of 1,000 entries: Garwood's limits for a count of 3 are .6187 and 8.767.
  const values = Array.from({ length: 1000 }, (_, i) => (i < 3 ? 1 : 0))
  const { lower, upper } = skewedInterval({
    ...centredOf(values),
    stepUp: 1,
    stepDown: 0,
  })
  expect(lower * 1000).toBeGreaterThan(0.5)
  expect(lower * 1000).toBeLessThan(0.64)
  expect(upper * 1000).toBeCloseTo(8.77, 1)
})

test('no event at all is no certainty: up to 3.69 of the greatest size', () => {
  const { lower, upper } = skewedInterval({
    mean: 0,
    deviations: new Float64Array(100),
    stepUp: 2,
    stepDown: 0,
  })
  expect(lower).toBe(0)
  // χ²(.975; 2)/2 = 3.689, by Wilson and Hilferty 3.668
  expect((upper * 100) / 2).toBeCloseTo(3.67, 2)
})

test('many contributions of like size have the normal interval', () => {
  const random = createRandom(4)
  const values = Array.from({ length: 20_000 }, () => random.normal())
  const interval = skewedInterval({ ...centredOf(values), stepUp: 3, stepDown: 3 })
  const { mean } = centredOf(values)
  expect(interval.standardError).toBeCloseTo(1 / Math.sqrt(20_000), 4)
  expect(interval.upper - mean).toBeCloseTo(1.96 * interval.standardError, 3)
  expect(mean - interval.lower).toBeCloseTo(1.96 * interval.standardError, 3)
})

test('entries of one slate are one observation', () => {
  const values = Array.from({ length: 400 }, (_, i) => (Math.floor(i / 4) % 2 ? 1 : 0))
  const steps = { stepUp: 0.5, stepDown: 0.5 }
  const apart = skewedInterval({ ...centredOf(values), ...steps })
  const slates = values.map((_, i) => Math.floor(i / 4))
  const together = skewedInterval({ ...centredOf(values), ...steps, slates })
  // Four equal entries a slate: the error is √4 as great.
  expect(together.standardError / apart.standardError).toBeCloseTo(2, 1)
})

test('a single slate bounds nothing', () => {
  const of = { ...centredOf([0, 1]), stepUp: 1, stepDown: 1, slates: [7, 7] }
  expect(skewedInterval(of)).toEqual({
    standardError: Infinity,
    lower: -Infinity,
    upper: Infinity,
  })
})
