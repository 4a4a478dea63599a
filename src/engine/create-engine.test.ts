import { describe, expect, test } from 'vitest'
import type { Engine, Feed } from './hearth.ts'
import { like, setUp } from './sample-engine.test-data.ts'

/** Every pick of the feed but what the visitor already knows. */
function newTitles(feed: Feed) {
  return feed.shelves
    .filter(({ kind }) => kind === 'for-you')
    .flatMap(({ picks }) => picks.map(({ item }) => item.title))
}

describe('a stranger', () => {
  test('gets the common shelves, most read first, with no device opened', async () => {
    const opened: string[] = []
    const { engine } = await setUp({
      openTowers: async () => {
        opened.push('towers')
        throw new Error('not wanted')
      },
    })
    const feed = await engine.shelves({ count: 5 })
    expect(feed.eventCount).toBe(0)
    expect(feed.shelves.map(({ kind }) => kind)).toEqual(['trending', 'different'])
    expect(feed.shelves[0].picks[0].item.title).toBe('Sea 0')
    expect(opened).toEqual([])
  })
})

test('the common shelf goes on as the first screen began, then by popularity', async () => {
  const { engine } = await setUp({ firstRows: [5, 3] })
  const [common] = (await engine.shelves({ count: 4 })).shelves
  const titles = common.picks.map(({ item }) => item.title)
  expect(titles).toEqual(['Space 5', 'Space 3', 'Sea 0', 'Space 1'])
})

test('a card says what put it on its shelf', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1)), like(9, at(2))])
  const { shelves } = await engine.shelves({ count: 3 })
  const said = (kind: string) =>
    shelves
      .find((shelf) => shelf.kind === kind)!
      .picks.map(({ headline }) => headline?.text)
  expect(new Set(said('continue'))).toEqual(new Set(['you liked it']))
  expect(said('different').every((text) => text?.startsWith('a guess'))).toBe(true)
})

describe('a like', () => {
  test('fills "For you" with the liked taste and says why', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0))])
    const feed = await engine.shelves({ count: 4 })
    const [forYou] = feed.shelves
    expect(forYou.kind).toBe('for-you')
    expect(newTitles(feed).every((title) => title.startsWith('Sea'))).toBe(true)
    expect(newTitles(feed)).not.toContain('Sea 6')
    for (const { reasons } of forYou.picks) {
      expect(reasons.map(({ text }) => text).join('\n')).toContain('Sea 6')
    }
  })

  test('adds up: the parts of each pick sum to its score', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0)), like(8, at(1))])
    const feed = await engine.shelves({ count: 6 })
    const picks = feed.shelves.flatMap((shelf) => shelf.picks)
    expect(picks.length).toBeGreaterThan(6)
    for (const { score, components } of picks) {
      const sum = Object.values(components).reduce((total, part) => total + part, 0)
      expect(sum).toBeCloseTo(score, 3)
    }
  })

  test('told twice in the same millisecond counts once', async () => {
    const { engine, at } = await setUp()
    const [first] = await engine.record([like(6, at(0))])
    const [again] = await engine.record([like(6, at(0))])
    expect(again.seq).toBe(first.seq)
    expect(await engine.events()).toHaveLength(1)
  })

  test('is shown as a reaction with the event that takes it back', async () => {
    const { engine, at } = await setUp()
    const [event] = await engine.record([like(6, at(0))])
    const detail = await engine.item('id6')
    expect(detail?.pick.reaction?.liked).toBe(event.seq)
  })
})

test('removing the event gives exactly the feed from before it', async () => {
  const { engine, at, settle } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1))])
  await settle()
  const before = await engine.item('id10')
  const [event] = await engine.record([like(7, at(2))])
  await settle()
  expect((await engine.item('id10'))?.pick.score).not.toBe(before?.pick.score)
  await engine.remove([event.seq])
  await settle()
  expect((await engine.item('id10'))?.pick).toEqual(before?.pick)
})

test('"not for me" takes the item out of the feed', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0))])
  await engine.record([{ kind: 'dislike', item: 'id0', at: at(1) }])
  const feed = await engine.shelves({ count: 12 })
  const shown = feed.shelves.flatMap(({ picks }) => picks.map(({ item }) => item.id))
  expect(shown).not.toContain('id0')
})

test('no item is shown twice among the shelves of new things', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(9, at(1))])
  const feed = await engine.shelves({ count: 4 })
  const fresh = feed.shelves.filter(({ kind }) => kind !== 'continue')
  const ids = fresh.flatMap(({ picks }) => picks.map(({ item }) => item.id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('signals on items that the catalogue does not hold are ignored', async () => {
  const { engine, at } = await setUp()
  expect(await engine.record([{ ...like(1, at(0)), item: 'gone' }])).toEqual([])
  expect(await engine.events()).toEqual([])
})

test('tells the page once a change', async () => {
  const { engine, notices, at } = await setUp()
  await engine.record([like(6, at(0))])
  expect(notices.filter(({ type }) => type === 'profile-changed')).toHaveLength(1)
})

test('erase forgets events, taste and what was learned', async () => {
  const { engine, at, settle } = await setUp()
  const stranger = await engine.item('id10')
  await engine.record([like(6, at(0)), like(8, at(1)), like(4, at(2))])
  await settle()
  await engine.erase()
  expect(await engine.events()).toEqual([])
  expect((await engine.taste()).attributes).toEqual([])
  expect((await engine.item('id10'))?.pick).toEqual(stranger?.pick)
})

test('an exported profile makes the same list on another device', async () => {
  const here = await setUp()
  const there = await setUp()
  await here.engine.record([like(6, here.at(0)), like(9, here.at(1))])
  const file = JSON.parse(JSON.stringify(await here.engine.export()))
  expect(await there.engine.import(file)).toBe(2)
  const score = async (engine: Engine) => (await engine.item('id10'))?.pick.score
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
  await expect(engine.shelves({ count })).rejects.toMatchObject({ code: 'bad-argument' })
})
