import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventKind, FeedbackEvent, LoggedEvent } from './event.ts'
import { deriveTaste, EMPTY_TASTE, MAX_HISTORY } from './taste.ts'
import { DAY_MS } from './weights.ts'

const NOW = 400 * DAY_MS
/** Rows of items "0", "1", …; other ids are not in the pack. */
const indexOf = (id: string) => (/^\d+$/.test(id) ? Number(id) : undefined)

type Did = readonly [kind: EventKind, item: string, daysAgo?: number, value?: number]

function log(...done: readonly Did[]): LoggedEvent[] {
  return done.map(([kind, what, daysAgo = 0, value], i) => {
    const base = { kind, at: NOW - daysAgo * DAY_MS }
    const about = kind === 'search' ? { text: what } : { item: what }
    const event: FeedbackEvent = {
      ...base,
      ...about,
      ...(value === undefined ? {} : { value }),
    }
    return { seq: i + 1, uid: `u${i}`, ...event }
  })
}
const taste = (...done: readonly Did[]) => deriveTaste(log(...done), indexOf, NOW)

describe('history', () => {
  test('weighs an item by its events, each halved every thirty days', () => {
    const { history } = taste(['click', '7', 30], ['save', '7', 30], ['like', '3', 60])
    expect(history).toEqual([
      { index: 7, weight: 0.55, at: NOW - 30 * DAY_MS, kind: 'save' },
      { index: 3, weight: 0.225, at: NOW - 60 * DAY_MS, kind: 'like' },
    ])
  })

  test('saturates: clicks below a liking, everything at one', () => {
    const clicks = Array<Did>(9).fill(['click', '1'])
    expect(taste(...clicks).history[0]?.weight).toBe(0.6)
    expect(taste(...clicks, ['like', '1'], ['save', '1']).history[0]?.weight).toBe(1)
    const reading = Array<Did>(9).fill(['dwell', '1', 0, 600])
    expect(taste(...reading).history[0]).toMatchObject({ weight: 0.5, kind: 'dwell' })
  })

  test('a dislike takes the item out, whatever was clicked since; a like brings it back', () => {
    expect(
      taste(['like', '1', 3], ['dislike', '1', 2], ['click', '1', 1]).history,
    ).toEqual([])
    const back = taste(['dislike', '1', 2], ['like', '1', 1])
    expect(back.history.map(({ index }) => index)).toEqual([1])
    expect(back.negative.size).toBe(0)
  })

  test('the newest rating replaces the ones before', () => {
    expect(taste(['rate', '1', 0, 5], ['rate', '1', 0, 2]).history).toEqual([])
    const better = taste(['rate', '1', 0, 1], ['rate', '1', 0, 4])
    expect(better.history[0]).toMatchObject({ weight: 0.7, kind: 'rate' })
    expect(taste(['rate', '1', 0, 5], ['rate', '1', 0, 3]).history[0]?.weight).toBe(0.1)
  })

  test('goes by time, not by arrival: an imported old dislike does not win', () => {
    const { history } = taste(['like', '1', 1], ['dislike', '1', 9])
    expect(history).toHaveLength(1)
  })

  test('keeps the newest two hundred rows, newest first, lower index first in a tie', () => {
    const clicks = Array.from(
      { length: 300 },
      (_, i): Did => ['click', `${i}`, 300 - i],
    )
    const { history } = taste(...clicks, ['click', '1000', 1])
    expect(history).toHaveLength(MAX_HISTORY)
    expect(history.slice(0, 3).map(({ index }) => index)).toEqual([299, 1000, 298])
  })

  test('knows nothing of items the pack does not hold, nor of an empty log', () => {
    expect(taste(['like', 'gone'], ['dislike', 'gone'])).toEqual(EMPTY_TASTE)
    expect(taste()).toEqual(EMPTY_TASTE)
  })

  test('counts positive feedback on an item once a kind, three stars and refusals not', () => {
    const done: Did[] = [
      ['click', '1'],
      ['click', '1'],
      ['like', '1'],
      ['rate', '2', 0, 4],
      ['rate', '3', 0, 3],
      ['click', '4'],
      ['dislike', '4'],
      ['impression', '5'],
    ]
    expect(taste(...done).eventCount).toBe(3)
  })
})

describe('e⁺ and e⁻', () => {
  test('e⁺ joins saved, liked, rated, read and returned to', () => {
    expect(taste(['save', '1']).positive.get(1)).toBeCloseTo(0.8, 12)
    expect(taste(['save', '1'], ['like', '1']).positive.get(1)).toBeCloseTo(0.98, 12)
    expect(taste(['rate', '1', 0, 3], ['click', '1']).positive.has(1)).toBe(false)
    const returned = taste(['click', '1', 1], ['click', '1'])
    expect(returned.positive.get(1)).toBeCloseTo(0.3, 12)
    const twice = taste(['click', '1'], ['click', '1'])
    expect(twice.positive.has(1)).toBe(false)
    expect(taste(['like', '1', 1], ['dislike', '1']).positive.has(1)).toBe(false)
  })

  test('e⁻ of a refusal lasts; of two stars it is half', () => {
    expect(taste(['dislike', '1', 300]).negative.get(1)).toBe(1)
    expect(taste(['rate', '1', 0, 2]).negative.get(1)).toBe(0.5)
    expect(taste(['rate', '1', 0, 3]).negative.has(1)).toBe(false)
  })

  test('views are no refusal, however many: they have log odds of their own', () => {
    const views = Array<Did>(50).fill(['impression', '1'])
    expect(taste(...views).negative.has(1)).toBe(false)
    expect(taste(...views).passed.get(1)).toBeLessThan(-10)
  })

  test('a click makes fresh; what is passed over after it counts anew', () => {
    const views = Array<Did>(5).fill(['impression', '1'])
    const before = taste(...views).passed.get(1)!
    expect(taste(...views, ['click', '1']).passed.has(1)).toBe(false)
    expect(taste(['click', '1'], ...views).passed.get(1)).toBe(before)
    expect(taste(...views.slice(0, 2)).passed.get(1)).toBeGreaterThan(before)
  })

  test('what was passed over days ago is half forgotten, after months all of it', () => {
    const views = (daysAgo: number) => Array<Did>(5).fill(['impression', '1', daysAgo])
    const [now, week, year] = [0, 7, 365].map((ago) => taste(...views(ago)).passed)
    expect(week!.get(1)).toBeGreaterThan(now!.get(1)! / 2)
    expect(week!.get(1)).toBeLessThan(-0.5)
    expect(year!.has(1)).toBe(false)
  })
})

