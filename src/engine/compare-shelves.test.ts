import { expect, test } from 'vitest'
import { TEAMS } from '../feedback/opens.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const forYou = async ({
  engine,
}: Pick<Awaited<ReturnType<typeof setUp>>, 'engine'>) => {
  const { shelves, slate } = await engine.shelves({ count: 6, compare: true })
  return {
    shelves,
    slate,
    items: shelves.find(({ kind }) => kind === 'for-you')!.items,
  }
}

test('the shelf for the visitor is drafted from their list and what is widely chosen', async () => {
  const here = await setUp()
  await here.engine.record([like(0, here.at(0)), like(2, here.at(1))])
  const { items, slate, shelves } = await forYou(here)
  const seen = { kind: 'impression', slate, at: here.at(3) } as const
  const logged = await here.engine.record(
    items.map(({ id }) => ({ ...seen, item: id })),
  )
  const teams = logged.map(({ shown }) => shown!.policy)
  expect(teams.filter((team) => team === TEAMS.own)).toHaveLength(3)
  expect(teams.filter((team) => team === TEAMS.other)).toHaveLength(3)
  // id1 is the most popular of what is not known: the other team's first
  const others = items.filter((_, place) => teams[place] === TEAMS.other)
  expect(others[0]!.id).toBe('id1')
  const all = shelves.flatMap(({ items }) => items.map(({ id }) => id))
  expect(new Set(all).size).toBe(all.length)
  expect(items.some(({ isGuess }) => isGuess)).toBe(false)
})

test('opens are counted by team, and by list where nothing was compared', async () => {
  const here = await setUp()
  await here.engine.record([like(0, here.at(0)), like(2, here.at(1))])
  const { items, slate } = await forYou(here)
  await here.engine.record(
    items.map(({ id }) => ({ kind: 'impression', slate, item: id })),
  )
  const clicks = await here.engine.record(
    items.slice(0, 2).map(({ id }) => ({ kind: 'click', slate, item: id })),
  )
  const counts = await here.engine.opens()
  expect(counts.teams).toEqual({ own: 1, other: 1 }) // a round has one of each
  expect(counts.lists).toEqual([{ list: 'for-you', opens: 2, views: 6 }])
  await here.engine.remove([clicks[0]!.seq])
  expect((await here.engine.opens()).opens).toBe(1)
  expect((await here.engine.opens({ last: 1 })).opens).toBe(1)
})

test('the same log and seed give the same draft, and not comparing leaves the shelf alone', async () => {
  const ids = async (compare: boolean) => {
    const { engine, at } = await setUp()
    await engine.record([like(0, at(0)), like(2, at(1))])
    const { shelves } = await engine.shelves({ count: 6, compare })
    return shelves[0]!.items.map(({ id }) => id)
  }
  expect(await ids(true)).toEqual(await ids(true))
  expect(await ids(false)).not.toEqual(await ids(true))
})

test('a stranger has nothing to compare', async () => {
  const { engine } = await setUp()
  const { shelves } = await engine.shelves({ count: 6, compare: true })
  const plain = await engine.shelves({ count: 6 })
  expect(shelves).toEqual(plain.shelves)
})

test('refuses a number of opens that there cannot be', async () => {
  const { engine } = await setUp()
  await expect(engine.opens({ last: 0 })).rejects.toMatchObject({
    code: 'bad-argument',
  })
})
