import { describe, expect, test } from 'vitest'
import { diversify, similarityOf } from './mmr.ts'
import { samplePack } from './sample-pack.test-data.ts'

describe('diversify', () => {
  // relevance 1, 0.8, 0.5, 0; items 0 and 1 are twins, 2 is half like 0
  const score = Float32Array.of(10, 8, 5, 0)
  const table = [
    [1, 1, 0.5, 0],
    [1, 1, 0.5, 0],
    [0.5, 0.5, 1, 0],
    [0, 0, 0, 1],
  ]
  const similarity = (a: number, b: number) => table[a][b]

  test('equals the choice worked by hand', () => {
    // λ = ½. First 0. Then 1: .4 − .5 = −.1; 2: .25 − .25 = 0; 3: 0 − 0 = 0 → 2, the
    // earlier of the tie. Then 1: .4 − .5 = −.1; 3: 0 − 0 = 0 → 3.
    const picks = diversify([0, 1, 2, 3], score, { count: 4, lambda: 0.5, similarity })
    expect(picks).toEqual([0, 2, 3, 1])
  })

  test('keeps the order of score with λ = 1', () => {
    const options = { count: 3, lambda: 1, similarity }
    expect(diversify([0, 1, 2, 3], score, options)).toEqual([0, 1, 2])
  })

  test('a shorter list is the start of a longer one', () => {
    const all = diversify([0, 1, 2, 3], score, { count: 4, lambda: 0.3, similarity })
    for (let count = 0; count < 4; count++) {
      const some = diversify([0, 1, 2, 3], score, { count, lambda: 0.3, similarity })
      expect(some).toEqual(all.slice(0, count))
    }
  })

  test('keeps the order of candidates that score the same and are nothing alike', () => {
    const options = { count: 3, lambda: 0.9, similarity: () => 0 }
    expect(diversify([2, 0, 1], new Float32Array(3), options)).toEqual([2, 0, 1])
  })

  test('gives nothing for no candidates', () => {
    expect(diversify([], score, { count: 3, lambda: 0.9, similarity })).toEqual([])
  })
})

describe('similarityOf', () => {
  const items = [{}, {}, {}]
  const tower = {
    items: [
      [3, 0],
      [1, 1],
      [0, 0],
    ],
  }

  test('reads content where there is content', () => {
    const content = [[1], [-1], [1]]
    const similarity = similarityOf(samplePack({ items, tower, content }))
    expect(similarity(0, 1)).toBeCloseTo(-1, 6)
    expect(similarity(0, 2)).toBeCloseTo(1, 6)
  })

  test('else the tower’s cosine, 0 for a zero vector', () => {
    const similarity = similarityOf(samplePack({ items, tower }))
    expect(similarity(0, 1)).toBeCloseTo(Math.SQRT1_2, 6)
    expect(similarity(0, 2)).toBe(0)
  })

  test('else nothing is like anything', () => {
    expect(similarityOf(samplePack({ items }))(0, 1)).toBe(0)
  })
})
