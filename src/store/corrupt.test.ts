/** One odd record, or one fault of the schema, costs neither the page nor the rest of the log. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { click, itemsOf, openOn } from './profile.test-kit.ts'

afterEach(() => vi.restoreAllMocks())

const NAME = 'hearth-profile:test'

/** What a store is made with, so that each fault is one change of it. */
interface Schema {
  readonly version?: number
  readonly keyPath?: string | null
  readonly autoIncrement?: boolean
  readonly uidIndex?: { readonly keyPath: string; readonly unique: boolean } | undefined
  readonly stores?: readonly string[]
}

const SOUND = { keyPath: 'uid', unique: true }

function makeDatabase(
  disk: IDBFactory,
  schema: Schema,
  fill: (tx: IDBTransaction) => void,
): Promise<void> {
  const { version = 2, keyPath = 'seq', autoIncrement = true } = schema
  const { stores = ['events', 'snapshots', 'meta'] } = schema
  const uidIndex = 'uidIndex' in schema ? schema.uidIndex : SOUND
  return new Promise((resolve, reject) => {
    const request = disk.open(NAME, version)
    request.onupgradeneeded = () => {
      const db = request.result
      for (const name of stores) {
        const options = name === 'events' ? { keyPath, autoIncrement } : {}
        const store = db.createObjectStore(name, options)
        const { keyPath: path, unique } = uidIndex ?? SOUND
        if (name === 'events' && uidIndex) store.createIndex('uid', path, { unique })
      }
      fill(request.transaction!)
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
    request.onerror = () => reject(request.error)
  })
}

const good = (seq: number, item: string, more: object = {}) => ({
  ...{ seq, uid: `good-${item}`, kind: 'click', at: seq, item, ...more },
})
const META = { life: 'one', removals: 0, removedUpTo: 0 }

const like = (more: object) => ({ uid: 'odd', kind: 'like', at: 5, item: 'x', ...more })
const shown = { place: 0, propensity: 1, policy: 'shipped', parts: {} }
/** Each is stored between two good events; none of them is an event of this version. */
const ODD_RECORDS: readonly (readonly [string, object])[] = [
  ['nothing but its number', {}],
  ['no kind', like({ kind: undefined })],
  ['a kind of a later Hearth', like({ kind: 'shared' })],
  ['a kind that is a number', like({ kind: 7 })],
  ['a kind that every object has', like({ kind: 'constructor' })],
  ['a kind that is null', like({ kind: null })],
  ['no time', like({ at: undefined })],
  ['a time that is no number', like({ at: Number.NaN })],
  ['a time that is endless', like({ at: Number.POSITIVE_INFINITY })],
  ['a time before 1970', like({ at: -1 })],
  ['a time after 2100', like({ at: 1e15 })],
  ['a time that is a text', like({ at: '2026-01-01' })],
  ['a time that is a date', like({ at: new Date(5) })],
  ['a time that is a bigint', like({ at: 5n })],
  ['no item', like({ item: undefined })],
  ['an item that is null', like({ item: null })],
  ['an item that is a number', like({ item: 4 })],
  ['an item that is an object', like({ item: { id: 'x' } })],
  ['an item without a character', like({ item: '' })],
  ['an item of 3,000 characters', like({ item: 'x'.repeat(3000) })],
  ['stars without a value', like({ kind: 'rate' })],
  ['six stars', like({ kind: 'rate', value: 6 })],
  ['stars that are no number', like({ kind: 'rate', value: Number.NaN })],
  ['stars that are a text', like({ kind: 'rate', value: '5' })],
  ['a stay of less than nothing', like({ kind: 'dwell', value: -3 })],
  ['a stay without an end', like({ kind: 'dwell', value: Number.POSITIVE_INFINITY })],
  ['a search without a text', like({ kind: 'search', text: undefined })],
  ['a search of blanks', like({ kind: 'search', text: '   ' })],
  ['a search that is a list', like({ kind: 'search', text: ['a'] })],
  ['a preference about nothing', like({ kind: 'prefer', preference: 'follow' })],
  [
    'a preference about null',
    like({ kind: 'prefer', preference: 'follow', attribute: null }),
  ],
  [
    'a preference of an unknown relation',
    like({
      kind: 'prefer',
      preference: 'less',
      attribute: { relation: 'x', name: 'a' },
    }),
  ],
  [
    'a preference without a name',
    like({ kind: 'prefer', preference: 'less', attribute: { relation: 'author' } }),
  ],
  [
    'an unknown preference',
    like({ kind: 'prefer', preference: 1, attribute: { relation: 'tag', name: 'a' } }),
  ],
  ['a slate that is a number', like({ slate: 3 })],
  ['a slate without end', like({ slate: 's'.repeat(65) })],
  ['a place that is null', like({ kind: 'impression', shown: null })],
  ['a place that is a text', like({ kind: 'impression', shown: 'first' })],
  [
    'a place without a number',
    like({ kind: 'impression', shown: { ...shown, place: 'first' } }),
  ],
  [
    'a propensity that is a text',
    like({ kind: 'impression', shown: { ...shown, propensity: 'all' } }),
  ],
  ['no uid', like({ uid: undefined })],
  ['a uid that is a number', like({ uid: 12 })],
  ['a uid that is a list', like({ uid: ['a', 'b'] })],
  ['a uid without end', like({ uid: 'u'.repeat(65) })],
  [
    'what version 1 stored',
    { uid: 'odd', signal: { kind: 'like', at: 5, itemId: 'x' } },
  ],
  ['a list', Object.assign(['like'], { uid: 'odd' })],
]

describe.each(ODD_RECORDS)('a stored record with %s', (_, odd) => {
  test('is set aside, and the rest of the log is there', async () => {
    const disk = new IDBFactory()
    await makeDatabase(disk, {}, (tx) => {
      const events = tx.objectStore('events')
      events.put(good(1, 'a'))
      events.put(Object.assign(odd, { seq: 2 }))
      events.put(good(3, 'b'))
      tx.objectStore('meta').put(META, 'log')
    })
    const store = await openOn(disk)
    expect(await itemsOf(store)).toEqual(['a', 'b'])
    expect(store.state()).toEqual({ mode: 'indexeddb', unreadable: [2] })

    const file = await store.exportProfile()
    expect(file.unreadable).toHaveLength(1)
    expect(file.events).toHaveLength(2)

    // the log goes on beside it, and it stays set aside
    await store.append([click('c')])
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b', 'c'])
    expect((await openOn(disk)).state().unreadable).toEqual([2])

    await store.remove([2])
    expect(store.state()).toEqual({ mode: 'indexeddb' })
    expect((await openOn(disk)).state()).toEqual({ mode: 'indexeddb' })
    expect(await itemsOf(await openOn(disk))).toEqual(['a', 'b', 'c'])
  })
})

test('a record that the browser cannot read is set aside, and the others are read', async () => {
  const disk = new IDBFactory()
  await (await openOn(disk)).append([click('a'), click('b'), click('c')])
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
    throw new DOMException('a value is damaged', 'UnknownError')
  })
  const get = IDBObjectStore.prototype.get
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
    this: IDBObjectStore,
    key,
  ) {
    if (key === 2) throw new DOMException('it is damaged', 'UnknownError')
    return get.call(this, key)
  })
  const store = await openOn(disk)
  expect(await itemsOf(store)).toEqual(['a', 'c'])
  expect(store.state()).toEqual({ mode: 'indexeddb', unreadable: [2] })
})

