import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedbackEvent } from './event.ts'
import { countOpens, TEAMS } from './opens.ts'

fc.configureGlobal({ seed: 1 })

const seen = (slate: string, item: string, policy: string, at = 1): FeedbackEvent => ({
  ...{ kind: 'impression', slate, item, at },
  shown: { place: 0, propensity: 1, policy, parts: {} },
})
const click = (slate: string, item: string, at = 2): FeedbackEvent => ({
  ...{ kind: 'click', slate, item, at },
})
/** `opens` of `views` items of a list of this policy. */
const listOf = (policy: string, views: number, opens: number): FeedbackEvent[] => [
  ...Array.from({ length: views }, (_, i) => seen(policy, `${policy}${i}`, policy)),
  ...Array.from({ length: opens }, (_, i) => click(policy, `${policy}${i}`)),
]

test('opens are counted by the list that they came from, most first', () => {
  const counts = countOpens([
    ...listOf('because', 4, 1),
    ...listOf('shipped', 6, 2),
    ...listOf('guess', 1, 1),
    ...listOf('popular', 5, 0),
  ])
  expect(counts.opens).toBe(4)
  expect(counts.lists).toEqual([
    { list: 'for-you', opens: 3, views: 7 },
    { list: 'because', opens: 1, views: 4 },
    { list: 'popular', opens: 0, views: 5 },
  ])
  expect(counts.ownList).toEqual({ own: 3, other: 1 })
})

test('only the newest opens count, and what was seen since the first of them', () => {
  const events = [
    ...[seen('s1', 'a', 'popular', 1), click('s1', 'a', 2)],
    ...[seen('s2', 'b', 'shipped', 3), seen('s2', 'c', 'shipped', 3)],
    ...[click('s2', 'b', 4), click('s2', 'c', 5)],
  ]
  expect(countOpens(events, 2).lists).toEqual([{ list: 'for-you', opens: 2, views: 2 }])
})

test('an item opened twice from one list is one open; one that was not seen there is none', () => {
  const events = [
    ...[seen('s', 'a', 'shipped'), click('s', 'a'), click('s', 'a', 9)],
    ...[click('s', 'unseen'), click('other', 'a'), { kind: 'click', item: 'a', at: 3 }],
  ] as FeedbackEvent[]
  expect(countOpens(events).opens).toBe(1)
})

test('ten opens of a list that had a third of the views are hardly chance', () => {
  const { ownList } = countOpens([
    ...listOf('shipped', 20, 10),
    ...listOf('popular', 40, 0),
  ])
  expect(ownList.chance).toBeCloseTo((1 / 3) ** 10, 9)
})

test('below ten opens nothing is claimed, nor where there was one list alone', () => {
  const few = countOpens([...listOf('shipped', 20, 9), ...listOf('popular', 40, 0)])
  expect(few.ownList).toEqual({ own: 9, other: 0 })
  expect(countOpens(listOf('shipped', 20, 12)).ownList).toEqual({ own: 12, other: 0 })
})

test('two teams are compared by the sign test over the whole log', () => {
  const { teams, lists } = countOpens([
    ...listOf(TEAMS.own, 30, 21),
    ...listOf(TEAMS.other, 30, 9),
  ])
  expect(teams).toMatchObject({ own: 21, other: 9 })
  expect(teams.chance).toBeCloseTo(0.0428, 4)
  expect(lists).toEqual([{ list: 'for-you', opens: 20, views: 60 }])
})

test('an empty log has no opens', () => {
  expect(countOpens([])).toEqual({
    opens: 0,
    lists: [],
    ownList: { own: 0, other: 0 },
    teams: { own: 0, other: 0 },
  })
})

test('whatever the log, the counts add up and no list has more opens than views', () => {
  const event = fc.record({
    kind: fc.constantFrom<'impression' | 'click'>('impression', 'click'),
    slate: fc.constantFrom('s', 't'),
    item: fc.constantFrom('a', 'b', 'c'),
    policy: fc.constantFrom('shipped', 'popular', TEAMS.own),
    at: fc.integer({ min: 0, max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(event), (drawn) => {
      const events = drawn.map(({ kind, slate, item, policy, at }) =>
        kind === 'click' ? click(slate, item, at) : seen(slate, item, policy, at),
      )
      const { opens, lists } = countOpens(events)
      expect(lists.reduce((sum, list) => sum + list.opens, 0)).toBe(opens)
      for (const list of lists) expect(list.opens).toBeLessThanOrEqual(list.views)
    }),
  )
})
