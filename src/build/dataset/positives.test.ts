import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Interactions } from './dataset.ts'
import { BOT_EVENTS, popularityOf, rowsOf, toPositives } from './positives.ts'

/** Events as [user, row, weight, time]. */
function interactionsOf(
  events: readonly (readonly [number, number, number, number?])[],
  options: { hasRatings?: boolean; userCount?: number } = {},
): Interactions {
  const hasTimes = events.some(([, , , time]) => time !== undefined)
  return {
    userCount: options.userCount ?? 3,
    users: Uint32Array.from(events, ([user]) => user),
    rows: Uint32Array.from(events, ([, row]) => row),
    weights: Float32Array.from(events, ([, , weight]) => weight),
    hasRatings: options.hasRatings ?? false,
    ...(hasTimes ? { times: Float64Array.from(events, (event) => event[3] ?? 0) } : {}),
  }
}

describe('toPositives', () => {
  test('keeps ratings of 4 and 5 on a five-star scale, sorted by row', () => {
    const positives = toPositives(
      interactionsOf(
        [
          [0, 2, 5],
          [0, 1, 4],
          [0, 0, 3.5],
          [2, 1, 1],
        ],
        { hasRatings: true },
      ),
      3,
    )
    expect([...rowsOf(positives, 0)]).toEqual([1, 2])
    expect([...rowsOf(positives, 2)]).toEqual([])
    expect(positives.report).toMatchObject({ threshold: 4, kept: 2, belowThreshold: 2 })
  })

  test('takes the upper three tenths of any other scale', () => {
    const events = [0, 6, 7, 10].map((rating, row): [number, number, number] => [
      0,
      row,
      rating,
    ])
    const positives = toPositives(interactionsOf(events, { hasRatings: true }), 4)
    expect(positives.report.threshold).toBe(7)
    expect([...rowsOf(positives, 0)]).toEqual([2, 3])
  })

  test('takes the scale from the many, not from a slip or two', () => {
    const ratings = Array.from({ length: 400 }, (_, i) => 1 + (i % 5))
    const events = [...ratings, 1e38, -7].map((rating, i): [number, number, number] => [
      i % 3,
      i,
      rating,
    ])
    const positives = toPositives(interactionsOf(events, { hasRatings: true }), 402)
    expect(positives.report).toMatchObject({ threshold: 4, kept: 161 })
  })

  test('takes the scale from the few where nearly all ratings are the same', () => {
    const events = Array.from({ length: 400 }, (_, i): [number, number, number] => [
      i % 3,
      i,
      i === 7 ? 1 : 5,
    ])
    const positives = toPositives(interactionsOf(events, { hasRatings: true }), 400)
    expect(positives.report).toMatchObject({ threshold: 4, kept: 399 })
  })

  test('takes every rating when all are the same', () => {
    const same = interactionsOf(
      [
        [0, 0, 2],
        [1, 1, 2],
      ],
      { hasRatings: true },
    )
    expect(toPositives(same, 2).report.kept).toBe(2)
  })

  test('merges duplicates and keeps the newest time', () => {
    const positives = toPositives(
      interactionsOf([
        [0, 1, 1, 30],
        [0, 0, 1, 5],
        [0, 1, 1, 10],
      ]),
      2,
    )
    expect([...rowsOf(positives, 0)]).toEqual([0, 1])
    expect([...(positives.times ?? [])]).toEqual([5, 30])
    expect(positives.report.duplicates).toBe(1)
  })

  test('counts weights that are not numbers and rows outside the catalogue', () => {
    const odd = interactionsOf([
      [0, 0, Number.NaN],
      [0, 9, 1],
      [0, 1, 1],
      [1, 1, 0],
    ])
    expect(toPositives(odd, 2).report).toMatchObject({
      unusable: 2,
      belowThreshold: 1,
      kept: 1,
    })
  })

  test('drops a user who likes most of a large catalogue, not of a small one', () => {
    const all = (items: number) =>
      interactionsOf(Array.from({ length: items }, (_, row) => [1, row, 1] as const))
    expect(toPositives(all(10), 10).report.botUsers).toBe(0)
    const large = toPositives(all(600), 600)
    expect(large.report).toMatchObject({ botUsers: 1, botEvents: 600, kept: 0 })
  })

  test('drops a user with more events than a person makes', () => {
    const events = Array.from({ length: BOT_EVENTS }, () => [0, 0, 1] as const)
    expect(toPositives(interactionsOf(events), 2).report.botUsers).toBe(1)
  })

  test('accounts for every event, whatever comes', () => {
    const event = fc.tuple(
      fc.nat(2),
      fc.nat(5),
      fc.constantFrom(Number.NaN, 1, 2, 3, 4, 5),
    )
    fc.assert(
      fc.property(fc.array(event), fc.boolean(), (events, hasRatings) => {
        const { report, rows } = toPositives(interactionsOf(events, { hasRatings }), 4)
        const { kept, duplicates, belowThreshold, unusable, botEvents } = report
        expect(rows).toHaveLength(kept)
        expect(kept + duplicates + belowThreshold + unusable + botEvents).toBe(
          events.length,
        )
      }),
    )
  })

  test('refuses arrays that disagree and users out of range', () => {
    const good = interactionsOf([[0, 0, 1]])
    expect(() => toPositives({ ...good, rows: new Uint32Array(2) }, 1)).toThrow(
      'interactions disagree in length: got 2, expected 1.',
    )
    expect(() => toPositives({ ...good, userCount: 0 }, 1)).toThrow(
      'unknown user in interactions: got 0, expected below 0.',
    )
  })
})

test('popularity is the logarithm of the count, 1 for the most popular', () => {
  const positives = toPositives(
    interactionsOf([
      [0, 0, 1],
      [1, 0, 1],
      [2, 0, 1],
      [0, 1, 1],
    ]),
    3,
  )
  const popularity = popularityOf(positives)
  expect(popularity[0]).toBe(1)
  expect(popularity[1]).toBeCloseTo(0.5, 6) // log 2 / log 4
  expect(popularity[2]).toBe(0)
})

test('popularity of nothing is zero everywhere', () => {
  expect([...popularityOf(toPositives(interactionsOf([]), 2))]).toEqual([0, 0])
})