describe('the last events', () => {
  test('are rows in their order, with what came again, but not at once', () => {
    const { recent } = taste(
      ['click', '1', 5],
      ['dwell', '1', 5, 40],
      ['click', '2', 4],
      ['impression', '9', 3],
      ['click', 'gone', 3],
      ['like', '1', 2],
      ['click', '3', 1],
    )
    expect(recent).toEqual([3, 1, 2, 1])
  })

  test('leave out what was refused, and are twenty at most', () => {
    expect(
      taste(['click', '1', 3], ['click', '2', 2], ['dislike', '1', 1]).recent,
    ).toEqual([2])
    const walk = Array.from(
      { length: 50 },
      (_, i): Did => ['click', `${i % 3}`, 50 - i],
    )
    expect(taste(...walk).recent).toHaveLength(20)
    expect(taste(...walk).recent.slice(0, 3)).toEqual([1, 0, 2])
  })
})

test('searches: three texts at most, newest first, halved every day, gone in a week', () => {
  const { searches } = taste(
    ['search', 'old', 7],
    ['search', 'a', 3],
    ['search', 'b', 2],
    ['search', 'a', 1],
  )
  expect(searches).toEqual([
    { text: 'a', weight: 0.5 },
    { text: 'b', weight: 0.25 },
  ])
  const many = taste(
    ['search', 'a', 3],
    ['search', 'b', 2],
    ['search', 'c', 1],
    ['search', 'd'],
  )
  expect(many.searches.map(({ text }) => text)).toEqual(['d', 'c', 'b'])
})

describe('for any log', () => {
  const kinds = [
    ...['impression', 'click', 'dwell', 'like', 'dislike', 'save', 'rate', 'search'],
  ] as EventKind[]
  const did = fc
    .tuple(
      fc.constantFrom(...kinds),
      fc.nat(3),
      fc.integer({ min: -1, max: 60 }),
      fc.nat(4),
    )
    .map(([kind, item, daysAgo, value]): Did => [kind, `${item}`, daysAgo, value + 1])
  const anyLog = fc.array(did, { maxLength: 30 }).map((done) => log(...done))

  test('every figure is in its range', () => {
    fc.assert(
      fc.property(anyLog, (events) => {
        const { history, recent, positive, negative, passed, searches } = deriveTaste(
          events,
          indexOf,
          NOW,
        )
        const inRange = (value: number) => value > 0 && value <= 1
        expect(history.every(({ weight }) => inRange(weight))).toBe(true)
        expect([...positive.values(), ...negative.values()].every(inRange)).toBe(true)
        expect([...passed.values()].every((odds) => odds < 0)).toBe(true)
        expect(searches.every(({ weight }) => inRange(weight))).toBe(true)
        expect(new Set(history.map(({ index }) => index)).size).toBe(history.length)
        expect(new Set(recent)).toEqual(new Set(history.map(({ index }) => index)))
      }),
    )
  })

  test('the order the events are handed over in changes nothing', () => {
    fc.assert(
      fc.property(anyLog, fc.infiniteStream(fc.nat()), (events, keys) => {
        const order = new Map(
          events.map((event) => [event, keys.next().value as number]),
        )
        const mixed = [...events].sort((a, b) => order.get(a)! - order.get(b)!)
        const given = [...mixed]
        expect(deriveTaste(mixed, indexOf, NOW)).toEqual(
          deriveTaste(events, indexOf, NOW),
        )
        expect(mixed).toEqual(given) // nor is the caller's list touched
      }),
    )
  })

  test('a like, wherever it comes in, never lowers its index, nor touches another', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(3), fc.nat(60), (events, index, daysAgo) => {
        const [like] = log(['like', `${index}`, daysAgo])
        const liked = [...events, { ...like!, seq: 1000 }]
        const before = deriveTaste(events, indexOf, NOW)
        const after = deriveTaste(liked, indexOf, NOW)
        const weight = (of: typeof before, at: number) =>
          of.history.find((entry) => entry.index === at)?.weight ?? 0
        for (const other of [0, 1, 2, 3]) {
          const gain = weight(after, other) - weight(before, other)
          if (other === index) expect(gain).toBeGreaterThanOrEqual(-1e-12)
          else expect(gain).toBe(0)
        }
        expect(after.positive.get(index) ?? 0).toBeGreaterThanOrEqual(
          (before.positive.get(index) ?? 0) - 1e-12,
        )
      }),
    )
  })
})
