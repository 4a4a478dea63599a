import { describe, expect, test } from 'vitest'
import { en } from '../explain/messages/en.ts'
import { reasonText } from '../explain/messages/messages.ts'
import type { Engine } from './calls.ts'
import type { Reason, Shelves } from './hearth.ts'
import { like, setUp } from './sample-engine.test-data.ts'

/** The titles that are for the visitor. */
function newTitles({ shelves }: Shelves) {
  return shelves
    .filter(({ kind }) => kind === 'for-you')
    .flatMap(({ items }) => items.map(({ title }) => title))
}
const textOf = (reason: Reason | undefined) => reason && reasonText(reason, en)

describe('a stranger', () => {
  test('gets the common shelves, most read first, with no device opened', async () => {
    const opened: string[] = []
    const { engine } = await setUp({
      openTowers: async () => {
        opened.push('towers')
        throw new Error('not wanted')
      },
    })
    const lists = await engine.shelves({ count: 5 })
    expect(lists.eventCount).toBe(0)
    expect(lists.shelves.map(({ kind }) => kind)).toEqual(['popular', 'different'])
    expect(lists.shelves[0]!.items[0]!.title).toBe('Sea 0')
    expect(opened).toEqual([])
  })
})

test('the common shelf continues as the first screen began, then by popularity', async () => {
  const { engine } = await setUp({ firstItems: [5, 3] })
  const [common] = (await engine.shelves({ count: 4 })).shelves
  const titles = common!.items.map(({ title }) => title)
  expect(titles).toEqual(['Space 5', 'Space 3', 'Sea 0', 'Space 1'])
})

test('the headline is what put the item on its shelf', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1)), like(9, at(2))])
  const { shelves } = await engine.shelves({ count: 3 })
  const said = (kind: string) =>
    shelves
      .find((shelf) => shelf.kind === kind)!
      .items.map(({ headline }) => textOf(headline))
  expect(new Set(said('continue'))).toEqual(new Set(['you liked it']))
  expect(said('different').every((text) => text?.startsWith('a guess'))).toBe(true)
})

describe('a like', () => {
  test('fills "For you" with the liked taste, for that reason', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0))])
    const lists = await engine.shelves({ count: 4 })
    const [forYou] = lists.shelves
    expect(forYou!.kind).toBe('for-you')
    expect(newTitles(lists).every((title) => title.startsWith('Sea'))).toBe(true)
    expect(newTitles(lists)).not.toContain('Sea 6')
    for (const { reasons } of forYou!.items) {
      expect(reasons.map(textOf).join('\n')).toContain('Sea 6')
    }
  })

  test('adds up: the components of each item sum to its score', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0)), like(8, at(1))])
    const lists = await engine.shelves({ count: 6 })
    const items = lists.shelves.flatMap((shelf) => shelf.items)
    expect(items.length).toBeGreaterThan(6)
    for (const { score, components } of items) {
      const sum = Object.values(components).reduce((total, part) => total + part, 0)
      expect(sum).toBeCloseTo(score, 3)
    }
  })

  test('recorded twice under one uid counts once', async () => {
    const { engine, at } = await setUp()
    const event = { ...like(6, at(0)), uid: 'same' }
    const [first] = await engine.record(event)
    const [again, alike] = await engine.record([event, event])
    expect(again!.seq).toBe(first!.seq)
    expect(alike!.seq).toBe(first!.seq)
    expect(await engine.events()).toHaveLength(1)
  })

  test('is shown as a reaction with the event that takes it back', async () => {
    const { engine, at } = await setUp()
    const [event] = await engine.record([like(6, at(0))])
    const detail = await engine.item('id6')
    expect(detail?.item.reaction?.liked).toBe(event!.seq)
  })
})

test('removing the event gives exactly the list from before it', async () => {
  const { engine, at, settle } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1))])
  await settle()
  const before = await engine.item('id10')
  const [event] = await engine.record([like(7, at(2))])
  await settle()
  expect((await engine.item('id10'))?.item.score).not.toBe(before?.item.score)
  await engine.remove([event!.seq])
  await settle()
  expect((await engine.item('id10'))?.item).toEqual(before?.item)
})

test('"not for me" takes the item out of every shelf', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0))])
  await engine.record([{ kind: 'dislike', item: 'id0', at: at(1) }])
  const lists = await engine.shelves({ count: 12 })
  const shown = lists.shelves.flatMap(({ items }) => items.map(({ id }) => id))
  expect(shown).not.toContain('id0')
})

