/** Visitors and clocks that no taste explains: lists stay what a list is. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSamplePack } from '../../engine/sample-folder.test-data.ts'
import { LATEST_AT } from '../../feedback/event.ts'
import { createHearth, type EventInput, type Hearth } from '../../index.node.ts'

const ITEMS = 30
const COUNT = 6
const DAY_MS = 86_400_000
const START_AT = Date.UTC(2026, 0, 1)

let pack = ''
beforeAll(async () => {
  pack = await writeSamplePack()
})
afterAll(() => rm(pack, { recursive: true, force: true }))

/** A visitor's Hearth under a clock that can be set. */
async function open() {
  let at = START_AT
  const hearth = await createHearth({ pack, storage: 'memory', seed: 3, now: () => at })
  return {
    hearth,
    now: () => at,
    setClock: (to: number) => {
      at = to
    },
  }
}

/** Asks for a list and holds it to what a list is; gives its ids. */
async function saneList(hearth: Hearth, reacted: ReadonlySet<string>) {
  const { items, slate } = await hearth.recommend({ count: COUNT })
  const ids = items.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => reacted.has(id))).toEqual([])
  expect(ids.length).toBe(Math.min(COUNT, ITEMS - reacted.size))
  for (const { score, match, components } of items) {
    expect(Number.isFinite(score)).toBe(true)
    expect(Object.values(components).every(Number.isFinite)).toBe(true)
    expect(match ?? 0.5).toBeGreaterThan(0) // none where nothing was calibrated
    expect(match ?? 0.5).toBeLessThan(1)
  }
  return { ids, slate }
}

const seenOf = (ids: readonly string[], slate: string): EventInput[] =>
  ids.map((item) => ({ kind: 'impression', item, slate }))
const isSea = (id: string) => id === 'dune' || Number(id.slice(5)) % 2 === 0

test('a clock that jumps back a year and on to the last that is stored', async () => {
  const { hearth, setClock } = await open()
  const reacted = new Set<string>()
  const clocks = [0, -365 * DAY_MS, 30 * DAY_MS, 0, 3650 * DAY_MS]
  for (const [i, jump] of [...clocks, LATEST_AT - START_AT, -START_AT, 0].entries()) {
    setClock(START_AT + jump)
    const { ids, slate } = await saneList(hearth, reacted)
    const liked = ids.find(isSea)
    await hearth.record(seenOf(ids, slate))
    if (liked === undefined || i > 4) continue
    await hearth.record([
      { kind: 'click', item: liked, slate },
      { kind: 'like', item: liked },
    ])
    reacted.add(liked)
  }
  // the taste outlives the jumps
  const { items } = await hearth.recommend({ count: 3 })
  expect(items.filter(({ id }) => isSea(id)).length).toBeGreaterThanOrEqual(2)
  await hearth.close()
})

test('a visitor who opens and likes everything comes to the end of the catalogue', async () => {
  const { hearth } = await open()
  const reacted = new Set<string>()
  for (let list = 0; list < ITEMS / COUNT; list++) {
    const { ids, slate } = await saneList(hearth, reacted)
    await hearth.record([
      ...seenOf(ids, slate),
      ...ids.flatMap((item): EventInput[] => [
        { kind: 'click', item, slate },
        { kind: 'like', item },
      ]),
    ])
    for (const id of ids) reacted.add(id)
  }
  expect(reacted.size).toBe(ITEMS)
  expect((await hearth.recommend({ count: COUNT })).items).toEqual([])
  await hearth.close()
})

test('a visitor who passes over everything still gets full lists', async () => {
  const { hearth } = await open()
  for (let list = 0; list < 40; list++) {
    const { ids, slate } = await saneList(hearth, new Set())
    await hearth.record(seenOf(ids, slate))
  }
  await hearth.close()
})

test('a bot that clicks the same item a thousand times teaches that item, once', async () => {
  const { hearth, now } = await open()
  await hearth.record({ kind: 'like', item: 'item-3' })
  const before = await hearth.recommend({ count: COUNT })
  const clicks = Array.from(
    { length: 1000 },
    (_, n): EventInput => ({
      ...{ kind: 'click', item: 'item-5', at: now() + n },
    }),
  )
  await hearth.record(clicks)
  const { ids } = await saneList(hearth, new Set(['item-3', 'item-5']))
  expect(ids.filter((id) => !isSea(id)).length).toBeGreaterThan(COUNT / 2)
  const events = await hearth.profile.events()
  await hearth.profile.remove(
    events.filter(({ item }) => item === 'item-5').map(({ seq }) => seq),
  )
  const after = await hearth.recommend({ count: COUNT })
  expect(after.items.map(({ id, score }) => [id, score])).toEqual(
    before.items.map(({ id, score }) => [id, score]),
  )
  await hearth.close()
})

test('a bot that reports what no page shows is heard of the catalogue alone', async () => {
  const { hearth } = await open()
  await hearth.record([
    { kind: 'click', item: '../../etc/passwd' },
    { kind: 'impression', item: '<script>', slate: 'no-such-list' },
    { kind: 'click', item: 'item-2', slate: 'no-such-list' },
  ])
  expect((await hearth.state()).events).toBe(1)
  await saneList(hearth, new Set(['item-2']))
  await hearth.close()
})

test('a tab that slept for a week reports what it had shown, and its taste is still there', async () => {
  const { hearth, now, setClock } = await open()
  await hearth.record([
    { kind: 'like', item: 'item-4' },
    { kind: 'like', item: 'item-8' },
  ])
  const reacted = new Set(['item-4', 'item-8'])
  const { ids, slate } = await saneList(hearth, reacted)
  const seenAt = now()
  setClock(seenAt + 7 * DAY_MS)
  // what was under way when the tab fell asleep arrives with the time it was seen at
  await hearth.record(seenOf(ids, slate).map((event) => ({ ...event, at: seenAt })))
  const liked = ids.find(isSea)!
  await hearth.record({ kind: 'click', item: liked, slate })
  const next = await saneList(hearth, new Set([...reacted, liked]))
  expect(next.ids.filter(isSea).length).toBeGreaterThan(COUNT / 2)
  await hearth.close()
})

test('the same session twice gives the same lists, event by event', async () => {
  const run = async () => {
    const { hearth } = await open()
    const lists: string[] = []
    for (let list = 0; list < 5; list++) {
      const { items, slate } = await hearth.recommend({ count: COUNT })
      const ids = items.map(({ id }) => id)
      lists.push(ids.join())
      await hearth.record(seenOf(ids, slate))
      await hearth.record({ kind: 'click', item: ids[list % COUNT]!, slate })
    }
    await hearth.close()
    return lists
  }
  expect(await run()).toEqual(await run())
})
