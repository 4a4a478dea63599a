/** What every profile store promises, on disk and in memory alike. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import type { FeedbackEvent } from '../feedback/event.ts'
import { openProfile } from './open-store.ts'
import type { ProfileStore } from './profile-store.ts'

const click = (item: string, at = 1): FeedbackEvent => ({ kind: 'click', at, item })
const itemsOf = async (store: ProfileStore) =>
  (await store.events()).map(({ item }) => item)

describe.each([
  { mode: 'indexeddb' as const, storage: 'persistent' as const },
  { mode: 'memory' as const, storage: 'memory' as const },
])('a profile in $mode', ({ mode, storage }) => {
  let uids = 0
  const tasks: (() => void)[] = []
  const runTasks = async () => {
    for (const task of tasks.splice(0)) task()
    await Promise.resolve()
  }
  const open = (name = 'test') =>
    openProfile({
      onDemand: () => import('./on-demand.ts'),
      ...{ name, storage, now: () => 77, uid: () => `uid-${++uids}` },
      indexedDB: new IDBFactory(),
      later: (task) => void tasks.push(task),
    })

  test('states where it keeps events, and why when in memory', async () => {
    const store = await open()
    expect(store.state().mode).toBe(mode)
    expect(store.state().reason).toEqual(
      storage === 'memory'
        ? expect.stringContaining('until you close this page')
        : undefined,
    )
  })

  test('lists what was appended, in order, under rising numbers', async () => {
    const store = await open()
    const first = store.append([click('a'), click('b')])
    const second = store.append([{ kind: 'rate', at: 3, item: 'c', value: 4 }])
    expect(await store.events()).toEqual([...(await first), ...(await second)])
    expect((await store.events()).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect((await store.events())[2]).toMatchObject({
      ...{ kind: 'rate', at: 3, item: 'c', value: 4 },
    })
    expect(await store.append([])).toEqual([])
  })

  test('removes single events for good and never gives their number again', async () => {
    const store = await open()
    await store.append([click('a'), click('b'), click('c')])
    await store.remove([3, 1])
    expect(await itemsOf(store)).toEqual(['b'])
    const [next] = await store.append([click('d')])
    expect(next?.seq).toBe(4)
    expect(await itemsOf(store)).toEqual(['b', 'd'])
  })

  test('erase forgets events and snapshots, and never gives a number again', async () => {
    const store = await open()
    await store.append([click('a'), click('b')])
    await store.writeSnapshot('tower', { lastSeq: 2, fingerprint: 'f', value: 1 })
    await store.erase()
    expect(await store.events()).toEqual([])
    expect(await store.readSnapshot('tower')).toBeUndefined()
    const [next] = await store.append([click('c')])
    expect(next?.seq).toBe(3)
    expect(await itemsOf(store)).toEqual(['c'])
  })

  test('keeps a copy of a snapshot, until an event it may hold is removed', async () => {
    const store = await open()
    await store.append([click('a'), click('b')])
    const value = Float32Array.of(0.5, -1)
    const written = store.writeSnapshot('w', { lastSeq: 2, fingerprint: 'f', value })
    value[0] = 9
    await written
    const wanted = { lastSeq: 2, fingerprint: 'f', value: Float32Array.of(0.5, -1) }
    expect(await store.readSnapshot('w')).toEqual(wanted)
    await store.remove([1])
    expect(await store.readSnapshot('w')).toBeUndefined()
  })

  test('refuses a snapshot begun before a removal, takes one of newer events', async () => {
    const store = await open()
    await store.append([click('a'), click('b')])
    await store.remove([1])
    await store.events()
    await store.writeSnapshot('w', { lastSeq: 2, fingerprint: 'f', value: 'stale' })
    expect(await store.readSnapshot('w')).toBeUndefined()
    await store.append([click('c')])
    await store.writeSnapshot('w', { lastSeq: 3, fingerprint: 'f', value: 'new' })
    expect((await store.readSnapshot('w'))?.value).toBe('new')
    await store.writeSnapshot('w', { lastSeq: 4, fingerprint: 'f', value: 'invented' })
    expect((await store.readSnapshot('w'))?.value).toBe('new')
  })

  test('an export comes back whole in another profile, and only once', async () => {
    const [from, to] = [await open('from'), await open('to')]
    await from.append([click('a', 5), { kind: 'search', at: 6, text: 'sea' }])
    const file = JSON.parse(JSON.stringify(await from.exportProfile()))
    expect(file).toMatchObject({ format: 'hearth-profile', version: 2, exportedAt: 77 })
    await to.append([click('own')])
    expect(await to.importProfile(file)).toBe(2)
    expect(await to.importProfile(file)).toBe(0)
    expect(await from.importProfile(file)).toBe(0)
    const events = (await to.events()).map(({ seq: _, uid: __, ...event }) => event)
    expect(events).toEqual([
      click('own'),
      click('a', 5),
      { kind: 'search', at: 6, text: 'sea' },
    ])
  })

  test('a refused import changes nothing', async () => {
    const store = await open()
    await store.append([click('a')])
    const good = await store.exportProfile()
    const bad = { ...good, events: [{ uid: 'new', ...click('x') }, { uid: 'b' }] }
    await expect(store.importProfile(bad)).rejects.toMatchObject({
      code: 'bad-profile',
      message: expect.stringContaining('event 1'),
    })
    expect(await itemsOf(store)).toEqual(['a'])
  })

  test('tells a burst of changes once, and nobody who has left', async () => {
    const store = await open()
    let calls = 0
    const leave = store.onChange(() => calls++)
    await store.append([click('a')])
    await store.append([click('b')])
    await store.remove([1])
    await runTasks()
    expect(calls).toBe(1)
    await store.erase()
    await runTasks()
    expect(calls).toBe(2)
    leave()
    await store.append([click('c')])
    await runTasks()
    expect(calls).toBe(2)
  })

  test('an event given again under its uid is not added again', async () => {
    const store = await open()
    const [a] = await store.append([{ ...click('a'), uid: 'same' }])
    const again = { ...click('a'), uid: 'same' }
    expect(await store.append([again, click('b'), again])).toMatchObject([
      a!,
      { item: 'b' },
      a!,
    ])
    expect(await itemsOf(store)).toEqual(['a', 'b'])
  })

  test('refuses an event it could not read again, and stores none of its batch', async () => {
    const store = await open()
    const broken = { kind: 'rate', at: 1, item: 'a', value: 9 } as const
    await expect(store.append([click('a'), broken])).rejects.toMatchObject({
      code: 'bad-argument',
    })
    expect(await store.events()).toEqual([])
  })

  test('refuses a snapshot that cannot be copied', async () => {
    const store = await open()
    await store.append([click('a')])
    const snapshot = { lastSeq: 1, fingerprint: 'f', value: () => 1 }
    await expect(store.writeSnapshot('w', snapshot)).rejects.toMatchObject({
      code: 'bad-argument',
    })
  })
})
