import fc from 'fast-check'
import { expect, test } from 'vitest'
import { standardiseInto } from './standardise.ts'

fc.configureGlobal({ seed: 1 })

test('equals the scores worked by hand', () => {
  // mean 2, sd √(2/3)
  const values = standardiseInto(Float32Array.of(1, 2, 3), 2)
  expect(values[0]).toBeCloseTo(-2 * Math.sqrt(1.5), 5)
  expect(values[1]).toBe(0)
  expect(values[2]).toBeCloseTo(2 * Math.sqrt(1.5), 5)
})

test('gives mean 0 and the weight as spread', () => {
  const values = fc.array(fc.float({ min: -1e3, max: 1e3, noNaN: true }), {
    minLength: 2,
  })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 9 }), (list, weight) => {
      const input = Float32Array.from(list)
      fc.pre(Math.max(...input) - Math.min(...input) > 1)
      const scores = standardiseInto(input, weight)
      const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length
      const square = scores.reduce((sum, x) => sum + (x - mean) ** 2, 0)
      expect(mean).toBeCloseTo(0, 3)
      expect(Math.sqrt(square / scores.length)).toBeCloseTo(weight, 3)
    }),
  )
})

test('turns all-equal values, one value and none into zeros', () => {
  expect([...standardiseInto(new Float32Array(5).fill(0.1), 3)]).toEqual([
    0, 0, 0, 0, 0,
  ])
  expect([...standardiseInto(Float32Array.of(7), 3)]).toEqual([0])
  expect(standardiseInto(new Float32Array(0), 3).length).toBe(0)
})

test('keeps the order of scores that differ by one float32 step', () => {
  const [low, high] = standardiseInto(Float32Array.of(1, 1 + 2 ** -23), 1)
  expect(low).toBe(-1)
  expect(high).toBe(1)
})
