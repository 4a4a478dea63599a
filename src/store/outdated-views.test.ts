import { expect, test } from 'vitest'
import type { LoggedEvent } from '../feedback/event.ts'
import { deriveTaste } from '../feedback/taste.ts'
import { DAY_MS } from '../feedback/weights.ts'
import { openProfile } from './open-store.ts'
import { MAX_VIEWS, outdatedViews } from './outdated-views.ts'

const NOW = Date.UTC(2026, 10, 30)
const ITEMS = 2_000
const indexOf = (id: string) => Number(id.slice(1))

/** Views of many items, one every `stepMs` up to now; every 50th card is clicked, 500th liked. */
function logOf(count: number, stepMs: number): LoggedEvent[] {
  const events: LoggedEvent[] = []
  const add = (kind: LoggedEvent['kind'], item: string, at: number) =>
    events.push({ seq: events.length + 1, uid: `u${events.length}`, kind, item, at })
  for (let i = 0; i < count; i++) {
    const at = NOW - (count - i) * stepMs
    const item = `i${(i * 7919) % ITEMS}`
    add('impression', item, at)
    if (i % 50 === 0) add('click', item, at + 1)
    if (i % 500 === 0) add('like', item, at + 2)
  }
  return events
}

function without(events: readonly LoggedEvent[], seqs: readonly number[]) {
  const gone = new Set(seqs)
  return events.filter(({ seq }) => !gone.has(seq))
}

const viewsOf = (events: readonly LoggedEvent[]) =>
  events.filter(({ kind }) => kind === 'impression')

test('a log of 100,000 views is left with few, and everything that was done', () => {
  const events = logOf(100_000, 60 * 60_000) // eleven years, a view an hour
  const left = without(events, outdatedViews(events, NOW))
  expect(viewsOf(left).length).toBeLessThan(MAX_VIEWS)
  expect(left.filter(({ kind }) => kind !== 'impression')).toEqual(
    events.filter(({ kind }) => kind !== 'impression'),
  )
})

test('the taste is the same, the odds of what was passed over but for a few hundredths', () => {
  const events = logOf(100_000, 15 * 60_000) // some 8,600 views in ninety days
  const left = without(events, outdatedViews(events, NOW))
  expect(left.length).toBeLessThan(events.length / 4)
  const before = deriveTaste(events, indexOf, NOW)
  const after = deriveTaste(left, indexOf, NOW)
  expect(after.history).toEqual(before.history)
  expect(after.positive).toEqual(before.positive)
  expect(after.negative).toEqual(before.negative)
  expect(before.passed!.size).toBeGreaterThan(ITEMS / 2)
  for (const [index, odds] of before.passed!) {
    expect(Math.abs((after.passed!.get(index) ?? 0) - odds)).toBeLessThan(0.05)
  }
})

test('one item seen for ever keeps its newest views', () => {
  const events = logOf(MAX_VIEWS + 1, 1_000).map((event) =>
    event.kind === 'impression' ? { ...event, item: 'i1' } : event,
  )
  const left = viewsOf(without(events, outdatedViews(events, NOW)))
  expect(left).toHaveLength(60)
  expect(left).toEqual(viewsOf(events).slice(-60))
})

test('a log that is short enough keeps everything, however old', () => {
  expect(outdatedViews(logOf(MAX_VIEWS, DAY_MS), NOW)).toEqual([])
})

test('a clock that jumped by years costs none of the newest views', () => {
  const events = logOf(MAX_VIEWS + 1, 1_000)
  const left = viewsOf(without(events, outdatedViews(events, NOW + 30_000 * DAY_MS)))
  expect(left).toEqual(viewsOf(events).slice(-2_000))
})

test('two tabs that drop at once leave what one would, and a second time drops nothing', async () => {
  const later = (task: () => void) => task()
  const uid = () => 'unused'
  const store = await openProfile({
    onDemand: () => import('./on-demand.ts'),
    ...{ name: 'views', storage: 'memory', now: () => NOW, uid, later },
  })
  const events = logOf(MAX_VIEWS + 500, 60_000)
  await store.append(events.map(({ seq: _, ...event }) => event))
  const [one, other] = [await store.events(), await store.events()]
  await Promise.all([
    store.remove(outdatedViews(one, NOW)),
    store.remove(outdatedViews(other, NOW)),
  ])
  const left = await store.events()
  expect(left).toEqual(without(one, outdatedViews(one, NOW)))
  expect(outdatedViews(left, NOW)).toEqual([])
})
