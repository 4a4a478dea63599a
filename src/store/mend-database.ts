/**
 * A database whose schema is not what Hearth made: a store or an index is missing, keys are
 * none of the log's, its numbers have run out. What can be read is put into stores that are
 * made anew, in one transaction: all of it or, should the page end meanwhile, nothing.
 *
 * A mended database has a version of its own, `1000 · times mended + schema`, as stores can be
 * made within an upgrade alone. Loaded with the first fault; most visitors never need it.
 */
import { unwrap, wrap } from 'idb'
import { type Database, type LogMeta, makeStores, SCHEMA_VERSION } from './database.ts'
import type { Broken } from './load-on-demand.ts'
import { flatten, isSeq } from './read-record.ts'

/** One mending in the version of a database. */
const MENDED_STEP = 1000

/**
 * Opens a database that `open` with the schema's version could not use.
 * @param isWhole whether it may be taken as it is: not where a transaction has failed already
 * @throws DOMException `VersionError` for the schema of a later Hearth, which is left alone;
 *   what the browser throws or rejects with
 */
export async function mendDatabase(
  broken: Broken,
  { isWhole }: { readonly isWhole: boolean },
): Promise<IDBDatabase> {
  const { factory, name, life } = broken
  const found = await opened(factory.open(name))
  const { version } = found
  if (version % MENDED_STEP > SCHEMA_VERSION) {
    found.close()
    throw new DOMException('the stored profile is from a later Hearth', 'VersionError')
  }
  if (isWhole && version > MENDED_STEP) return found
  found.close()
  const times = Math.floor(version / MENDED_STEP) + 1
  const request = factory.open(name, times * MENDED_STEP + SCHEMA_VERSION)
  let rebuilding: Promise<void> | undefined
  request.addEventListener('upgradeneeded', () => {
    rebuilding = rebuild(request, life)
    rebuilding.catch(() => request.transaction?.abort())
  })
  const db = await opened(request)
  await rebuilding
  return db
}

const opened = async (request: IDBOpenDBRequest) =>
  unwrap((await wrap(request)) as unknown as Database) as unknown as IDBDatabase

async function rebuild(request: IDBOpenDBRequest, life: () => string) {
  const db = request.result
  const tx = request.transaction!
  const records = await recordsIn(db, tx)
  const meta = await metaIn(db, tx)
  for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store)
  makeStores(db)
  const events = tx.objectStore('events')
  const uids = new Set<unknown>()
  let last = 0
  const later: object[] = []
  for (const record of records) {
    const { seq, uid } = record as { readonly seq?: unknown; readonly uid?: unknown }
    if (typeof uid === 'string' && uids.has(uid)) continue // the same uid is the same event
    uids.add(uid)
    if (!isSeq(seq)) later.push(record)
    else {
      events.put(record)
      last = Math.max(last, seq)
    }
  }
  // what had no number of the log's gets one, above all others
  for (const record of later) events.put({ ...record, seq: ++last })
  const { removals, ...known } = { life: life(), removals: 0, ...meta }
  const after: LogMeta = { ...known, removals: removals + 1, removedUpTo: last }
  tx.objectStore('meta').put(after, 'log')
}

/** Every record of the store of events that can be read, in order. */
async function recordsIn(db: IDBDatabase, tx: IDBTransaction): Promise<object[]> {
  if (!db.objectStoreNames.contains('events')) return []
  const store = tx.objectStore('events')
  const keys = await wrap(store.getAllKeys())
  const read = await Promise.all(keys.map((key) => readOne(store, key)))
  const objects = read.filter((record) => typeof record === 'object' && record !== null)
  return (objects as object[]).map((record) => flatten(record)) // as of version 1
}

/** @returns undefined for a value that the browser cannot read */
function readOne(store: IDBObjectStore, key: IDBValidKey): Promise<unknown> {
  const read = new Promise((resolve) => {
    const request = store.get(key)
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', (event) => {
      event.preventDefault() // or the whole transaction ends
      event.stopPropagation()
      resolve(undefined)
    })
  })
  return read.catch(() => undefined)
}

async function metaIn(db: IDBDatabase, tx: IDBTransaction): Promise<Partial<LogMeta>> {
  if (!db.objectStoreNames.contains('meta')) return {}
  const store = tx.objectStore('meta')
  if (store.keyPath !== null) return {}
  const { life, removals } = Object(await readOne(store, 'log')) as Partial<LogMeta>
  return {
    ...(typeof life === 'string' ? { life } : {}),
    ...(Number.isSafeInteger(removals) ? { removals: removals! } : {}),
  }
}

/**
 * Reads records one by one, for a store that cannot give them all at once: one that the
 * browser cannot read is set aside with nothing in it.
 */
export async function readOneByOne(
  db: IDBDatabase,
  range: IDBKeyRange | null,
): Promise<unknown[]> {
  const store = db.transaction('events').objectStore('events')
  const keys = await wrap(store.getAllKeys(range))
  const records = await Promise.all(keys.map((key) => readOne(store, key)))
  return records.map((record, i) => record ?? { seq: keys[i] })
}