test('no item is shown twice among the shelves of new things', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(9, at(1))])
  const lists = await engine.shelves({ count: 4 })
  const fresh = lists.shelves.filter(({ kind }) => kind !== 'continue')
  const ids = fresh.flatMap(({ items }) => items.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('events on items that the catalogue does not hold are ignored', async () => {
  const { engine, at } = await setUp()
  expect(await engine.record([{ ...like(1, at(0)), item: 'gone' }])).toEqual([])
  expect(await engine.events()).toEqual([])
})

test('reports a change once, as its own, with its kinds', async () => {
  const { engine, notices, at } = await setUp()
  await engine.record([like(6, at(0))])
  const changes = notices.filter(({ type }) => type === 'change')
  expect(changes).toEqual([
    { type: 'change', event: { origin: 'own', kinds: ['like'] } },
  ])
})

test('erase forgets events, taste and what was learned', async () => {
  const { engine, at, settle } = await setUp()
  const stranger = await engine.item('id10')
  await engine.record([like(6, at(0)), like(8, at(1)), like(4, at(2))])
  await settle()
  await engine.erase()
  expect(await engine.events()).toEqual([])
  expect((await engine.taste()).attributes).toEqual([])
  expect((await engine.item('id10'))?.item).toEqual(stranger?.item)
})

test('an exported profile makes the same list on another device', async () => {
  const here = await setUp()
  const there = await setUp()
  await here.engine.record([like(6, here.at(0)), like(9, here.at(1))])
  const file = JSON.parse(JSON.stringify(await here.engine.export()))
  expect(await there.engine.import(file)).toBe(2)
  const score = async (engine: Engine) => (await engine.item('id10'))?.item.score
  expect(await score(there.engine)).toBe(await score(here.engine))
})

test('a foreign profile file is refused and nothing changes', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0))])
  await expect(engine.import({ format: 'other' })).rejects.toMatchObject({
    code: 'bad-profile',
  })
  expect(await engine.events()).toHaveLength(1)
})

test.each([0, -1, 1.5, 51, Number.NaN])('refuses a list of %s', async (count) => {
  const { engine } = await setUp()
  await expect(engine.shelves({ count })).rejects.toMatchObject({
    code: 'bad-argument',
  })
})

test.each([-0.1, 1.1, Number.NaN])('refuses a surprise of %s', async (surprise) => {
  const { engine } = await setUp()
  await expect(engine.recommend({ surprise })).rejects.toMatchObject({
    code: 'bad-argument',
  })
})

describe('the one recommended list', () => {
  test('is what everyone starts with, to a stranger', async () => {
    const { engine } = await setUp()
    const { items, eventCount } = await engine.recommend({ count: 3 })
    expect(items.map(({ id }) => id)).toEqual(['id0', 'id1', 'id2'])
    expect(eventCount).toBe(0)
  })

  test('is the first shelf, to anybody else', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0)), like(9, at(1)), like(12, at(2))])
    const { items } = await engine.recommend({ count: 5 })
    const [forYou] = (await engine.shelves({ count: 5 })).shelves
    expect(items).toEqual(forYou!.items)
  })

  test('leaves out what the caller names, and ids that nobody knows', async () => {
    const { engine, at } = await setUp()
    const exclude = ['id0', 'id2', 'gone']
    const common = await engine.recommend({ count: 12, exclude })
    await engine.record(like(6, at(0)))
    const own = await engine.recommend({ count: 12, exclude })
    const ids = [...common.items, ...own.items].map(({ id }) => id)
    expect(ids.filter((id) => exclude.includes(id))).toEqual([])
  })
})

test('every list has a slate of its own, and events keep the one they came of', async () => {
  const { engine, at } = await setUp()
  const { slate } = await engine.recommend()
  const other = await engine.shelves()
  expect(slate).not.toBe(other.slate)
  expect(slate.split('-')[0]).toBe(other.slate.split('-')[0])
  await engine.record({ ...like(6, at(0)), slate })
  expect((await engine.events())[0]).toMatchObject({ item: 'id6', slate })
})

describe('the page of an item', () => {
  test('is not explained by its own opening, which was recorded first', async () => {
    const { engine, at } = await setUp()
    const before = await engine.item('id6')
    await engine.record({ kind: 'click', item: 'id6', at: at(0) })
    const after = await engine.item('id6')
    expect(JSON.stringify(after?.item.reasons)).not.toContain('id6')
    expect(after?.item.components.content).toBe(before?.item.components.content)
    await engine.record([like(8, at(1)), like(6, at(2))])
    const { item } = (await engine.item('id6'))!
    expect(item.reasons.map(textOf).join()).toContain('Sea 8')
    expect(JSON.stringify(item.reasons)).not.toContain('id6')
    expect(item.reaction?.liked).toBeDefined()
  })

  test('gives its related items the same reasons once it was opened', async () => {
    const { engine, at } = await setUp()
    const reasonsNow = async () =>
      (await engine.related('id6')).items.flatMap(({ reasons }) => reasons.map(textOf))
    const before = await reasonsNow()
    expect(before.join()).toContain('often chosen together')
    await engine.record({ kind: 'click', item: 'id6', at: at(0) })
    expect(await reasonsNow()).toEqual(before)
  })

  test('has related items without the item itself', async () => {
    const { engine, at } = await setUp()
    await engine.record(like(6, at(0)))
    const { items } = await engine.related('id6', { count: 50 })
    expect(items.length).toBeGreaterThan(5)
    expect(items.map(({ id }) => id)).not.toContain('id6')
    expect((await engine.related('gone')).items).toEqual([])
  })
})

test('no item of a shelf is a reason for itself', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1)), like(9, at(2))])
  const { shelves } = await engine.shelves()
  expect(shelves.map(({ kind }) => kind)).toContain('continue')
  for (const { id, reasons } of shelves.flatMap(({ items }) => items)) {
    expect(JSON.stringify(reasons)).not.toContain(`"id":"${id}"`)
  }
})

test('lists count positive events; the state counts every event', async () => {
  const { engine, at } = await setUp()
  await engine.record({ kind: 'impression', item: 'id1', at: at(0) })
  expect((await engine.shelves()).eventCount).toBe(0)
  expect((await engine.state()).events).toBe(1)
})
