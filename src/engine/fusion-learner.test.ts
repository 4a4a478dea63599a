import { describe, expect, test, vi } from 'vitest'
import type { EventInput } from '../feedback/event.ts'
import { createRandom } from '../math/random.ts'
import { MAX_VIEWS } from '../store/outdated-views.ts'
import type { Engine } from './calls.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const START = Date.UTC(2026, 0, 1)

/** Views of lists ranked for the visitor, who takes what cf is for and popularity against. */
function taught(count: number, chances?: (isTaken: boolean) => object): EventInput[] {
  const random = createRandom(4)
  return Array.from({ length: count }, (_, i): EventInput[] => {
    const [cf, popularity] = [random.normal(), random.normal()]
    const isTaken = random.next() < 1 / (1 + Math.exp(1 - 2 * cf + popularity))
    const of = { item: `id${i % 12}`, slate: `s${i}`, at: START + i * 1000 }
    const shown = {
      ...{ place: i % 10, propensity: 1, policy: 'shipped' },
      parts: { cf, popularity },
      ...chances?.(isTaken),
    }
    const view: EventInput = { kind: 'impression', ...of, shown }
    return isTaken ? [view, { ...of, kind: 'click', at: of.at + 500 }] : [view]
  }).flat()
}

const learningOf = async (engine: Engine) => (await engine.state()).learning
async function listOf(engine: Engine) {
  const { items } = await engine.recommend({ count: 8 })
  return items.map(({ id, score, components, isGuess }) => ({
    ...{ id, score, components, isGuess },
  }))
}
const likes = [like(0, START), like(2, START + 1), like(4, START + 2)]

describe('the fusion of a visitor', () => {
  test('is the pack’s until enough was seen, then follows what was taken', async () => {
    const { engine } = await setUp()
    await engine.record(likes)
    expect(await learningOf(engine)).toEqual({
      ...{ state: 'waiting', views: 0, taken: 0, guesses: 0 },
    })
    await engine.record(taught(200))
    const { state, views, weights } = await learningOf(engine)
    expect([state, views]).toEqual(['on', 199]) // but the list that is open
    expect(weights!.cf).toBeGreaterThan(1.1)
    expect(weights!.popularity).toBeLessThan(0.9)
  })

  test('ranks lists, and what they show is stored as the pack weighs it', async () => {
    const { engine } = await setUp()
    const other = await setUp()
    const events = taught(200)
    await engine.record(events)
    await other.engine.record(events.filter(({ kind }) => kind === 'click'))
    const learned = await engine.recommend({ count: 8 })
    const weights = (await learningOf(engine)).weights!
    const item = learned.items[1]!
    const seen = { kind: 'impression', item: item.id, slate: learned.slate } as const
    const [view] = await engine.record(seen)
    expect(view!.shown!.policy).toBe('learned')
    expect(view!.shown!.parts.cf).toBeCloseTo(item.components.cf / weights.cf, 3)
    const guess = learned.items.find(({ isGuess }) => isGuess)!
    const [drawn] = await engine.record({ ...seen, item: guess.id })
    expect(drawn!.shown).toMatchObject({ policy: 'guess', place: 3 })
    expect(drawn!.shown!.propensity).toBeLessThan(1)
    expect(drawn!.shown!.chances!.learned).toBeGreaterThan(0)
  })

  test('is unlearned event by event: lists are as if a removed one had never been', async () => {
    const { engine } = await setUp()
    await engine.record([...likes, ...taught(200)])
    const before = await listOf(engine)
    const learned = await learningOf(engine)
    const [extra] = await engine.record({
      ...{ kind: 'impression', item: 'id7', slate: 'x', at: START + 1e7 },
      shown: { place: 0, propensity: 1, policy: 'learned', parts: { cf: 5 } },
    })
    expect(await learningOf(engine)).not.toEqual(learned)
    await engine.remove([extra!.seq])
    expect(await learningOf(engine)).toEqual(learned)
    expect(await listOf(engine)).toEqual(before)
  })

  test('is the same in a session that begins with the log', async () => {
    const first = await setUp()
    await first.engine.record([...likes, ...taught(200)])
    const second = await setUp({ store: first.store })
    expect(await listOf(second.engine)).toEqual(await listOf(first.engine))
  })
})

