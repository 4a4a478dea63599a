/** Connections that drop, hang or have to step aside. */
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { SCHEMA_VERSION } from './database.ts'
import {
  click,
  factoryLike,
  itemsOf,
  openOn,
  refusingFactory,
} from './profile.test-kit.ts'

describe('a connection', () => {
  /** Lets the test reach the connections that were opened. */
  function watched(disk: IDBFactory) {
    const opened: IDBDatabase[] = []
    const factory = factoryLike(disk, (name) => {
      const request = disk.open(name, SCHEMA_VERSION)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    })
    return { factory, opened }
  }

  test('that the browser ends is opened again, unseen', async () => {
    const disk = new IDBFactory()
    const { factory, opened } = watched(disk)
    const store = await openOn(factory)
    opened[0]?.close()
    opened[0]?.dispatchEvent(new IDBVersionChangeEvent('close'))
    await store.append([click('a')])
    expect(opened).toHaveLength(2)
    expect(store.state().mode).toBe('indexeddb')
    expect(await itemsOf(await openOn(disk))).toEqual(['a'])
  })

  test('that is dead without a word is opened again too', async () => {
    const disk = new IDBFactory()
    const { factory, opened } = watched(disk)
    const store = await openOn(factory)
    opened[0]?.close()
    await store.append([click('a')])
    expect(await itemsOf(await openOn(disk))).toEqual(['a'])
  })

  test('that cannot be opened again leaves all known events in memory', async () => {
    const { factory, opened } = watched(new IDBFactory())
    const store = await openOn(factory)
    const [a] = await store.append([click('a')])
    Object.assign(factory, refusingFactory('UnknownError'))
    opened[0]?.close()
    await store.append([click('b')])
    expect(await itemsOf(store)).toEqual(['a', 'b'])
    expect(store.state().mode).toBe('memory')
    await expect(store.remove([a?.seq ?? 0])).rejects.toMatchObject({ code: 'storage' })
    await expect(store.erase()).rejects.toMatchObject({ code: 'storage' })
    expect(await itemsOf(store)).toEqual(['a', 'b'])
  })

  test('steps aside for a newer page, and the log continues in memory', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    await store.append([click('a')])
    await new Promise<void>((resolve, reject) => {
      const newer = disk.open('hearth-profile:test', SCHEMA_VERSION + 1)
      newer.onsuccess = () => resolve()
      newer.onblocked = () => reject(new Error('the old page blocks the new one'))
    })
    await store.append([click('b')])
    expect(store.state().reason).toMatch(/newer version/)
    expect(await itemsOf(store)).toEqual(['a', 'b'])
  })

  /** A connection that will not step aside keeps a deletion, and every open after it, waiting. */
  async function jam(disk: IDBFactory) {
    const name = 'hearth-profile:test'
    const stubborn = await new Promise<IDBDatabase>((resolve) => {
      const request = disk.open(name, SCHEMA_VERSION)
      request.onsuccess = () => resolve(request.result)
    })
    disk.deleteDatabase(name)
    return { release: () => stubborn.close() }
  }

  test.each([
    { why: 'slow', patienceMs: 1, reason: /does not answer/ },
    { why: 'blocked', patienceMs: 1e6, reason: /Another tab holds/ },
  ])(
    'that is $why is not waited for, and used when it comes',
    async ({ why, patienceMs, reason }) => {
      const disk = new IDBFactory()
      const { release } = await jam(disk)
      const jammed = factoryLike(disk, (name) => {
        const request = disk.open(name, SCHEMA_VERSION)
        const blocked = new IDBVersionChangeEvent('blocked')
        if (why === 'blocked') queueMicrotask(() => request.dispatchEvent(blocked))
        return request
      })
      let cameBack = () => {}
      const back = new Promise<void>((resolve) => {
        cameBack = resolve
      })
      const store = await openOn(jammed, {
        patienceMs,
        onState: ({ mode }) => mode === 'indexeddb' && cameBack(),
      })
      await store.append([click('a')])
      expect(store.state().reason).toMatch(reason)
      expect(await itemsOf(store)).toEqual(['a'])
      release()
      await back
      expect(await itemsOf(store)).toEqual(['a'])
      expect(await itemsOf(await openOn(disk))).toEqual(['a'])
    },
  )
})
