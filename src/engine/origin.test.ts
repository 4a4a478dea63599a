/** Who changed the log: this engine, or somebody else on the same profile. */
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test, vi } from 'vitest'
import { createHub, openOn } from '../store/profile.test-kit.ts'
import type { EngineNotice } from './calls.ts'
import type { HearthEvents } from './hearth.ts'
import { like, setUp } from './sample-engine.test-data.ts'

/** Long enough for a store to have reported every change, ms. */
const QUIET_MS = 60
const quiet = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS))

async function twoEngines() {
  const disk = new IDBFactory()
  const channel = createHub()
  const [here, there] = [
    await setUp({ store: await openOn(disk, { channel }) }),
    await setUp({ store: await openOn(disk, { channel }) }),
  ]
  return { here, there, at: here.at }
}

const isChange = (
  notice: EngineNotice,
): notice is { type: 'change'; event: HearthEvents['change'] } =>
  notice.type === 'change'
const changesOf = ({ notices }: { notices: readonly EngineNotice[] }) =>
  notices.filter(isChange).map(({ event }) => event)

describe('two engines on one profile', () => {
  test('each reports what it recorded once, and the other hears of it as other', async () => {
    const { here, there, at } = await twoEngines()
    await here.engine.record([like(6, at(0)), like(8, at(1))])
    await vi.waitFor(() => expect(changesOf(there)).toHaveLength(1))
    await quiet()
    expect(changesOf(here)).toEqual([{ origin: 'own', kinds: ['like', 'like'] }])
    expect(changesOf(there)).toEqual([{ origin: 'other', kinds: ['like', 'like'] }])
  })

  test('what comes at the same time as an own event is still another’s', async () => {
    const { here, there, at } = await twoEngines()
    await Promise.all([
      here.engine.record(like(6, at(0))),
      there.engine.record({ kind: 'save', item: 'id8', at: at(1) }),
    ])
    await here.engine.record(like(4, at(2)))
    await vi.waitFor(() => {
      const others = (side: typeof here) =>
        changesOf(side).filter(({ origin }) => origin === 'other')
      expect(others(here).flatMap(({ kinds = [] }) => kinds)).toEqual(['save'])
      expect(others(there).flatMap(({ kinds = [] }) => kinds)).toEqual(['like', 'like'])
    })
    await quiet()
    const own = changesOf(here).filter(({ origin }) => origin === 'own')
    expect(own).toEqual([
      { origin: 'own', kinds: ['like'] },
      { origin: 'own', kinds: ['like'] },
    ])
    expect(await here.engine.events()).toHaveLength(3)
    expect(await there.engine.events()).toHaveLength(3)
  })

  test('a removal, an erase and an import are own here and other there', async () => {
    const { here, there, at } = await twoEngines()
    const [first] = await here.engine.record([like(6, at(0)), like(8, at(1))])
    await vi.waitFor(() => expect(changesOf(there)).toHaveLength(1))
    const file = await here.engine.export()
    for (const [i, change] of [
      () => here.engine.remove([first!.seq]),
      () => here.engine.erase(),
      () => here.engine.import(file),
    ].entries()) {
      await change()
      await vi.waitFor(() => expect(changesOf(there)).toHaveLength(i + 2))
      await quiet()
    }
    const own = { origin: 'own' }
    expect(changesOf(here).slice(1)).toEqual([own, own, own])
    expect(changesOf(there).map(({ origin }) => origin)).toEqual(Array(4).fill('other'))
  })

  test('a removal that meets another’s event reports both', async () => {
    const { here, there, at } = await twoEngines()
    const [first] = await here.engine.record(like(6, at(0)))
    await vi.waitFor(() => expect(changesOf(there)).toHaveLength(1))
    await there.engine.record(like(8, at(1)))
    await here.engine.remove([first!.seq]) // before it has heard of the other's
    await quiet()
    expect(changesOf(here).map(({ origin }) => origin)).toEqual(['own', 'own', 'other'])
    expect((await here.engine.events()).map(({ item }) => item)).toEqual(['id8'])
  })

  test('nothing is reported that changed nothing', async () => {
    const { here, there, at } = await twoEngines()
    const event = { ...like(6, at(0)), uid: 'same' }
    await here.engine.record(event)
    await here.engine.record(event)
    await here.engine.remove([99])
    await here.engine.setStorage('persistent')
    await vi.waitFor(() => expect(changesOf(there)).toHaveLength(1))
    await quiet()
    expect(changesOf(here)).toHaveLength(1)
    expect(changesOf(there)).toHaveLength(1)
  })
})

describe('a profile that moves', () => {
  test('to memory is gone from the disk, and from every other engine', async () => {
    const { here, there, at } = await twoEngines()
    await here.engine.record(like(6, at(0)))
    await vi.waitFor(() => expect(changesOf(there)).toHaveLength(1))
    await here.engine.setStorage('memory')
    expect((await here.engine.state()).profile.mode).toBe('memory')
    expect(await here.engine.events()).toHaveLength(1)
    await vi.waitFor(async () => expect(await there.engine.events()).toEqual([]))
    await quiet()
    expect(changesOf(here)).toHaveLength(1) // its log is what it was
  })

  test('back to the disk takes on what is there by now', async () => {
    const { here, there, at } = await twoEngines()
    await here.engine.setStorage('memory')
    await here.engine.record(like(6, at(0)))
    await there.engine.record(like(8, at(1)))
    await here.engine.setStorage('persistent')
    expect((await here.engine.state()).profile.mode).toBe('indexeddb')
    const itemsHere = (await here.engine.events()).map(({ item }) => item)
    expect(itemsHere.toSorted()).toEqual(['id6', 'id8'])
    await vi.waitFor(async () => expect(await there.engine.events()).toHaveLength(2))
  })

  test('has its events removed by the numbers they had, as an own change', async () => {
    const { here, at } = await twoEngines()
    await here.engine.setStorage('memory')
    const [event] = await here.engine.record(like(6, at(0)))
    await here.engine.setStorage('persistent')
    await here.engine.remove([event!.seq])
    expect(await here.engine.events()).toEqual([])
    await quiet()
    expect(changesOf(here).map(({ origin }) => origin)).toEqual(['own', 'own'])
  })

  test('nowhere, for a word that is none', async () => {
    const { engine } = await setUp()
    await expect(engine.setStorage('disk' as 'memory')).rejects.toMatchObject({
      code: 'bad-argument',
    })
  })
})
