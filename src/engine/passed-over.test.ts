/** What a visitor sees and passes over, list after list, in an engine. */
import { expect, test } from 'vitest'
import type { FeedbackEvent } from '../feedback/event.ts'
import { like, setUp } from './sample-engine.test-data.ts'

type Listed = Awaited<
  ReturnType<Awaited<ReturnType<typeof setUp>>['engine']['recommend']>
>

const idsOf = ({ items }: Listed) => items.map(({ id }) => id)
const viewsOf = ({ items, slate }: Listed, at: number): FeedbackEvent[] =>
  items.map(({ id }) => ({ kind: 'impression', item: id, at, slate }))

async function passOver(
  lists: number,
  { likes = [] }: { likes?: readonly number[] } = {},
) {
  const { engine, at } = await setUp()
  if (likes.length > 0) await engine.record(likes.map((index) => like(index, at(1))))
  const shown: string[][] = []
  for (let list = 0; list < lists; list++) {
    const made = await engine.recommend({ count: 6 })
    shown.push(idsOf(made))
    await engine.record(viewsOf(made, at(10 + list)))
  }
  return { engine, shown }
}

test('a list passed over changes, by half or more before it comes round, a stranger’s too', async () => {
  for (const likes of [[], [0, 2]]) {
    const { shown } = await passOver(5, { likes })
    const first = new Set(shown[0])
    const others = shown.map((ids) => ids.filter((id) => !first.has(id)).length)
    expect(others[2]).toBeGreaterThanOrEqual(1)
    expect(Math.max(...others)).toBeGreaterThanOrEqual(3)
  }
})

test('a small catalogue never runs dry: all of it comes round, none far more than others', async () => {
  const { shown } = await passOver(16)
  expect(shown.every((ids) => ids.length === 6)).toBe(true)
  const counts = new Map<string, number>()
  for (const id of shown.flat()) counts.set(id, (counts.get(id) ?? 0) + 1)
  expect(counts.size).toBe(24)
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(8)
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(2)
})

test('views of a list do not change what was never seen: removing them restores it', async () => {
  const { engine, shown } = await passOver(2, { likes: [0, 2] })
  const events = await engine.events()
  await engine.remove(
    events.filter(({ kind }) => kind === 'impression').map(({ seq }) => seq),
  )
  expect(idsOf(await engine.recommend({ count: 6 }))).toEqual(shown[0])
})

test('the components still add up to the score of what was seen', async () => {
  const { engine } = await passOver(2, { likes: [0, 2] })
  const { items } = await engine.recommend({ count: 24 })
  expect(items.some(({ components }) => components.feedback < 0)).toBe(true)
  for (const { score, components } of items) {
    const sum = Object.values(components).reduce((total, part) => total + part, 0)
    expect(score).toBeCloseTo(sum, 3)
  }
})

test('nothing seen is shown as not for the visitor: it has no reaction', async () => {
  const { engine, shown } = await passOver(5)
  const detail = await engine.item(shown[0]![0]!)
  expect(detail!.item).not.toHaveProperty('reaction')
})
