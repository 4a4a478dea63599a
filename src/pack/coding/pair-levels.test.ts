import { expect, test } from 'vitest'
import { createRandom } from '../../math/random.ts'
import { quantisePairs } from './pair-block.ts'

test('levels rise, the largest is 1, and each is the mean of what has it', () => {
  const random = createRandom(1)
  const strengths = Float32Array.from({ length: 5000 }, () => random.next() ** 3 + 1e-4)
  const { levels, unit, codes } = quantisePairs(strengths)
  for (let code = 1; code < 16; code++) {
    expect(levels[code]).toBeGreaterThan(levels[code - 1])
    const mine = strengths.filter((_, e) => codes[e] === code)
    const mean = mine.reduce((a, b) => a + b, 0) / mine.length
    expect(levels[code] * unit).toBeCloseTo(mean, 5)
  }
  expect(levels[15]).toBe(1)
})

test('a stronger pair never has a lower code', () => {
  const strengths = Float32Array.from({ length: 400 }, (_, e) => (e + 1) / 400)
  const { codes } = quantisePairs(strengths)
  expect([...codes]).toEqual([...codes].sort((a, b) => a - b))
})

test('no pairs, one pair and equal pairs are fine', () => {
  expect(quantisePairs(new Float32Array(0))).toEqual({
    levels: new Float32Array(16),
    unit: 1,
    codes: new Uint8Array(0),
  })
  for (const count of [1, 3]) {
    const { levels, unit, codes } = quantisePairs(new Float32Array(count).fill(0.25))
    codes.forEach((code) => {
      expect(levels[code] * unit).toBe(0.25)
    })
  }
})