describe('one call returns to the model as it was built', () => {
  test('it survives a reload, is an event of the log, and can be taken back', async () => {
    const { engine, store } = await setUp()
    await engine.record([...likes, ...taught(200)])
    const learned = await learningOf(engine)
    await engine.resetLearning()
    expect((await learningOf(engine)).state).toBe('waiting')
    const again = await setUp({ store })
    expect((await learningOf(again.engine)).state).toBe('waiting')
    const [newest] = await engine.events()
    expect(newest!.kind).toBe('reset')
    await engine.remove([newest!.seq])
    expect(await learningOf(engine)).toEqual(learned)
  })

  test('the towers are those of the pack, too, and the taste stays', async () => {
    const { engine, notices, at, settle } = await setUp()
    const changes = () => notices.filter(({ type }) => type === 'learned').length
    await engine.record([6, 8, 10, 4, 12, 14, 0].map((index, i) => like(index, at(i))))
    const taste = await engine.taste()
    await settle()
    const tuned = changes()
    expect(tuned).toBeGreaterThan(0)
    await engine.resetLearning()
    expect(changes()).toBe(tuned + 1) // back to the pack's own
    await settle()
    expect(changes()).toBe(tuned + 1)
    expect(await engine.taste()).toEqual(taste)
  })
})

describe('the guard', () => {
  /** Guesses that the learned fusion favours are passed over, the others taken. */
  const badly = (isTaken: boolean) => ({
    ...{ policy: 'guess', propensity: 0.5 },
    chances: isTaken ? { shipped: 0.9, learned: 0.1 } : { shipped: 0.1, learned: 0.9 },
  })
  const well = (isTaken: boolean) => {
    const { shipped: learned, learned: shipped } = badly(isTaken).chances
    return { ...badly(isTaken), chances: { shipped, learned } }
  }

  test('switches a bad ranker off, states why, and goes on comparing', async () => {
    const { engine } = await setUp()
    await engine.record([...likes, ...taught(120, badly)])
    const learning = await learningOf(engine)
    expect(learning.state).toBe('off')
    expect(learning.guesses).toBe(119)
    expect(learning.interval![1]).toBeLessThan(0)
    const { items, slate } = await engine.recommend({ count: 8 })
    const guess = items.find(({ isGuess }) => isGuess)!
    const seen = { kind: 'impression', item: guess.id, slate } as const
    const [view] = await engine.record(seen)
    expect(view!.shown!.propensity).toBeCloseTo(view!.shown!.chances!.shipped, 6)
    const first = await engine.record({ ...seen, item: items[0]!.id })
    expect(first[0]!.shown!.policy).toBe('shipped')
  })

  test('leaves a good one on', async () => {
    const { engine } = await setUp()
    await engine.record([...likes, ...taught(120, well)])
    expect((await learningOf(engine)).state).toBe('on')
  })
})

test('a clock that jumps changes nothing: views count in the order they came in', async () => {
  const jumping = taught(200).map((event, i) => ({
    ...event,
    at: i < 100 ? event.at! : Date.UTC(2090, 0, 1) + event.at! - START,
  }))
  const [one, other] = [await setUp(), await setUp()]
  await one.engine.record(taught(200))
  await other.engine.record(jumping)
  expect(await learningOf(other.engine)).toEqual(await learningOf(one.engine))
})

test('a poisoned import moves no weight out of its bounds, and lists stay finite', async () => {
  const { engine } = await setUp()
  await engine.record(likes)
  const events = taught(300).map(({ shown, ...event }, i) => ({
    ...{ ...event, uid: `p${i}` },
    ...(shown ? { shown: { ...shown, parts: { cf: 100, popularity: -100 } } } : {}),
  }))
  const file = { ...(await engine.export()), events }
  await engine.import(file)
  for (const { score } of await listOf(engine))
    expect(Number.isFinite(score)).toBe(true)
  for (const parts of [{ cf: 1e308 }, { cf: null }]) {
    const bad = { ...events[0]!, uid: 'bad', shown: { ...events[0]!.shown, parts } }
    await expect(engine.import({ ...file, events: [bad] })).rejects.toThrow(
      'shown.parts',
    )
  }
})

test('a log of views without end is cut, and nothing that was done is lost', async () => {
  const { engine } = await setUp()
  await engine.record(likes)
  const views = Array.from({ length: MAX_VIEWS + 500 }, (_, i): EventInput => {
    return { kind: 'impression', item: `id${i % 24}`, at: START + i * 1000 }
  })
  await engine.record(views)
  await vi.waitFor(async () => expect((await engine.state()).events).toBe(24 * 60 + 3))
  const kept = await engine.events()
  expect(kept.filter(({ kind }) => kind === 'like')).toHaveLength(3)
})
