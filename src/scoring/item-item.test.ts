import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { SparseBlock } from '../pack/pack.ts'
import {
  entryBetween,
  itemItemScoresInto,
  latentBetween,
  latentInto,
  REFUSED_WEIGHT,
  sparseItemItemScores,
  userWeights,
} from './item-item.ts'
import { sparse, tasteOf } from './sample-pack.test-data.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

/** [4, 4] of fifteenths, so that quantising is exact. */
const matrix = fc.array(fc.array(fc.nat(15), { minLength: 4, maxLength: 4 }), {
  minLength: 4,
  maxLength: 4,
})

describe('itemItemScoresInto', () => {
  test('adds up the rows of an item-item block', () => {
    const block = sparse('item-item', [
      [0, 15, 3],
      [15, 0, 0],
      [0, 15, 0],
    ])
    const out = new Float32Array(3).fill(99)
    const user = [
      { index: 0, weight: 1 },
      { index: 2, weight: -0.1 },
    ]
    itemItemScoresInto(block, user, out)
    expect(out[0]).toBe(0)
    expect(out[1]).toBeCloseTo(15 - 1.5, 4)
    expect(out[2]).toBeCloseTo(3, 4)
  })

  test.each(['item-item', 'sequence'] as const)(
    'of %s equals the slow product',
    (kind) => {
      const weights = fc.array(fc.integer({ min: -2, max: 8 }), {
        minLength: 4,
        maxLength: 4,
      })
      fc.assert(
        fc.property(matrix, weights, (values, weight) => {
          const block = sparse(kind, values)
          const user = weight.map((w, index) => ({ index, weight: w / 8 }))
          const out = new Float32Array(4)
          itemItemScoresInto(block, user, out)
          for (let to = 0; to < 4; to++) {
            let sum = 0
            for (const { index, weight } of user)
              sum += weight * entryBetween(block, index, to)
            expect(out[to]).toBeCloseTo(sum, 3)
          }
        }),
      )
    },
  )
})

test('sparseItemItemScores equals itemItemScoresInto bit for bit where it has an entry; the rest is 0', () => {
  const targets = fc.option(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }))
  const weights = fc.array(fc.integer({ min: -2, max: 8 }), {
    minLength: 4,
    maxLength: 4,
  })
  fc.assert(
    fc.property(matrix, weights, targets, (values, weight, factors) => {
      const block = {
        ...sparse('item-item', values),
        ...(factors ? { targets: Float32Array.from(factors, (t) => t / 7) } : {}),
      }
      const user = weight.map((w, index) => ({ index, weight: w / 7 }))
      const out = new Float32Array(4)
      itemItemScoresInto(block, user, out)
      const scores = sparseItemItemScores(block, user)
      expect([...out]).toEqual([0, 1, 2, 3].map((column) => scores.get(column) ?? 0))
    }),
  )
})

test('entryBetween reads one value, 0 where there is none', () => {
  fc.assert(
    fc.property(matrix, fc.nat(3), fc.nat(3), (values, from, to) => {
      const max = Math.max(...values[from])
      const expected =
        max === 0 ? 0 : (Math.round((15 * values[from][to]) / max) / 15) * max
      expect(entryBetween(sparse('item-item', values), from, to)).toBeCloseTo(
        expected,
        4,
      )
    }),
  )
})

describe('userWeights', () => {
  test('passes the history on, and adds refused items with a small negative weight', () => {
    expect(userWeights(tasteOf([[3, 0.5]], { negative: { 7: 1 } }))).toEqual([
      { index: 3, weight: 0.5 },
      { index: 7, weight: REFUSED_WEIGHT },
    ])
  })

  test('turns an item that was opened and then refused against its neighbours', () => {
    expect(userWeights(tasteOf([1, 2], { negative: { 1: 1 } }))).toEqual([
      { index: 2, weight: 1 },
      { index: 1, weight: REFUSED_WEIGHT },
    ])
  })

  test('does not hold half a dislike against an item’s neighbours', () => {
    expect(userWeights(tasteOf([1], { negative: { 2: 0.4 } }))).toEqual([
      { index: 1, weight: 1 },
    ])
  })

  test('is empty when nothing in the history has a weight above 0', () => {
    expect(userWeights(tasteOf([], { negative: { 1: 1 } }))).toEqual([])
    expect(userWeights(tasteOf([1], { negative: { 1: 1 } }))).toEqual([])
  })
})

const ITEMS = 30
const DIM = 6
const random = createRandom(2)
const codes = Int8Array.from({ length: ITEMS * DIM }, () => random.integer(15) - 7)
const factors = () => Float32Array.from({ length: ITEMS }, () => 0.5 + random.next())
const latent = {
  given: { rows: ITEMS, dim: DIM, codes, scales: factors() },
  taken: { rows: ITEMS, dim: DIM, codes, scales: factors() },
}
const dense = Array.from({ length: ITEMS }, (_, i) =>
  Array.from({ length: ITEMS }, (_, j) =>
    i !== j && random.next() < 0.2 ? 1 + random.integer(9) : 0,
  ),
)
const plain = sparse('item-item', dense)
const targets = factors()
const block: SparseBlock = { ...plain, targets, latent }
const user = [
  { index: 3, weight: 1 },
  { index: 17, weight: 0.5 },
  { index: 4, weight: -0.1 },
]

/** Σ weight · (sparse · target factor + given · taken), but for the item itself. */
function oracle(to: number): number {
  let sum = 0
  for (const { index, weight } of user) {
    if (index === to) continue
    let product = 0
    for (let d = 0; d < DIM; d++) {
      const [a, b] = [codes[index * DIM + d], codes[to * DIM + d]]
      product += a * latent.given.scales[index] * b * latent.taken.scales[to]
    }
    sum += weight * (entryBetween(plain, index, to) * targets[to] + product)
  }
  return sum
}

describe('a block with column factors and a low-rank term', () => {
  test('scores by the formula', () => {
    const out = new Float32Array(ITEMS).fill(9)
    itemItemScoresInto(block, user, out)
    out.forEach((score, index) => {
      expect(score).toBeCloseTo(oracle(index), 3)
    })
  })

  test('the terms of the history items sum to the score', () => {
    for (let to = 0; to < ITEMS; to++) {
      const sum = user.reduce(
        (total, { index, weight }) =>
          total +
          weight * (entryBetween(block, index, to) + latentBetween(block, index, to)),
        0,
      )
      expect(sum).toBeCloseTo(oracle(to), 3)
    }
  })

  test('gives the same through the scanner, within its rounding', () => {
    const taken = createJsScanner().hold(latent.taken)
    const out = new Float32Array(ITEMS)
    itemItemScoresInto(block, user, out, { taken })
    const spread = Math.max(...Array.from(out, Math.abs))
    out.forEach((score, index) => {
      expect(Math.abs(score - oracle(index))).toBeLessThan(spread * 2e-3)
    })
  })
})

test('without a history nothing is added', () => {
  const out = new Float32Array(ITEMS)
  latentInto(latent, [], out)
  expect(out.every((score) => score === 0)).toBe(true)
})
