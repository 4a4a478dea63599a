/** Events that wait for room on a full disk. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { click, fillDisk, itemsOf, openOn } from './profile.test-kit.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a disk that is full', () => {
  test('loses no event: they wait in memory and are written when there is room', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    await store.append([click('a')])
    const full = fillDisk()
    await store.append([click('b')])
    await store.append([click('c')])
    expect(store.state().reason).toMatch(/full/)
    expect(await itemsOf(store)).toEqual(['a', 'b', 'c'])
    expect(store.state().mode).toBe('memory') // reading well is not having room
    full.mockRestore()
    await store.append([click('d')])
    expect(store.state()).toEqual({ mode: 'indexeddb' })
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b', 'c', 'd'])
  })

  test('does not take twice what was given again under its uid', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    const full = fillDisk()
    const a = { ...click('a'), uid: 'same' }
    const [first] = await store.append([a])
    expect(await store.append([a])).toEqual([first])
    full.mockRestore()
    const [again, b] = await store.append([a, click('b')])
    expect(await store.events()).toEqual([again, b])
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b'])
  })

  test('writes what waits as soon as removing makes room', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    await store.append([click('a')])
    const full = fillDisk()
    await store.append([click('b')])
    full.mockRestore()
    await store.remove([1])
    expect(await itemsOf(await openOn(disk))).toEqual(['b'])
  })

  test('refuses an import whole', async () => {
    const store = await openOn(new IDBFactory())
    await store.append([click('a')])
    const file = {
      ...(await store.exportProfile()),
      events: [{ uid: 'new', ...click('x') }],
    }
    fillDisk()
    await expect(store.importProfile(file)).rejects.toMatchObject({ code: 'storage' })
    expect(await itemsOf(store)).toEqual(['a'])
    expect(store.state().mode).toBe('indexeddb')
  })
})
