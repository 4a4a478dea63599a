import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventKind, FeedbackEvent } from './event.ts'
import { strengthOf } from './weights.ts'

const event = (kind: EventKind, value?: number): FeedbackEvent =>
  value === undefined ? { kind, at: 0, item: 'a' } : { kind, at: 0, item: 'a', value }

describe('strengthOf', () => {
  test.each([
    ['impression', 0],
    ['click', 0.3],
    ['like', 0.9],
    ['save', 0.8],
    ['dislike', -1],
    ['search', 0],
  ] as const)('a %s is worth %d', (kind, strength) => {
    expect(strengthOf(event(kind))).toBe(strength)
  })

  test('stars run from −1 to 1, and half a star lies half way', () => {
    const strengths = [1, 2, 3, 4, 5, 2.5].map((stars) =>
      strengthOf(event('rate', stars)),
    )
    const wanted = [-1, -0.5, 0.1, 0.7, 1, -0.2]
    strengths.forEach((strength, i) => {
      expect(strength).toBeCloseTo(wanted[i]!, 12)
    })
  })

  test('45 seconds of reading are worth 63 % of the most reading can be worth', () => {
    expect(strengthOf(event('dwell', 45))).toBeCloseTo(0.31606, 5)
    expect(strengthOf(event('dwell', 0))).toBe(0)
    expect(strengthOf(event('dwell', 1e9))).toBe(0.5)
  })

  test('longer reading and more stars are never worth less', () => {
    const pair = fc.tuple(fc.double({ min: 0, max: 1 }), fc.double({ min: 0, max: 1 }))
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const low = Math.min(a, b)
        const high = Math.max(a, b)
        const gain = (kind: EventKind, scale: number, from: number) =>
          strengthOf(event(kind, from + scale * high)) -
          strengthOf(event(kind, from + scale * low))
        expect(gain('dwell', 900, 0)).toBeGreaterThanOrEqual(0)
        expect(gain('rate', 4, 1)).toBeGreaterThanOrEqual(-1e-12)
      }),
    )
  })

  test('a rating or a dwell without a usable value counts for nothing', () => {
    expect(strengthOf(event('rate'))).toBe(0)
    expect(strengthOf(event('rate', 6))).toBe(0)
    expect(strengthOf(event('dwell'))).toBe(0)
    expect(strengthOf(event('dwell', Number.NaN))).toBe(0)
  })
})
