import { describe, expect, test } from 'vitest'
import type { Interactions } from './dataset.ts'
import { BOT_EVENTS } from './positives.ts'
import { userRatings } from './user-ratings.ts'

type Event = readonly [user: number, row: number, rating: number, time?: number]

function interactionsOf(events: readonly Event[]): Interactions {
  const hasTimes = events.some(([, , , time]) => time !== undefined)
  return {
    userCount: Math.max(...events.map(([user]) => user)) + 1,
    users: Uint32Array.from(events, ([user]) => user),
    rows: Uint32Array.from(events, ([, row]) => row),
    weights: Float32Array.from(events, ([, , rating]) => rating),
    hasRatings: true,
    ...(hasTimes && { times: Float64Array.from(events, (event) => event[3] ?? 0) }),
  }
}

describe('userRatings', () => {
  test('gives each user one rating a row, rows rising', () => {
    const of = userRatings(
      interactionsOf([
        [1, 4, 5],
        [0, 3, 1],
        [1, 2, 4],
      ]),
      5,
    )!
    expect([...of.indptr]).toEqual([0, 1, 3])
    expect([...of.rows]).toEqual([3, 2, 4])
    expect([...of.ratings]).toEqual([1, 4, 5])
    expect([of.low, of.high]).toEqual([1, 5])
  })

  test('the newest of a pair counts, without times the last', () => {
    const untimed = interactionsOf([
      [0, 0, 1],
      [0, 0, 5],
    ])
    expect([...userRatings(untimed, 1)!.ratings]).toEqual([5])
    const timed = interactionsOf([
      [0, 0, 1, 9],
      [0, 0, 5, 3],
    ])
    expect([...userRatings(timed, 1)!.ratings]).toEqual([1])
  })

  test('leaves out slips far off the scale, and rows outside the catalogue', () => {
    const plain = Array.from({ length: 400 }, (_, n): Event => [0, n, 1 + (n % 5)])
    const odd: Event[] = [
      [0, 400, 1e38],
      [0, 401, -99],
      [0, 999, 3],
      [0, 402, NaN],
    ]
    const of = userRatings(interactionsOf([...plain, ...odd]), 500)!
    expect([of.low, of.high, of.rows.length]).toEqual([1, 5, 400])
  })

  test('leaves out users with more events than a person has', () => {
    const bot = Array.from({ length: BOT_EVENTS }, (_, n): Event => [0, n % 9, 1])
    const of = userRatings(interactionsOf([...bot, [1, 0, 5], [1, 1, 4]]), 9)!
    expect([...of.indptr]).toEqual([0, 0, 2])
  })

  test('there is nothing to predict of equal ratings, or of none', () => {
    const equal = interactionsOf([
      [0, 0, 4],
      [1, 1, 4],
    ])
    expect(userRatings(equal, 2)).toBeUndefined()
    expect(userRatings({ ...equal, hasRatings: false }, 2)).toBeUndefined()
  })
})
