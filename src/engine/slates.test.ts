import { expect, test } from 'vitest'
import type { LoggedEvent } from '../feedback/event.ts'
import { GUESS_PLACE } from '../scoring/rank.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const onlyOne = ([event]: readonly LoggedEvent[]) => event!

test('an impression of a list made here is stored with its place, policy and parts', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(0, at(0)), like(2, at(1)), like(4, at(2))])
  const { items, slate } = await engine.recommend({ count: 6 })
  const seen = { kind: 'impression', slate, at: at(3) } as const
  const logged = await engine.record(items.map(({ id }) => ({ ...seen, item: id })))
  expect(logged.map(({ shown }) => shown?.place)).toEqual([0, 1, 2, 3, 4, 5])
  logged.forEach(({ shown }, place) => {
    const { components, isGuess } = items[place]!
    expect(shown!.policy).toBe(isGuess ? 'guess' : 'shipped')
    if (isGuess) expect(shown!.propensity).toBeLessThan(1)
    else expect(shown!.propensity).toBe(1)
    for (const [name, part] of Object.entries(components)) {
      expect(shown!.parts[name] ?? 0).toBeCloseTo(part, 3)
    }
  })
  expect(items[GUESS_PLACE]!.isGuess).toBe(true)
})

test('every shelf, and what is related or found, is a list of its own', async () => {
  const { engine, at } = await setUp()
  await engine.record(like(0, at(0)))
  const { shelves, slate } = await engine.shelves({ count: 4 })
  for (const { kind, items } of shelves) {
    const item = items[1]?.id ?? items[0]!.id
    const event = onlyOne(await engine.record({ kind: 'impression', item, slate }))
    expect(event.shown).toMatchObject({
      policy: kind === 'for-you' ? 'shipped' : kind,
      place: items.length > 1 ? 1 : 0,
    })
  }
  const related = await engine.related('id0', { count: 3 })
  const seen = { kind: 'impression', item: related.items[2]!.id } as const
  const event = onlyOne(await engine.record({ ...seen, slate: related.slate }))
  expect(event.shown).toMatchObject({ policy: 'related', place: 2, propensity: 1 })
})

test('an impression of an unknown list, or a click, has no such field', async () => {
  const { engine } = await setUp()
  const { items, slate } = await engine.recommend()
  const item = items[0]!.id
  const elsewhere = await engine.record({ kind: 'impression', item, slate: 'x-1' })
  expect(onlyOne(elsewhere)).not.toHaveProperty('shown')
  const click = await engine.record({ kind: 'click', item, slate })
  expect(onlyOne(click)).not.toHaveProperty('shown')
})

test('it is exported and imported, and a log without it stays valid', async () => {
  const first = await setUp()
  const { items, slate } = await first.engine.recommend()
  const seen = { kind: 'impression', item: items[0]!.id, slate } as const
  const { shown } = onlyOne(await first.engine.record(seen))
  const second = await setUp()
  const file = JSON.parse(JSON.stringify(await first.engine.export()))
  await second.engine.import(file)
  expect((await second.engine.events())[0]!.shown).toEqual(shown)
  delete file.events[0].shown
  file.events[0].uid = 'other'
  expect(await second.engine.import(file)).toBe(1)
})
