/**
 * The database on this device, one a profile.
 *
 *   events     the append-only log, keyed by arrival (`seq`, never reused), unique by `uid`
 *   snapshots  what was derived from the log, by name
 *   meta       one record that tells whether the log was cut since it was last read
 *
 * A schema change adds one step to `upgrade` and never edits an old one.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb'
import type { LoggedEvent } from '../feedback/event.ts'
import type { LoadOnDemand } from './load-on-demand.ts'
import type { Snapshot } from './profile-store.ts'
import { flatten } from './read-record.ts'
import { StorageRefusal } from './storage-refusal.ts'

export interface LogMeta {
  /** Another one after every erase. */
  readonly life: string
  /** Times events were removed in this life. */
  readonly removals: number
  /** The newest seq at the last removal or erase; snapshots up to it may hold what is gone. */
  readonly removedUpTo: number
}

export interface ProfileSchema extends DBSchema {
  events: { key: number; value: LoggedEvent; indexes: { uid: string } }
  snapshots: { key: string; value: Snapshot }
  meta: { key: 'log'; value: LogMeta }
}

export type Database = IDBPDatabase<ProfileSchema>

/** Below 1000: what is above counts the times that a database was mended. */
export const SCHEMA_VERSION = 2

interface DatabaseHooks {
  /** Names the first life of a log that is new. */
  readonly life: () => string
  /** Another tab holds an older version open; the open keeps waiting. */
  readonly onBlocked: () => void
  /** The connection is closed: the browser dropped it, or a newer page needs it gone. */
  readonly onLost: () => void
}

/**
 * idb's `openDB` always takes the global factory; this one takes its own.
 * @throws what the browser throws or rejects with
 */
async function openDatabase(
  factory: IDBFactory,
  name: string,
  hooks: DatabaseHooks,
): Promise<Database> {
  const request = factory.open(name, SCHEMA_VERSION)
  request.addEventListener('upgradeneeded', ({ oldVersion }) =>
    upgrade(request, oldVersion, hooks.life),
  )
  request.addEventListener('blocked', () => hooks.onBlocked())
  return watched((await wrap(request)) as unknown as Database, hooks)
}

function watched(db: Database, { onLost }: Pick<DatabaseHooks, 'onLost'>): Database {
  db.addEventListener('close', onLost)
  db.addEventListener('versionchange', () => {
    db.close() // or the newer page would wait for ever
    onLost()
  })
  return db
}

function upgrade(request: IDBOpenDBRequest, from: number, life: () => string) {
  const db = request.result
  if (from < 1) {
    const meta: LogMeta = { life: life(), removals: 0, removedUpTo: 0 }
    makeStores(db).put(meta, 'log')
  }
  // version 1 kept what happened in a field of its own, `signal`
  if (from === 1) flattenEvents(request.transaction!.objectStore('events'))
}

/** @returns the store of the log's own record */
export function makeStores(db: IDBDatabase): IDBObjectStore {
  const events = db.createObjectStore('events', {
    keyPath: 'seq',
    autoIncrement: true,
  })
  events.createIndex('uid', 'uid', { unique: true })
  db.createObjectStore('snapshots')
  return db.createObjectStore('meta')
}

/** Within the upgrade's transaction: all events are in the new form, or none. */
function flattenEvents(events: IDBObjectStore) {
  const request = events.openCursor()
  request.addEventListener('success', () => {
    const cursor = request.result
    if (!cursor) return
    cursor.update(flatten(cursor.value))
    cursor.continue()
  })
}

// One connection to the database, opened again when it is lost.

interface ConnectionOptions {
  /** Read at every open: in some frames merely looking at `indexedDB` throws. */
  readonly factory: () => IDBFactory | undefined
  readonly name: string
  readonly life: () => string
  /** How long an open may take before the page continues without it, ms. */
  readonly patienceMs: number
  /** An open that was given up has come through after all. */
  readonly onLate: () => void
  /** Has what mends a database. */
  readonly onDemand: LoadOnDemand
}

export interface Connection {
  /** @throws what the browser threw, or StorageRefusal; a refused open is tried anew */
  get(): Promise<Database>
  /** Whether the last open was refused: reading need not try again, writing does. */
  isRefused(): boolean
  /**
   * Opens a database that could not be used, mended.
   * @throws as `get`; the refusal where nothing mends
   */
  mend(refusal: StorageRefusal): Promise<Database>
  /** Lets go of a connection that gave errors; the next `get` opens another. */
  drop(): void
  close(): void
}

interface Held {
  db?: Database | undefined
  /** Set while an open that was given up is still under way: a second would queue behind it. */
  overdue?: StorageRefusal | undefined
  isRefused: boolean
  isClosed: boolean
  /** Times it was mended. */
  mended: number
}

/** A store that is faulty again after so many mendings in one page is broken. */
const MAX_MENDED = 2

export function createConnection(options: ConnectionOptions): Connection {
  const held: Held = { isRefused: false, isClosed: false, mended: 0 }
  const drop = () => {
    held.db?.close()
    held.db = undefined
  }
  return {
    get: async () => {
      if (held.db) return held.db
      if (held.overdue) throw held.overdue
      held.isRefused = true // until it is not
      const db = await openPatiently(options, held)
      held.isRefused = false
      return db
    },
    isRefused: () => held.isRefused,
    mend: async (refusal) => {
      const { factory, name, life, onDemand } = options
      const indexedDB = factory()
      const isFaulty = refusal.kind === 'faulty'
      if (!indexedDB || (isFaulty && held.mended >= MAX_MENDED)) throw refusal
      if (isFaulty) held.mended++
      drop()
      const { mendDatabase } = await onDemand()
      const broken = { factory: indexedDB, name, life }
      const db = wrap(await mendDatabase(broken, { isWhole: !isFaulty })) as Database
      watched(db, { onLost: () => lose(held, db) })
      held.isRefused = false
      settle(options, held, db)
      return db
    },
    drop,
    close: () => {
      held.isClosed = true
      drop()
    },
  }
}

function openPatiently(options: ConnectionOptions, held: Held): Promise<Database> {
  return new Promise((resolve, reject) => {
    const giveUp = (kind: 'blocked' | 'slow') => {
      held.overdue = new StorageRefusal(kind)
      reject(held.overdue)
    }
    // Safari has left open requests unanswered: https://bugs.webkit.org/show_bug.cgi?id=226547
    const timer = setTimeout(giveUp, options.patienceMs, 'slow')
    open(options, held, () => giveUp('blocked'))
      .then((db) => {
        resolve(db)
        settle(options, held, db)
      })
      .catch((error: unknown) => {
        held.overdue = undefined
        reject(error)
      })
      .finally(() => clearTimeout(timer))
  })
}

/** Takes hold of an open database, in time or late. */
function settle(options: ConnectionOptions, held: Held, db: Database) {
  if (held.isClosed) return db.close()
  held.db = db
  if (!held.overdue) return
  held.overdue = undefined
  held.isRefused = false
  options.onLate()
}

async function open(
  { factory, name, life }: ConnectionOptions,
  held: Held,
  onBlocked: () => void,
) {
  const indexedDB = factory()
  if (!indexedDB) throw new StorageRefusal('missing')
  const db: Database = await openDatabase(indexedDB, name, {
    life,
    onBlocked,
    onLost: () => lose(held, db),
  })
  return db
}

function lose(held: Held, db: Database) {
  if (held.db === db) held.db = undefined
}
