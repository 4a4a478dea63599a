/**
 * The database on this device, one a profile.
 *
 *   events     the append-only log, keyed by arrival (`seq`, never reused), unique by `uid`
 *   snapshots  what was derived from the log, by name
 *   meta       one record that tells whether the log was cut since it was last read
 *
 * A schema change adds one line to `upgrade` and never edits an old one.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb'
import type { LoggedEvent, Snapshot } from './profile-store.ts'

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

export const SCHEMA_VERSION = 1

export interface DatabaseHooks {
  /** Names the first life of a log that is new. */
  readonly life: () => string
  /** Another tab holds an older version open; the open goes on waiting. */
  readonly onBlocked: () => void
  /** The connection is closed: the browser dropped it, or a newer page needs it gone. */
  readonly onLost: () => void
}

/**
 * idb's `openDB` always takes the global factory; this one takes its own.
 * @throws what the browser throws or rejects with
 */
export async function openDatabase(
  factory: IDBFactory,
  name: string,
  hooks: DatabaseHooks,
): Promise<Database> {
  const request = factory.open(name, SCHEMA_VERSION)
  request.addEventListener('upgradeneeded', ({ oldVersion }) =>
    upgrade(request, oldVersion, hooks.life),
  )
  request.addEventListener('blocked', () => hooks.onBlocked())
  const db = (await wrap(request)) as unknown as Database
  db.addEventListener('close', () => hooks.onLost())
  db.addEventListener('versionchange', () => {
    db.close() // or the newer page would wait for ever
    hooks.onLost()
  })
  return db
}

function upgrade(request: IDBOpenDBRequest, from: number, life: () => string) {
  const db = request.result
  if (from < 1) {
    const events = db.createObjectStore('events', {
      keyPath: 'seq',
      autoIncrement: true,
    })
    events.createIndex('uid', 'uid', { unique: true })
    db.createObjectStore('snapshots')
    const meta: LogMeta = { life: life(), removals: 0, removedUpTo: 0 }
    db.createObjectStore('meta').put(meta, 'log')
  }
}
