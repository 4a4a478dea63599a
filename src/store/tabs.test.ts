/** Several tabs on one profile. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { OpenProfileOptions } from './open-store.ts'
import { click, createHub, itemsOf, openOn } from './profile.test-kit.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('two tabs on one profile', () => {
  async function twoTabs(options: Partial<OpenProfileOptions> = {}) {
    const disk = new IDBFactory()
    const channel = createHub()
    const tasks: (() => void)[] = []
    const later = (task: () => void) => void tasks.push(task)
    const a = await openOn(disk, { channel, ...options })
    const b = await openOn(disk, { channel, later, ...options })
    return { a, b, disk, tasks }
  }

  test('hear of each other and see the same log', async () => {
    const { a, b, tasks } = await twoTabs()
    let calls = 0
    b.onChange(() => calls++)
    await a.append([click('x')])
    await a.append([click('y')])
    await b.append([click('z')])
    expect(await itemsOf(b)).toEqual(['x', 'y', 'z'])
    expect(await itemsOf(a)).toEqual(['x', 'y', 'z'])
    expect(tasks).toHaveLength(1) // three changes, one call
    tasks[0]?.()
    await Promise.resolve()
    expect(calls).toBe(1)
    await a.remove([2])
    expect(await itemsOf(b)).toEqual(['x', 'z'])
  })

  test('one is killed once its event is stored: the other shows it all the same', async () => {
    const { a, b } = await twoTabs({ later: (task) => void setTimeout(task) })
    let shown: readonly unknown[] = []
    b.onChange(async () => {
      shown = await itemsOf(b)
    })
    const add = vi.spyOn(IDBObjectStore.prototype, 'add')
    void a.append([click('x')])
    await vi.waitFor(() => expect(add).toHaveBeenCalled())
    a.close() // it tells nobody that the event is stored
    await vi.waitFor(() => expect(shown).toEqual(['x']))
  })

  test('see the same log without any channel between them', async () => {
    const { a, b } = await twoTabs({
      channel: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    await a.append([click('x'), click('y')])
    await b.append([click('z')])
    await a.remove([1])
    expect(await itemsOf(b)).toEqual(['y', 'z'])
    await b.erase()
    expect(await itemsOf(a)).toEqual([])
  })

  test('one erases, and the other forgets even what it could not store', async () => {
    const { a, b } = await twoTabs()
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await b.append([click('waiting')])
    full.mockRestore()
    await a.erase()
    await b.append([click('new')])
    expect(await itemsOf(b)).toEqual(['new'])
    expect(await itemsOf(a)).toEqual(['new'])
  })

  test('a snapshot made before the other tab removed an event is not kept', async () => {
    const { a, b } = await twoTabs()
    await a.append([click('x'), click('y')])
    await b.events()
    await a.remove([1])
    await b.writeSnapshot('w', { lastSeq: 2, fingerprint: 'f', value: 'holds x' })
    expect(await b.readSnapshot('w')).toBeUndefined()
  })

  test('write one at a time, under one lock', async () => {
    const asked: string[] = []
    let inside = 0
    let most = 0
    let last: Promise<unknown> = Promise.resolve()
    const locks = {
      request: (name: string, _options: unknown, task: () => Promise<unknown>) => {
        asked.push(name)
        last = last.then(async () => {
          most = Math.max(most, ++inside)
          await task()
          inside--
        })
        return last
      },
    } as unknown as LockManager
    const { a, b } = await twoTabs({ locks })
    await Promise.all(
      [a, b, a, b].map((store, i) => store.append([click(`item-${i}`)])),
    )
    expect(asked).toEqual(Array(4).fill('hearth-profile:test'))
    expect(most).toBe(1)
    expect(await a.events()).toHaveLength(4)
  })

  test('a lock that is refused does not lose the write, nor double it', async () => {
    const refused = { request: () => Promise.reject(new DOMException('no')) }
    const { a, b } = await twoTabs({ locks: refused as unknown as LockManager })
    await a.append([click('x')])
    expect(await itemsOf(b)).toEqual(['x'])
  })
})