interface Fault {
  readonly schema?: Schema
  /** In place of the two good events. */
  readonly records?: readonly object[]
  readonly meta?: unknown
  readonly snapshot?: unknown
  /** What is left of the log. Default: both events. */
  readonly left?: readonly string[]
  readonly unreadable?: number
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'no store at all': { schema: { stores: [] }, left: [] },
  'no store of events': { schema: { stores: ['snapshots', 'meta'] }, left: [] },
  'no store of snapshots': { schema: { stores: ['events', 'meta'] } },
  'no record of the log and no store for it': {
    schema: { stores: ['events', 'snapshots'] },
  },
  'no index of uids': { schema: { uidIndex: undefined } },
  'an index of another field': {
    schema: { uidIndex: { keyPath: 'item', unique: false } },
  },
  'an index that lets a uid come twice': {
    schema: { uidIndex: { keyPath: 'uid', unique: false } },
  },
  'numbers that are not given by the store': { schema: { autoIncrement: false } },
  'keys that are uids': { schema: { keyPath: 'uid', autoIncrement: false } },
  'version 1 without a store': { schema: { version: 1, stores: [] }, left: [] },
  'version 1 with events of version 2': { schema: { version: 1 } },
  'version 1 with an event without its signal': {
    schema: { version: 1 },
    records: [
      { seq: 1, uid: 'one', signal: { kind: 'like', at: 1, itemId: 'a' } },
      { seq: 2, uid: 'two' },
      { seq: 3, uid: 'three', signal: { kind: 'like', at: 1, itemId: 'b' } },
    ],
    unreadable: 1,
  },
  'a version that was mended before, and is faulty again': {
    schema: { version: 1002, stores: ['events', 'meta'] },
  },
  'a number that is a text': {
    records: [good(1, 'a'), { ...good(2, 'b'), seq: 'two' }],
  },
  'a number that is no whole one': {
    records: [good(1, 'a'), { ...good(2, 'b'), seq: 2.5 }],
  },
  'a number below 1': {
    records: [good(1, 'b'), { ...good(2, 'a'), seq: -4 }],
    left: ['b', 'a'],
  },
  'the largest number, so that none comes after it': {
    records: [good(1, 'a'), { ...good(2, 'b'), seq: 2 ** 53 }],
  },
  'no word of its life': { meta: undefined },
  'a life that is a number': {
    meta: { life: 4, removals: 'x', removedUpTo: Number.NaN },
  },
  'a text in place of its record': { meta: 'life' },
  'null in place of its record': { meta: null },
  'a snapshot that is null': { snapshot: null },
  'a snapshot that is a text': { snapshot: 'towers' },
  'a snapshot without end': { snapshot: { lastSeq: Number.NaN, fingerprint: 3 } },
}

