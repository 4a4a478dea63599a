import { describe, expect, test } from 'vitest'
import type { Interactions } from '../../dataset/dataset.ts'
import { toPositives } from '../../dataset/positives.ts'
import { ordersOf, sequenceOf, sliceSequences, toSequences } from './sequences.ts'

/** @param events [user, row, time, weight = 1] */
function interactions(
  ...events: (readonly [number, number, number, number?])[]
): Interactions {
  return {
    userCount: 1 + Math.max(...events.map(([user]) => user)),
    users: Uint32Array.from(events, ([user]) => user),
    rows: Uint32Array.from(events, ([, row]) => row),
    weights: Float32Array.from(events, ([, , , weight = 1]) => weight),
    hasRatings: false,
    times: Float64Array.from(events, ([, , time]) => time),
  }
}

function lists(from: Interactions, rowCount: number): number[][] {
  const all = ordersOf(from, toPositives(from, rowCount))!
  const count = all.starts.length - 1
  return Array.from({ length: count }, (_, s) => [...sequenceOf(all, s)])
}

describe('ordersOf', () => {
  test('puts each user’s events in time order, users by their last event', () => {
    const events = interactions([0, 5, 30], [1, 2, 20], [0, 4, 10], [1, 3, 15])
    expect(lists(events, 6)).toEqual([
      [3, 2],
      [4, 5],
    ])
  })

  test('keeps what comes again, but not what follows itself at once', () => {
    const events = interactions([0, 1, 1], [0, 1, 2], [0, 2, 3], [0, 1, 4])
    expect(lists(events, 3)).toEqual([[1, 2, 1]])
  })

  test('leaves the file’s order among events of one time', () => {
    const events = interactions([0, 3, 7], [0, 1, 7], [0, 2, 7])
    expect(lists(events, 4)).toEqual([[3, 1, 2]])
  })

  test('takes only what counts as positive', () => {
    const events = interactions([0, 1, 1, 5], [0, 2, 2, 1], [0, 3, 3, 4])
    const rated = { ...events, hasRatings: true }
    const positives = toPositives(rated, 4)
    const kept = new Set(positives.rows)
    expect(kept.has(2)).toBe(false)
    expect([...ordersOf(rated, positives)!.rows]).toEqual([1, 3])
  })

  test('is nothing without times', () => {
    const { times: _, ...events } = interactions([0, 1, 1])
    expect(ordersOf(events, toPositives(events, 2))).toBeUndefined()
  })
})

test('a slice keeps the lists it covers', () => {
  const all = toSequences([[1, 2], [], [3], [0, 1, 2]], {
    rowCount: 4,
    isInTimeOrder: false,
  })
  const part = sliceSequences(all, 1, 4)
  expect([...part.starts]).toEqual([0, 0, 1, 4])
  expect([...part.rows]).toEqual([3, 0, 1, 2])
  expect([...sliceSequences(all, 4, 4).starts]).toEqual([0])
})
