import { describe, expect, test } from 'vitest'
import { sampleScoring, tasteOf } from '../../scoring/sample-pack.test-data.ts'
import { COMPONENTS } from '../../scoring/score.ts'
import type { KeywordHit } from './keyword-search.ts'
import { projectQuery, searchItems } from './semantic-search.ts'

const scoring = sampleScoring({
  items: [{}, {}, {}, {}],
  cf: [
    [0, 0, 0, 9],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [9, 0, 0, 0],
  ],
  content: [
    [1, 0],
    [0.9, 0.4],
    [0, 1],
    [-1, 0],
  ],
  popularity: [0, 0, 0, 0],
})
const hit = (index: number, more: Partial<KeywordHit> = {}): KeywordHit => ({
  index,
  score: 1,
  isExact: false,
  coverage: 1,
  ...more,
})
const query = Float32Array.of(1, 0)
const indicesOf = (search: Parameters<typeof searchItems>[1], count = 10) =>
  searchItems(scoring, search, count).map(({ index }) => index)

describe('searchItems', () => {
  test('ranks by similarity to the query, and leaves out what points the other way', () => {
    expect(indicesOf({ query, hits: [] })).toEqual([0, 1])
  })

  test('ranks by keywords while there is no query', () => {
    expect(indicesOf({ hits: [hit(2), hit(0)] })).toEqual([2, 0])
  })

  test('an item in both lists beats an item at the top of one', () => {
    expect(indicesOf({ query, hits: [hit(2), hit(1)] })[0]).toBe(1)
  })

  test('equals the merge worked by hand', () => {
    const [first, second] = searchItems(scoring, { query, hits: [hit(1)] }, 2)
    // index 1: first by keyword, second semantically; index 0: first semantically
    expect(first.score).toBeCloseTo(2 + 2 * (61 / 62), 6)
    expect(second.score).toBeCloseTo(2, 6)
  })

  test('an exact hit stays on top of anything', () => {
    expect(indicesOf({ query, hits: [hit(1), hit(2, { isExact: true })] })[0]).toBe(2)
  })

  test('one word of a long sentence counts for little', () => {
    expect(indicesOf({ query, hits: [hit(2, { coverage: 0.2 })] })).toEqual([0, 1, 2])
  })

  test('popularity decides between neighbours, not between near and far', () => {
    const popular = sampleScoring({
      items: [{}, {}, {}],
      content: [
        [1, 0],
        [0.99, 0.1],
        [-1, 0],
      ],
      popularity: [0, 1, 1],
    })
    const rows = searchItems(popular, { query, hits: [] }, 3).map(({ index }) => index)
    expect(rows).toEqual([1, 0])
  })

  test('the visitor’s taste breaks a tie', () => {
    const hits = [hit(2), hit(0), hit(3)]
    const taste = tasteOf([0])
    const plain = searchItems(scoring, { hits }, 3).find(({ index }) => index === 3)!
    const personal = searchItems(scoring, { hits, taste }, 3).find(
      ({ index }) => index === 3,
    )!
    expect(personal.score).toBeGreaterThan(plain.score)
    expect(personal.components.cf).toBeGreaterThan(0)
  })

  test('the components add up to the score', () => {
    const rows = searchItems(scoring, { query, hits: [hit(2)], taste: tasteOf([3]) }, 4)
    expect(rows).toHaveLength(3)
    for (const { score, components } of rows) {
      expect(
        COMPONENTS.reduce((sum, component) => sum + components[component], 0),
      ).toBeCloseTo(score, 6)
    }
  })

  test('finds nothing for nothing', () => {
    expect(indicesOf({ hits: [] })).toEqual([])
    expect(indicesOf({ query: new Float32Array(2), hits: [] })).toEqual([])
    expect(indicesOf({ query, hits: [] }, 0)).toEqual([])
  })
})

describe('projectQuery', () => {
  const content = {
    vectors: { rows: 0, dim: 2, codes: new Int8Array(0), scales: new Float32Array(0) },
    // row-major [3, 2]
    projection: Float32Array.of(1, 0, /**/ 0, 2, /**/ 0, 0),
    mean: Float32Array.of(0, 1, 5),
  }

  test('equals (x − mean)·projection to unit length, worked by hand', () => {
    // (3, 3, 0) − (0, 1, 5) = (3, 2, −5) → (3, 4), of length 5
    const [a, b] = projectQuery(content, Float32Array.of(3, 3, 0))
    expect(a).toBeCloseTo(0.6, 6)
    expect(b).toBeCloseTo(0.8, 6)
  })

  test('leaves the zero vector zero, though the mean is not', () => {
    expect(projectQuery(content, new Float32Array(3))).toEqual(new Float32Array(2))
  })

  test('names the wrong length', () => {
    expect(() => projectQuery(content, new Float32Array(4))).toThrow(
      'wrong length for vector: got 4, expected 3.',
    )
  })
})
