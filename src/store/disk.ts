/** The log on disk as one tab uses it: locked for writing, reopened once when it drops. */

import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { Connection, Database, LogMeta } from './database.ts'
import {
  type Added,
  type Adding,
  addEntries,
  EMPTY_VIEW,
  eraseAll,
  type LogView,
  readSnapshot,
  readView,
  removeEvents,
  writeSnapshot,
} from './idb-store.ts'
import type { LoadOnDemand } from './load-on-demand.ts'
import type { Snapshot } from './profile-store.ts'
import type { Unreadable } from './read-record.ts'
import { refusalOf, type StorageRefusal } from './storage-refusal.ts'

// One writer at a time across the tabs of a profile, by the Web Locks API.

type WriteLock = <T>(write: () => Promise<T>) => Promise<T>

/**
 * @param locks absent where the browser has none; transactions still keep writes whole
 * @param patienceMs how long to wait for another tab's lock before writing without it: a
 *   tab that froze while holding it must not stop this one
 */
export function createWriteLock(
  locks: Pick<LockManager, 'request'> | undefined,
  name: string,
  patienceMs: number,
): WriteLock {
  if (!locks) return (write) => write()
  return async <T>(write: () => Promise<T>): Promise<T> => {
    let written: Promise<T> | undefined
    const start = () => {
      written = write()
      return written
    }
    try {
      const signal = AbortSignal.timeout(patienceMs)
      await locks.request(name, { mode: 'exclusive', signal }, start)
    } catch {
      // refused or overdue: the database's own transactions keep the write whole
    }
    return written ?? write()
  }
}

/** What happened to the log since it was last read, other than new events. */
interface LogNews {
  /** Events were removed. */
  readonly isCut: boolean
  /** It was erased, or wiped by the browser: this is another log. */
  readonly isOther: boolean
}

/** What reaches for the disk rejects with StorageRefusal. */
export interface Disk {
  /** What the disk held when it was last reached, with this tab's own changes since. */
  known(): readonly LoggedEvent[]
  hasBeenRead(): boolean
  read(): Promise<LogNews>
  /** Records that cannot be read as events, where they are. */
  unreadable(): readonly Unreadable[]
  add(entries: readonly IdentifiedEvent[], adding: Adding): Promise<Added>
  remove(seqs: readonly number[]): Promise<void>
  erase(): Promise<void>
  readSnapshot(name: string): Promise<Snapshot | undefined>
  writeSnapshot(name: string, snapshot: Snapshot): Promise<void>
  /** Lets go of what is known: another tab has erased it. */
  forget(): void
  /** Whether the last try to open was refused: reading need not try again. */
  isRefused(): boolean
  close(): void
}

interface DiskOptions {
  readonly connection: Connection
  readonly lock: WriteLock
  readonly onDemand: LoadOnDemand
  /** Names a life of the log. */
  readonly life: () => string
}

export function createDisk({ connection, lock, life, onDemand }: DiskOptions): Disk {
  let view: LogView = EMPTY_VIEW

  async function onDisk<T>(work: (db: Database) => Promise<T>): Promise<T> {
    try {
      return await tryTwice(connection, work)
    } catch (error) {
      return mended(refusalOf(error), work)
    }
  }
  /** Once more on a database that was made usable, where it can be. */
  async function mended<T>(
    refusal: StorageRefusal,
    work: (db: Database) => Promise<T>,
  ): Promise<T> {
    if (refusal.kind !== 'faulty' && refusal.kind !== 'newer') throw refusal
    try {
      return await work(await connection.mend(refusal))
    } catch (error) {
      const again = refusalOf(error)
      // one that was mended before, and is faulty once more
      if (refusal.kind !== 'newer' || again.kind !== 'faulty') throw again
      return mended(again, work)
    }
  }

  function cutView(seqs: readonly number[], { removals }: LogMeta) {
    const gone = new Set(seqs)
    const isLeft = ({ seq }: { readonly seq: number }) => !gone.has(seq)
    view = {
      ...view,
      known: view.known.filter(isLeft),
      unreadable: view.unreadable.filter(isLeft),
      // a removal by another tab in between leaves the count apart: all is read again
      removals: removals - 1 === view.removals ? removals : -1,
    }
  }
  const write = <T>(work: (db: Database) => Promise<T>) => lock(() => onDisk(work))

  return {
    known: () => view.known,
    hasBeenRead: () => view.life !== '',
    read: async () => {
      const before = view
      view = await onDisk((db) => readView(db, before, onDemand))
      const isOther = before.life !== '' && before.life !== view.life
      return { isCut: isOther || before.removals !== view.removals, isOther }
    },
    unreadable: () => view.unreadable,
    add: async (entries, adding) => {
      const added = await write((db) => addEntries(db, entries, adding))
      if (added.meta) cutView(adding.instead, added.meta)
      const fresh = added.events.filter((_, i) => added.isAdded[i])
      view = { ...view, known: [...view.known, ...fresh] }
      return added
    },
    remove: async (seqs) => cutView(seqs, await write((db) => removeEvents(db, seqs))),
    erase: async () => {
      const meta = await write((db) => eraseAll(db, life()))
      const { removals, removedUpTo } = meta
      view = {
        ...{ life: meta.life, removals, known: [], unreadable: [] },
        completeUpTo: removedUpTo,
      }
    },
    readSnapshot: (name) => onDisk((db) => readSnapshot(db, name)),
    writeSnapshot: (name, snapshot) => write((db) => writeSnapshot(db, name, snapshot)),
    forget: () => {
      view = EMPTY_VIEW
    },
    isRefused: () => connection.isRefused(),
    close: () => connection.close(),
  }
}

/** A connection may die unnoticed: an error on one is believed once another one gives it. */
async function tryTwice<T>(
  connection: Connection,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const first = await connection.get()
  try {
    return await work(first)
  } catch (error) {
    if (refusalOf(error).kind === 'full') throw error
    connection.drop()
    return work(await connection.get())
  }
}
