import { describe, expect, test } from 'vitest'
import { meanPool } from './mean-pool.ts'

describe('meanPool', () => {
  test('averages real tokens and ignores padding', () => {
    const states = Float32Array.of(3, 0, /**/ 0, 4, /**/ 99, 99)
    const pooled = meanPool(states, [1, 1, 0], 2)
    expect(pooled[0]).toBeCloseTo(0.6, 6) // mean (1.5, 2) has length 2.5
    expect(pooled[1]).toBeCloseTo(0.8, 6)
  })

  test('gives the zero vector when every token is padding', () => {
    expect(meanPool(Float32Array.of(1, 2), [0], 2)).toEqual(new Float32Array(2))
  })

  test('leaves its input untouched', () => {
    const states = Float32Array.of(3, 4)
    meanPool(states, [1], 2)
    expect(states).toEqual(Float32Array.of(3, 4))
  })

  test('names the wrong shape', () => {
    expect(() => meanPool(new Float32Array(5), [1, 1], 2)).toThrow(
      'wrong length for states: got 5, expected 4.',
    )
    expect(() => meanPool(new Float32Array(0), [], 0)).toThrow('invalid dim: got 0')
  })
})
