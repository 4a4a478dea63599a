import { describe, expect, test } from 'vitest'
import type { ShownEvent } from '../index.ts'
import { profileEn } from './messages/profile-en.ts'
import { eventDays, starsOf } from './profile-log.ts'

const noon = new Date(2026, 10, 22, 12).getTime()
const HOUR = 3_600_000
const ALL = { days: 1000, entries: 1000 }
const shownOf = (events: readonly ShownEvent[], page = ALL) =>
  eventDays(events, { now: noon, messages: profileEn, page })
const daysOf = (events: readonly ShownEvent[]) => shownOf(events).days
let seq = 0
function did(
  kind: ShownEvent['kind'],
  hoursAgo: number,
  more: Partial<ShownEvent> = {},
): ShownEvent {
  const { item } = more
  const record = item ? { record: { id: item, title: `Title ${item}` } } : {}
  return {
    ...{ seq: ++seq, uid: `u${seq}`, kind, at: noon - hoursAgo * HOUR },
    ...record,
    ...more,
  }
}

describe('a log as days', () => {
  test('shows what was done, newest first, under the day it was done', () => {
    const days = daysOf([
      did('like', 1, { item: 'a' }),
      did('rate', 2, { item: 'b', value: 4 }),
      did('search', 25, { text: 'the sea' }),
      did('dwell', 26, { item: 'a', value: 125 }),
    ])
    expect(days.map(({ label }) => label)).toEqual(['Today', 'Yesterday'])
    const lines = days.flatMap(({ entries }) =>
      entries.map((e) => `${e.done} ${e.subject}`),
    )
    expect(lines).toEqual([
      'liked Title a',
      'rated ★★★★☆ Title b',
      'searched “the sea”',
      'stayed 2 min with Title a',
    ])
  })

  test('puts what was only seen in one line that counts items, and removes them all', () => {
    const seen = [
      did('impression', 1, { item: 'a' }),
      did('impression', 2, { item: 'b' }),
    ]
    const again = did('impression', 3, { item: 'a' })
    const [today] = daysOf([...seen, again, did('save', 4, { item: 'c' })])
    expect(today!.entries.map(({ done }) => done)).toEqual(['saved', 'saw 2 items'])
    expect(today!.entries[1]!.seqs).toEqual([...seen, again].map(({ seq }) => seq))
  })

  test('knows no hour of what was brought from a file with days alone', () => {
    const at = Date.UTC(2026, 10, 20, 12)
    const slate = 'history:Goodreads:abc'
    const clocks = daysOf([
      did('rate', 0, { at, slate, item: 'a' }),
      did('rate', 0, { at: at + 1, slate, item: 'a' }),
      did('rate', 0, { at, item: 'a' }),
    ]).flatMap(({ entries }) => entries.map(({ hasClock }) => hasClock))
    expect(clocks).toEqual([false, true, true])
  })

  test('names the days of a week, then dates', () => {
    const events = [
      did('like', 24 * 3, { item: 'a' }),
      did('like', 24 * 30, { item: 'a' }),
    ]
    expect(daysOf(events).map(({ label }) => label)).toEqual([
      'Thursday',
      'October 23, 2026',
    ])
  })

  test('shows the id of an item the catalogue no longer holds', () => {
    const { record: _, ...gone } = did('like', 1, { item: 'x9' })
    expect(daysOf([gone])[0]!.entries[0]!.subject).toBe('x9')
  })

  test('is empty for an empty log', () => {
    expect(daysOf([])).toEqual([])
  })
})

test('stars are five, whatever the value', () => {
  expect(starsOf(3.6)).toBe('★★★★☆')
  expect(starsOf(-1)).toBe('☆☆☆☆☆')
  expect(starsOf(99)).toBe('★★★★★')
})

describe('a page of a long log', () => {
  const events = Array.from({ length: 50 }, (_, i) => did('like', i, { item: `i${i}` }))

  test('holds as many days and entries as are asked for, and states what is left', () => {
    const count = (page: { days: number; entries: number }) => {
      const { days, hasMore } = shownOf(events, page)
      return [days.length, days.flatMap(({ entries }) => entries).length, hasMore]
    }
    expect(count({ days: 1, entries: 100 })).toEqual([1, 13, true])
    expect(count({ days: 9, entries: 20 })).toEqual([2, 20, true])
    expect(count({ days: 9, entries: 50 })).toEqual([3, 50, false])
    expect(count({ days: 9, entries: 49 })).toEqual([3, 49, true])
  })

  test('of impressions alone is one entry a day, however many they are', () => {
    const seen = Array.from({ length: 5000 }, () => did('impression', 1, { item: 'a' }))
    const { days, hasMore } = shownOf(seen, { days: 3, entries: 10 })
    expect(days.map(({ entries }) => entries.length)).toEqual([1])
    expect(days[0]!.entries[0]!.seqs).toHaveLength(5000)
    expect(hasMore).toBe(false)
    const both = [...seen, ...events.slice(0, 10)]
    expect(shownOf(both, { days: 3, entries: 10 }).hasMore).toBe(true)
    expect(shownOf(both, { days: 3, entries: 11 }).hasMore).toBe(false)
  })
})
