import { expect, test } from 'vitest'
import type { FeedbackEvent, LoggedEvent } from './event.ts'
import { reactionsOf } from './reactions.ts'

const log = (...events: readonly Omit<FeedbackEvent, 'at'>[]): LoggedEvent[] =>
  events.map((event, i) => ({
    seq: i + 1,
    uid: `u${i}`,
    at: i,
    ...event,
  }))

test('an item has the reactions it was given, with the event that gave each', () => {
  const reactions = reactionsOf(
    log(
      { kind: 'like', item: 'a' },
      { kind: 'save', item: 'a' },
      { kind: 'rate', item: 'b', value: 2 },
      { kind: 'rate', item: 'b', value: 4 },
      { kind: 'click', item: 'c' },
      { kind: 'search', text: 'd' },
    ),
  )
  expect([...reactions]).toEqual([
    ['a', { liked: 1, saved: 2 }],
    ['b', { rated: { seq: 4, stars: 4 } }],
  ])
})

test('like and dislike exclude each other; the newest wins', () => {
  const events = log(
    { kind: 'save', item: 'a' },
    { kind: 'like', item: 'a' },
    { kind: 'dislike', item: 'a' },
    { kind: 'dislike', item: 'b' },
    { kind: 'like', item: 'b' },
  )
  expect([...reactionsOf(events)]).toEqual([
    ['a', { saved: 1, disliked: 3 }],
    ['b', { liked: 5 }],
  ])
})

test('taking the newest back brings the one before again', () => {
  const events = log({ kind: 'like', item: 'a' }, { kind: 'dislike', item: 'a' })
  expect(reactionsOf(events.filter(({ seq }) => seq !== 2)).get('a')).toEqual({
    liked: 1,
  })
})

test('newest is by time: an old event imported late does not win', () => {
  const [like, dislike] = log(
    { kind: 'like', item: 'a' },
    { kind: 'dislike', item: 'a' },
  )
  const imported = { ...like!, seq: 9 }
  expect(reactionsOf([dislike!, imported]).get('a')).toEqual({ disliked: 2 })
})

test('an empty log reactions nothing', () => {
  expect(reactionsOf([]).size).toBe(0)
})
