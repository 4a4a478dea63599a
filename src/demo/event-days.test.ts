import { describe, expect, test } from 'vitest'
import type { ShownEvent } from '../engine/engine.ts'
import type { Signal } from '../feedback/event.ts'
import { eventDays, starsOf } from './you-page.ts'

const noon = new Date(2026, 10, 22, 12).getTime()
const HOUR = 3_600_000
let seq = 0
function did(
  kind: Signal['kind'],
  hoursAgo: number,
  more: Partial<Signal> = {},
): ShownEvent {
  const signal = { kind, at: noon - hoursAgo * HOUR, ...more }
  const item = signal.itemId
    ? { item: { id: signal.itemId, title: `Title ${signal.itemId}` } }
    : {}
  return { seq: ++seq, uid: `u${seq}`, signal, ...item }
}

describe('a log as days', () => {
  test('says what was done, newest first, under the day it was done', () => {
    const days = eventDays(
      [
        did('like', 1, { itemId: 'a' }),
        did('rate', 2, { itemId: 'b', value: 4 }),
        did('search', 25, { text: 'the sea' }),
        did('dwell', 26, { itemId: 'a', value: 125 }),
      ],
      noon,
    )
    expect(days.map(({ label }) => label)).toEqual(['Today', 'Yesterday'])
    const lines = days.flatMap(({ entries }) =>
      entries.map((e) => `${e.deed} ${e.subject}`),
    )
    expect(lines).toEqual([
      'liked Title a',
      'read ★★★★☆ Title b',
      'searched “the sea”',
      'stayed 2 min with Title a',
    ])
  })

  test('folds what was only seen in one line that counts books, and removes them all', () => {
    const seen = [
      did('impression', 1, { itemId: 'a' }),
      did('impression', 2, { itemId: 'b' }),
    ]
    const again = did('impression', 3, { itemId: 'a' })
    const [today] = eventDays([...seen, again, did('save', 4, { itemId: 'c' })], noon)
    expect(today!.entries.map(({ deed }) => deed)).toEqual(['saved', 'saw 2 books'])
    expect(today!.entries[1]!.seqs).toEqual([...seen, again].map(({ seq }) => seq))
  })

  test('names the days of a week, then dates', () => {
    const events = [
      did('like', 24 * 3, { itemId: 'a' }),
      did('like', 24 * 30, { itemId: 'a' }),
    ]
    expect(eventDays(events, noon).map(({ label }) => label)).toEqual([
      'Thursday',
      'October 23, 2026',
    ])
  })

  test('shows the id of an item the catalogue no longer holds', () => {
    const { item: _, ...gone } = did('like', 1, { itemId: 'x9' })
    expect(eventDays([gone], noon)[0]!.entries[0]!.subject).toBe('x9')
  })

  test('is empty for an empty log', () => {
    expect(eventDays([], noon)).toEqual([])
  })
})

test('stars are five, whatever the value', () => {
  expect(starsOf(3.6)).toBe('★★★★☆')
  expect(starsOf(-1)).toBe('☆☆☆☆☆')
  expect(starsOf(99)).toBe('★★★★★')
})
