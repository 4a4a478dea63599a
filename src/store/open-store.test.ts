/** A profile on a disk that works, and one where the browser refuses. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { SCHEMA_VERSION } from './database.ts'
import { openProfile } from './open-store.ts'
import {
  click,
  factoryLike,
  itemsOf,
  openOn,
  refusingFactory,
} from './profile.test-kit.ts'
import type { StoreState } from './profile-store.ts'
import { PENDING_FROM } from './read-record.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a profile in memory alone', () => {
  test('opened above the numbers of one that died, reuses none of them', async () => {
    const disk = new IDBFactory()
    const first = await openOn(disk, { storage: 'memory', aboveSeq: 1000 })
    const [stale] = await first.append([click('a')])
    const second = await openOn(disk, { storage: 'memory', aboveSeq: 2000 })
    await second.append([click('b')])
    await second.remove([stale!.seq])
    expect(await itemsOf(second)).toEqual(['b'])
  })
})

describe('an opened profile', () => {
  test('is there again after a reload, and numbers go on', async () => {
    const disk = new IDBFactory()
    const before = await openOn(disk)
    await before.append([click('a'), click('b')])
    await before.writeSnapshot('w', { lastSeq: 2, fingerprint: 'f', value: [1] })
    before.close()
    const after = await openOn(disk)
    expect(await itemsOf(after)).toEqual(['a', 'b'])
    expect((await after.readSnapshot('w'))?.value).toEqual([1])
    expect((await after.append([click('c')]))[0]?.seq).toBe(3)
  })

  test('holds ten thousand events', { timeout: 30_000 }, async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    const events = Array.from({ length: 10_000 }, (_, i) => click(`item-${i}`, i))
    await store.append(events)
    await store.append([click('last')])
    expect(await store.events()).toHaveLength(10_001)
    const again = await openOn(disk)
    expect((await again.events()).at(-1)?.item).toBe('last')
  })

  test('keeps profiles of other names apart', async () => {
    const disk = new IDBFactory()
    await (await openOn(disk, { name: 'one' })).append([click('a')])
    expect(await (await openOn(disk, { name: 'two' })).events()).toEqual([])
  })

  test('answers nothing once it is closed', async () => {
    const store = await openOn(new IDBFactory())
    const last = store.append([click('a')])
    store.close()
    expect(await last).toHaveLength(1)
    await expect(store.events()).rejects.toMatchObject({ code: 'stopped' })
  })

  test('erases all or nothing', async () => {
    const store = await openOn(new IDBFactory())
    await store.append([click('a')])
    await store.writeSnapshot('w', { lastSeq: 1, fingerprint: 'f', value: 1 })
    const clear = IDBObjectStore.prototype.clear
    const spy = vi.spyOn(IDBObjectStore.prototype, 'clear')
    spy.mockImplementation(function (this: IDBObjectStore) {
      if (this.name === 'snapshots') throw new DOMException('bad block', 'UnknownError')
      return clear.call(this)
    })
    await expect(store.erase()).rejects.toMatchObject({ code: 'storage' })
    expect(await itemsOf(store)).toEqual(['a'])
    expect((await store.readSnapshot('w'))?.value).toBe(1)
    spy.mockRestore()
    await store.erase()
    expect(await store.events()).toEqual([])
  })
})

describe('a browser that refuses storage', () => {
  test.each([
    ['SecurityError', 'This browser refuses storage'],
    ['UnknownError', 'storage is broken'],
    ['VersionError', 'a newer version of this page'],
  ])(
    'with %s is reported in one sentence, and everything works in memory',
    async (name, reason) => {
      const store = await openOn(refusingFactory(name))
      expect(store.state()).toEqual({
        mode: 'memory',
        reason: expect.stringMatching(new RegExp(`^[^.]*${reason}[^.]*\\.$`)),
      })
      const [a] = await store.append([click('a'), click('b')])
      const lastSeq = (await store.events()).at(-1)?.seq ?? 0
      await store.writeSnapshot('w', { lastSeq, fingerprint: 'f', value: 1 })
      expect((await store.readSnapshot('w'))?.value).toBe(1)
      await store.remove([a?.seq ?? 0])
      expect(await store.readSnapshot('w')).toBeUndefined()
      expect(await itemsOf(store)).toEqual(['b'])
      const file = await store.exportProfile()
      expect(await store.importProfile(file)).toBe(0)
    },
  )

  test('or has none is the same', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const store = await openProfile({
      ...{ name: 'x', now: () => 1, uid: () => 'u' },
      onDemand: () => import('./on-demand.ts'),
    })
    expect(store.state().reason).toMatch(/no storage for pages/)
    await store.append([click('a')])
    await store.erase()
    expect(await store.events()).toEqual([])
  })

  test('cannot claim to have erased what may lie on a broken disk', async () => {
    const store = await openOn(refusingFactory('UnknownError'))
    await store.append([click('a')])
    await expect(store.erase()).rejects.toMatchObject({ code: 'storage' })
    expect(await itemsOf(store)).toEqual(['a'])
  })

  test('is asked again at the next write, and given all it missed', async () => {
    const disk = new IDBFactory()
    let isDenied = true
    const states: StoreState['mode'][] = []
    const sometimes = factoryLike(disk, (name) => {
      if (isDenied) throw new DOMException('no', 'SecurityError')
      return disk.open(name, SCHEMA_VERSION)
    })
    const store = await openOn(sometimes, { onState: ({ mode }) => states.push(mode) })
    await store.append([click('a'), click('b')])
    isDenied = false
    await store.append([click('c')])
    expect(states).toEqual(['memory', 'indexeddb'])
    expect((await store.events()).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b', 'c'])
  })

  test('lets an event be removed by the number it had in memory', async () => {
    const disk = new IDBFactory()
    let isDenied = true
    const sometimes = factoryLike(disk, (name) => {
      if (isDenied) throw new DOMException('no', 'SecurityError')
      return disk.open(name, SCHEMA_VERSION)
    })
    const store = await openOn(sometimes)
    const [a] = await store.append([click('a')])
    expect(a?.seq).toBe(PENDING_FROM)
    isDenied = false
    await store.append([click('b')])
    await store.remove([a?.seq ?? 0])
    expect(await itemsOf(await openOn(disk))).toEqual(['b'])
  })
})
