import { expect, test } from 'vitest'
import { countedEvents } from './counted-time.ts'
import type { LoggedEvent } from './event.ts'
import { deriveTaste } from './taste.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 0, 1)
const TEN_YEARS = 3650 * DAY
let seq = 0
const like = (item: string, at: number): LoggedEvent => ({
  ...{ seq: ++seq, uid: `u${seq}`, kind: 'like', item, at },
})
const timesOf = (events: readonly LoggedEvent[]) =>
  countedEvents(events, NOW).map(({ at }) => at - NOW)

test('events of the past are as they are, the same array', () => {
  const events = [like('a', NOW - DAY), like('b', NOW), like('c', NOW + 1000)]
  expect(countedEvents(events, NOW)).toBe(events)
  expect(countedEvents([], NOW)).toEqual([])
})

test('an event ahead of now counts as of when it arrived', () => {
  const ahead = NOW + TEN_YEARS
  expect(timesOf([like('a', NOW - DAY), like('b', ahead), like('c', NOW)])).toEqual([
    -DAY,
    -DAY,
    0,
  ])
  expect(timesOf([like('a', ahead), like('b', NOW - DAY)])).toEqual([-DAY, -DAY])
  expect(timesOf([like('a', ahead)])).toEqual([0])
})

test('an old history that was imported does not make what came before it older', () => {
  const events = [
    like('a', NOW - DAY),
    like('b', NOW + DAY),
    like('c', NOW - 900 * DAY),
  ]
  expect(timesOf([...events, like('d', NOW + DAY)])).toEqual([
    ...[-DAY, -DAY, -900 * DAY, -DAY],
  ])
})

test('two likes dated ten years ahead give way to what is liked after them', () => {
  const events = [
    ...[
      like('a', NOW - 2 * DAY),
      like('b', NOW + TEN_YEARS),
      like('c', NOW + TEN_YEARS),
    ],
    ...[like('d', NOW - DAY), like('e', NOW)],
  ]
  const index = (id: string) => 'abcde'.indexOf(id)
  const { history } = deriveTaste(countedEvents(events, NOW), index, NOW)
  expect(history.slice(0, 2).map((entry) => entry.index)).toEqual([4, 3])
})
