import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planBatches } from './encoder.ts'

describe('planBatches', () => {
  test('puts texts of like length together, longest first', () => {
    const batches = planBatches([3, 9, 3, 8], { maxTexts: 2, maxTokens: 100 })
    expect(batches).toEqual([
      [1, 3],
      [0, 2],
    ])
  })

  test('closes a batch before its padded size passes the limit', () => {
    const batches = planBatches([5, 5, 5], { maxTexts: 10, maxTokens: 10 })
    expect(batches).toEqual([[0, 1], [2]])
  })

  test('gives a text longer than the limit a batch of its own', () => {
    expect(planBatches([50, 2], { maxTexts: 10, maxTokens: 10 })).toEqual([[0], [1]])
  })

  test('leaves out texts without tokens', () => {
    expect(planBatches([0, 4, 0], { maxTexts: 10, maxTokens: 10 })).toEqual([[1]])
    expect(planBatches([], { maxTexts: 10, maxTokens: 10 })).toEqual([])
  })

  test('holds each position once, within both limits, for any lengths', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 })
    fc.assert(
      fc.property(lengths, (list) => {
        const batches = planBatches(list, { maxTexts: 7, maxTokens: 90 })
        const seen = batches.flat().sort((a, b) => a - b)
        expect(seen).toEqual(list.map((_, position) => position))
        for (const batch of batches) {
          const longest = Math.max(...batch.map((position) => list[position]!))
          expect(batch.length).toBeLessThanOrEqual(7)
          expect(batch.length * longest).toBeLessThanOrEqual(90)
        }
      }),
    )
  })
})
