import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  entryBetween,
  foldedRows,
  foldInto,
  foldSparse,
  REFUSED_WEIGHT,
} from './item-item.ts'
import { sparse, tasteOf } from './sample-pack.test-data.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

/** [4, 4] of fifteenths, so that quantising is exact. */
const matrix = fc.array(fc.array(fc.nat(15), { minLength: 4, maxLength: 4 }), {
  minLength: 4,
  maxLength: 4,
})

describe('foldInto', () => {
  test('adds up the rows of an item-item block', () => {
    const block = sparse('item-item', [
      [0, 15, 3],
      [15, 0, 0],
      [0, 15, 0],
    ])
    const out = new Float32Array(3).fill(99)
    const folded = [
      { index: 0, weight: 1 },
      { index: 2, weight: -0.1 },
    ]
    foldInto(block, folded, out)
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
          const folded = weight.map((w, index) => ({ index, weight: w / 8 }))
          const out = new Float32Array(4)
          foldInto(block, folded, out)
          for (let to = 0; to < 4; to++) {
            let sum = 0
            for (const { index, weight } of folded)
              sum += weight * entryBetween(block, index, to)
            expect(out[to]).toBeCloseTo(sum, 3)
          }
        }),
      )
    },
  )
})

test('foldSparse says what foldInto does, bit for bit, of the columns it names; others are 0', () => {
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
      const folded = weight.map((w, index) => ({ index, weight: w / 7 }))
      const out = new Float32Array(4)
      foldInto(block, folded, out)
      const said = foldSparse(block, folded)
      expect([...out]).toEqual([0, 1, 2, 3].map((column) => said.get(column) ?? 0))
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

describe('foldedRows', () => {
  test('passes the history on, and adds refused items with a small negative weight', () => {
    expect(foldedRows(tasteOf([[3, 0.5]], { negative: { 7: 1 } }))).toEqual([
      { index: 3, weight: 0.5 },
      { index: 7, weight: REFUSED_WEIGHT },
    ])
  })

  test('turns an item that was opened and then refused against its neighbours', () => {
    expect(foldedRows(tasteOf([1, 2], { negative: { 1: 1 } }))).toEqual([
      { index: 2, weight: 1 },
      { index: 1, weight: REFUSED_WEIGHT },
    ])
  })

  test('does not hold fatigue against an item’s neighbours', () => {
    expect(foldedRows(tasteOf([1], { negative: { 2: 0.4 } }))).toEqual([
      { index: 1, weight: 1 },
    ])
  })

  test('is empty when nothing speaks for anything', () => {
    expect(foldedRows(tasteOf([], { negative: { 1: 1 } }))).toEqual([])
    expect(foldedRows(tasteOf([1], { negative: { 1: 1 } }))).toEqual([])
  })
})
