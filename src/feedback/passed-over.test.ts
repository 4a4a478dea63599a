import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addView,
  endPassing,
  lossOfView,
  notPassed,
  passedOdds,
} from './passed-over.ts'
import { DAY_MS } from './weights.ts'

const NOW = 400 * DAY_MS
const HOUR_MS = DAY_MS / 24

interface Seen {
  readonly hoursAgo?: number
  readonly place?: number
  readonly slate?: string
}
function after(...views: readonly Seen[]) {
  const passed = notPassed()
  for (const { hoursAgo = 0, place, slate } of views) {
    const rest = { propensity: 1, policy: 'shipped', parts: {} }
    const shown = place === undefined ? {} : { shown: { place, ...rest } }
    const named = slate === undefined ? {} : { slate }
    const at = NOW - hoursAgo * HOUR_MS
    addView(passed, { kind: 'impression', item: '1', at, ...named, ...shown }, NOW)
  }
  return passed
}
const odds = (...views: readonly Seen[]) => passedOdds(after(...views))

describe('the log odds of what was passed over', () => {
  test('one look at the head of a list: by hand', () => {
    // a = .97: ℓ = ln((1 − .97·.7) / (1 − .97·.01)) = −1.12614; .6·ℓ + ln(.05 + .95·e^(.4·ℓ))
    expect(-lossOfView(0)).toBeCloseTo(-1.12657, 4)
    expect(odds({ place: 0 })).toBeCloseTo(-1.0985, 4)
  })

  test('what was seen less surely, further down, loses less; a place unknown is the fifth', () => {
    const lost = [0, 3, 9, 40].map((place) => odds({ place }))
    expect(lost).toEqual(lost.toSorted((a, b) => a - b))
    expect(odds({ place: 40 })).toBeGreaterThan(-0.1)
    expect(odds({})).toBe(odds({ place: 4 }))
    expect(odds({ place: -1 })).toBe(odds({}))
  })

  test('further lists add to it; one list counts once, however often its cards come by', () => {
    const twice = odds({ slate: 'a' }, { slate: 'b' })
    expect(twice).toBeLessThan(1.9 * odds({ slate: 'a' }))
    expect(odds({ slate: 'a' }, { slate: 'a' }, { slate: 'a' })).toBe(
      odds({ slate: 'a' }),
    )
  })

  test('it fades: most of it by the next day, all of it within months', () => {
    const now = odds({})
    expect(odds({ hoursAgo: 24 })).toBeGreaterThan(now / 2)
    expect(odds({ hoursAgo: 24 })).toBeLessThan(-0.2)
    expect(odds({ hoursAgo: 24 * 30 })).toBeGreaterThan(now / 10)
    expect(odds({ hoursAgo: 24 * 365 })).toBe(0)
  })

  test('no number of views rules an item out: by the next weeks it may come again', () => {
    const often = Array<Seen>(1000).fill({ hoursAgo: 24 * 3 })
    expect(odds(...often)).toBeGreaterThan(-10)
    expect(odds(...Array<Seen>(1000).fill({ hoursAgo: 24 * 90 }))).toBeGreaterThan(-1.5)
  })

  test('what was opened was not passed over, nor is it in the same list afterwards', () => {
    const passed = after({ slate: 'a' }, { slate: 'b' })
    endPassing(passed, 'b')
    expect(passedOdds(passed)).toBe(0)
    const view = { kind: 'impression', item: '1', at: NOW } as const
    addView(passed, { ...view, slate: 'b' }, NOW)
    expect(passedOdds(passed)).toBe(0)
    addView(passed, { ...view, slate: 'c' }, NOW)
    expect(passedOdds(passed)).toBe(odds({}))
  })

  test('a clock that was set back makes no view older than new', () => {
    expect(odds({ hoursAgo: -1000 })).toBe(odds({}))
  })
})

test('never above 0, finite, and never higher for one more view', () => {
  const seen = fc.record({
    hoursAgo: fc.integer({ min: -100, max: 5000 }),
    place: fc.integer({ min: -3, max: 300 }),
  })
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 40 }), seen, (views, more) => {
      const before = odds(...views)
      const now = odds(...views, more)
      expect(Number.isFinite(now)).toBe(true)
      expect(now).toBeLessThanOrEqual(before)
      expect(before).toBeLessThanOrEqual(0)
    }),
  )
})
