import { expect, test } from 'vitest'
import type { FeedbackEvent, LoggedEvent } from '../feedback/event.ts'
import { towerLessons } from './tower-lessons.ts'

const DAY_MS = 86_400_000
const indexOf = (id: string) => (/^i\d+$/.test(id) ? Number(id.slice(1)) : undefined)
/** Events a minute apart, as they arrived. */
const logOf = (...events: readonly Partial<FeedbackEvent>[]): LoggedEvent[] =>
  events.map((event, n) => ({
    ...{ kind: 'click', seq: n + 1, uid: `u${n}`, at: DAY_MS + n * 60_000, ...event },
  }))
const seen = (item: string) => ({ kind: 'impression', item }) as const
const opened = (item: string) => ({ kind: 'click', item }) as const

test('what was done is the history, what was seen and left is refused, newest first', () => {
  const log = logOf(
    seen('i1'),
    seen('i2'),
    seen('i3'),
    opened('i2'),
    seen('i1'),
    opened('i4'),
  )
  const { history, refused, eventCount } = towerLessons(log, indexOf, 6)
  expect(history.map(({ index }) => index)).toEqual([4, 2])
  expect(eventCount).toBe(2)
  expect(refused.map(({ index }) => index)).toEqual([1, 3])
  expect(refused[0]?.weight).toBeCloseTo(1 - 0.2 ** 2)
  expect(refused[1]?.weight).toBeCloseTo(0.8)
})

test('a dislike and a bad rating refuse by their strength, until they are taken back', () => {
  const log = logOf(
    ...[
      { kind: 'dislike', item: 'i1' } as const,
      { kind: 'rate', item: 'i2', value: 2 } as const,
      { kind: 'dislike', item: 'i3' } as const,
      { kind: 'like', item: 'i3' } as const,
    ],
  )
  const { refused, history } = towerLessons(log, indexOf, 4)
  expect(refused).toEqual([
    { index: 2, weight: 0.5 },
    { index: 1, weight: 1 },
  ])
  expect(history.map(({ index }) => index)).toEqual([3])
})

test('what was taken up is not refused by being shown again', () => {
  const log = logOf(opened('i1'), seen('i1'), seen('i1'), opened('i2'))
  expect(towerLessons(log, indexOf, 4).refused).toEqual([])
})

test('what arrived after the last lesson changes nothing', () => {
  const log = logOf(seen('i1'), opened('i2'), opened('i3'))
  const before = towerLessons(log, indexOf, 3)
  const late = logOf(...log, seen('i4'), { ...seen('i5'), at: 1 })
  expect(towerLessons(late, indexOf, 3)).toEqual(before)
})

test('an empty log, and items that the pack does not hold, teach nothing', () => {
  expect(towerLessons([], indexOf, 0)).toEqual({
    eventCount: 0,
    history: [],
    refused: [],
  })
  const { history, refused } = towerLessons(logOf(opened('x'), seen('y')), indexOf, 2)
  expect([history, refused]).toEqual([[], []])
})