describe.each(Object.entries(FAULTS))('a database with %s', (_, fault) => {
  const { schema = {}, records = [good(1, 'a'), good(2, 'b')] } = fault
  const { left = ['a', 'b'], unreadable = 0 } = fault

  test('is mended: what can be read is there, and the log goes on', async () => {
    const disk = new IDBFactory()
    await makeDatabase(disk, schema, (tx) => {
      const has = (name: string) => tx.db.objectStoreNames.contains(name)
      if (has('events')) {
        for (const record of records) tx.objectStore('events').put(record)
      }
      const meta = 'meta' in fault ? fault.meta : META
      if (has('meta') && meta !== undefined) tx.objectStore('meta').put(meta, 'log')
      if (has('snapshots'))
        tx.objectStore('snapshots').put(fault.snapshot ?? 1, 'towers')
    })
    const store = await openOn(disk)
    expect(await itemsOf(store)).toEqual(left)
    const [added] = await store.append([click('c')])
    expect(await itemsOf(store)).toEqual([...left, 'c'])
    expect(store.state().mode).toBe('indexeddb')
    expect(store.state().unreadable ?? []).toHaveLength(unreadable)
    await store.readSnapshot('towers')

    const again = await openOn(disk)
    expect(await itemsOf(again)).toEqual([...left, 'c'])
    expect(again.state().mode).toBe('indexeddb')
    await again.remove([added!.seq])
    expect(await itemsOf(store)).toEqual(left)
    await store.erase()
    expect(await itemsOf(again)).toEqual([])
  })
})
