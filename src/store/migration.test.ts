/** Profiles that an older Hearth left on the disk. */
import { IDBFactory } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openOn } from './profile.test-kit.ts'

/** A database as version 1 made it, with these events. */
function version1(disk: IDBFactory, events: readonly object[]) {
  return new Promise<void>((resolve, reject) => {
    const request = disk.open('hearth-profile:test', 1)
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      const db = request.result
      const store = db.createObjectStore('events', {
        ...{ keyPath: 'seq', autoIncrement: true },
      })
      store.createIndex('uid', 'uid', { unique: true })
      const snapshot = { lastSeq: 2, fingerprint: 'f', value: [7] }
      db.createObjectStore('snapshots').put(snapshot, 'w')
      const meta = { life: 'first', removals: 0, removedUpTo: 0 }
      db.createObjectStore('meta').put(meta, 'log')
      for (const event of events) store.add(event)
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}

test('events of version 1 are there in the form of today, under their numbers', async () => {
  const disk = new IDBFactory()
  await version1(disk, [
    { uid: 'u', signal: { kind: 'rate', at: 5, itemId: 'a', value: 4 } },
    { uid: 'v', signal: { kind: 'search', at: 6, text: 'the sea' } },
  ])
  const store = await openOn(disk)
  const old = [
    { seq: 1, uid: 'u', kind: 'rate', at: 5, item: 'a', value: 4 },
    { seq: 2, uid: 'v', kind: 'search', at: 6, text: 'the sea' },
  ]
  expect(await store.events()).toEqual(old)
  expect(store.state()).toEqual({ mode: 'indexeddb' })
  expect((await store.readSnapshot('w'))?.value).toEqual([7])
  const again = { kind: 'search', at: 6, text: 'the sea', uid: 'v' } as const
  expect(await store.append([again])).toEqual([old[1]])
  expect(await (await openOn(disk)).events()).toEqual(old)
})

test('an empty profile of version 1 is an empty profile', async () => {
  const disk = new IDBFactory()
  await version1(disk, [])
  expect(await (await openOn(disk)).events()).toEqual([])
})
