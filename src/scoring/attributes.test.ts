import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildAttributes } from '../build/dataset/attributes.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import {
  attributeScoresInto,
  attributesOf,
  indexAttributes,
  RELATION_WEIGHTS,
} from './attributes.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

const facts: readonly Partial<ItemRecord>[] = [
  { series: { name: 'Earthsea' }, authors: ['Le Guin'], genres: ['fantasy'] },
  { series: { name: 'Earthsea' }, authors: ['Le Guin'], genres: ['fantasy'] },
  { authors: ['Le Guin'], genres: ['science fiction'] },
  { authors: ['Asimov'], genres: ['science fiction'] },
  { authors: ['Tolkien'], genres: ['fantasy'] },
  {},
]
const items = facts.map((fact, i) => ({ id: `${i}`, title: `${i}`, ...fact }))
const block = buildAttributes(items)

/** What was in the array before must not matter. */
function scoresOf(history: readonly { index: number; weight: number }[]): Float32Array {
  const scores = new Float32Array(items.length).fill(7)
  attributeScoresInto(block, history, scores)
  return scores
}

describe('indexAttributes', () => {
  test('lists the items of every value', () => {
    const index = indexAttributes(block)
    const fantasy = block.values.findIndex(({ name }) => name === 'fantasy')
    const own = index.items.subarray(index.indptr[fantasy], index.indptr[fantasy + 1])
    expect([...own]).toEqual([0, 1, 4])
  })

  test('weighs a value of two items by its relation, a single one by 0', () => {
    const { idf } = indexAttributes(block)
    const of = (name: string) => idf[block.values.findIndex((v) => v.name === name)]
    expect(of('Earthsea')).toBeCloseTo(RELATION_WEIGHTS.series, 6)
    expect(of('science fiction')).toBeCloseTo(RELATION_WEIGHTS.genre, 6)
    // held by 3 of 6: ln(7/4) / ln(7/3) of the full weight
    expect(of('Le Guin')).toBeCloseTo(0.8 * (Math.log(7 / 4) / Math.log(7 / 3)), 6)
    expect(of('Asimov')).toBe(0)
  })

  test('is built once a block', () => {
    expect(indexAttributes(block)).toBe(indexAttributes(block))
  })
})

describe('attributeScoresInto', () => {
  test('ranks series and author before genre, and gives the item itself 1', () => {
    const scores = scoresOf([{ index: 0, weight: 1 }])
    expect(scores[0]).toBeCloseTo(1, 6)
    expect(scores[1]).toBeCloseTo(1, 6) // the same series, author and genre
    expect(scores[2]).toBeGreaterThan(scores[4]) // same author, before same genre
    expect(scores[4]).toBeGreaterThan(0)
    expect(scores[3]).toBe(0)
    expect(scores[5]).toBe(0)
  })

  test('is zero for an empty history, one without attributes, and weights of 0', () => {
    const zero = new Float32Array(items.length)
    expect(scoresOf([])).toEqual(zero)
    expect(scoresOf([{ index: 5, weight: 1 }])).toEqual(zero)
    expect(scoresOf([{ index: 0, weight: 0 }])).toEqual(zero)
  })

  test('stays in [0, 1] and agrees with the pairwise definition', () => {
    const history = fc.array(
      fc.record({
        index: fc.nat(5),
        weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(history, (drawn) => {
        const scores = scoresOf(drawn)
        const raw = items.map((_, index) => slowReach(drawn, index))
        const best = raw.reduce((most, x) => Math.max(most, x), 0)
        for (const [index, score] of scores.entries()) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
          if (best > 0 && raw[index] > 0) {
            const first = raw.findIndex((x) => x > 0)
            expect(score * raw[first]).toBeCloseTo(scores[first] * raw[index], 4)
          } else expect(score).toBe(0)
        }
      }),
    )
  })
})

test('a history that reaches few entries and one that reaches many agree', () => {
  const authors = (index: number) => [
    `author ${index >> 1}`,
    'everyone'.slice(index % 8),
  ]
  const many = Array.from({ length: 48 }, (_, index) => ({
    ...{ id: `${index}`, title: `${index}`, authors: authors(index) },
  }))
  const large = buildAttributes(many)
  const scoresOfItems = (...asked: number[]) => {
    const out = new Float32Array(many.length).fill(7)
    const history = asked.map((index) => ({ index, weight: 1 }))
    attributeScoresInto(large, history, out, 0.5)
    return out
  }
  const all = [...many.keys()]
  for (const asked of [[0], all]) {
    const raw = all.map((index) => slowReach(asked.map(weighOne), index, large))
    const { idf } = indexAttributes(large)
    const reaches = large.values.map((_, attribute) =>
      asked.reduce(
        (sum, index) =>
          sum + (attributesOf(large, index).includes(attribute) ? idf[attribute] : 0),
        0,
      ),
    )
    const best = reaches
      .sort((a, b) => b - a)
      .slice(0, 8)
      .reduce((sum, x) => sum + x, 0)
    const scores = scoresOfItems(...asked)
    for (const index of all) {
      expect(scores[index]).toBeCloseTo((0.5 * raw[index]) / best, 5)
    }
  }
})

const weighOne = (index: number) => ({ index, weight: 1 })

/** Σ over history items and the values they share with `index`, not normalised. */
function slowReach(
  history: readonly { index: number; weight: number }[],
  index: number,
  from: AttributeBlock = block,
): number {
  const { idf } = indexAttributes(from)
  let sum = 0
  for (const { index: other, weight } of history) {
    const own = attributesOf(from, index)
    for (const attribute of attributesOf(from, other)) {
      if (own.includes(attribute)) sum += weight * idf[attribute]
    }
  }
  return sum
}

test('attributesOf names the values of an item, highest idf first', () => {
  const named = [...attributesOf(block, 1)].map(
    (attribute) => block.values[attribute].name,
  )
  expect(named).toEqual(['Earthsea', 'Le Guin', 'fantasy'])
  expect(attributesOf(block, 5)).toHaveLength(0)
})
