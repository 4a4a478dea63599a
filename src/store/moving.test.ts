/** A profile that moves between memory and disk while it is open. */
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { click, itemsOf, openOn, refusingFactory } from './profile.test-kit.ts'

describe('to memory', () => {
  test('keeps the events under their numbers and leaves none on the disk', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk)
    const [a] = await store.append([click('a'), click('b')])
    await store.setStorage('memory')
    expect(store.state().mode).toBe('memory')
    expect(await itemsOf(store)).toEqual(['a', 'b'])
    expect(await (await openOn(disk)).events()).toEqual([])
    await store.remove([a!.seq])
    await store.append([click('c')])
    expect(await itemsOf(store)).toEqual(['b', 'c'])
    expect(await (await openOn(disk)).events()).toEqual([])
  })

  test('fails whole where the disk cannot be erased', async () => {
    const store = await openOn(refusingFactory('UnknownError'))
    await store.append([click('a')])
    await expect(store.setStorage('memory')).rejects.toMatchObject({ code: 'storage' })
    expect(await itemsOf(store)).toEqual(['a'])
    await store.append([click('b')])
    expect(await itemsOf(store)).toEqual(['a', 'b'])
  })
})

describe('to the disk', () => {
  test('writes the events, and an event goes by its old number too', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk, { storage: 'memory', aboveSeq: 1000 })
    const [a] = await store.append([click('a'), click('b')])
    await store.setStorage('persistent')
    expect(store.state()).toEqual({ mode: 'indexeddb' })
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b'])
    await store.remove([a!.seq])
    expect(await itemsOf(await openOn(disk))).toEqual(['b'])
  })

  test('and back again loses nothing, nor doubles it', async () => {
    const disk = new IDBFactory()
    const store = await openOn(disk, { aboveSeq: 1000 })
    await store.append([click('a')])
    await store.setStorage('memory')
    await store.append([click('b')])
    await store.setStorage('persistent')
    await store.setStorage('persistent')
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b'])
  })

  test('keeps them in memory where the disk refuses', async () => {
    const store = await openOn(refusingFactory('SecurityError'), { storage: 'memory' })
    await store.append([click('a')])
    await store.setStorage('persistent')
    expect(store.state().reason).toMatch(/refuses storage/)
    expect(await itemsOf(store)).toEqual(['a'])
  })
})

test('what is asked meanwhile is answered by the store it moved to', async () => {
  const disk = new IDBFactory()
  const store = await openOn(disk)
  await store.append([click('a')])
  const moved = store.setStorage('memory')
  const appended = store.append([click('b')])
  await Promise.all([moved, appended])
  expect(await itemsOf(store)).toEqual(['a', 'b'])
  expect(await (await openOn(disk)).events()).toEqual([])
})

test('listeners stay with the profile, and go when they leave', async () => {
  const store = await openOn(new IDBFactory(), { later: (task) => task() })
  let calls = 0
  const leave = store.onChange(() => calls++)
  await store.setStorage('memory')
  await Promise.resolve()
  calls = 0
  await store.append([click('a')])
  await Promise.resolve()
  expect(calls).toBe(1)
  leave()
  await store.append([click('b')])
  await Promise.resolve()
  expect(calls).toBe(1)
})
