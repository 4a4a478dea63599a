import { describe, expect, test } from 'vitest'
import { createRandom } from './random.ts'

describe('createRandom', () => {
  test('keeps the numbers of version 1', () => {
    const random = createRandom(42)
    const words = Array.from({ length: 4 }, () => random.next() * 2 ** 32)
    expect(words).toEqual([1959603763, 2423114712, 2466933512, 4144396390])
    expect(random.normal()).toBeCloseTo(-0.2915527980039027, 14)
    expect(random.gumbel()).toBeCloseTo(0.11941795287644591, 14)
    expect(random.integer(100)).toBe(16)
    expect(random.shuffleInto([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([
      4, 1, 7, 2, 5, 0, 6, 3,
    ])
  })

  test('gives other numbers for other seeds, near ones too', () => {
    const firsts = [0, 1, 2, 3, -1, 2 ** 31].map((seed) => createRandom(seed).next())
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  test('has the moments of its distributions', () => {
    const random = createRandom(7)
    const uniform = moments(() => random.next())
    expect(uniform.mean).toBeCloseTo(0.5, 1)
    expect(uniform.variance).toBeCloseTo(1 / 12, 2)
    const normal = moments(() => random.normal())
    expect(Math.abs(normal.mean)).toBeLessThan(0.02)
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.03)
    const gumbel = moments(() => random.gumbel())
    expect(Math.abs(gumbel.mean - 0.5772)).toBeLessThan(0.03) // Euler's constant
    expect(Math.abs(gumbel.variance - Math.PI ** 2 / 6)).toBeLessThan(0.06)
  })

  test('stays in range', () => {
    const random = createRandom(3)
    for (let n = 0; n < 10_000; n++) {
      const value = random.next()
      expect(value >= 0 && value < 1).toBe(true)
      expect([0, 1, 2]).toContain(random.integer(3))
    }
  })

  test('puts every item everywhere about equally often', () => {
    const random = createRandom(9)
    const firsts = [0, 0, 0]
    for (let n = 0; n < 3000; n++) firsts[random.shuffleInto([0, 1, 2])[0]]++
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(100)
  })

  test('shuffles a typed array in place and returns it', () => {
    const items = Uint32Array.of(1, 2, 3, 4)
    expect(createRandom(1).shuffleInto(items)).toBe(items)
    expect([...items].sort()).toEqual([1, 2, 3, 4])
  })

  test('refuses a seed that is not finite', () => {
    expect(() => createRandom(Number.NaN)).toThrow('invalid seed: got NaN')
  })
})

function moments(draw: () => number) {
  const values = Array.from({ length: 40_000 }, draw)
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
  return { mean, variance }
}
