/**
 * The transactions on the profile's database. Each is all or nothing: what throws inside
 * aborts it, and nothing waits for anything but the database.
 */
import { type IDBPTransaction, unwrap } from 'idb'
import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { Database, LogMeta, ProfileSchema } from './database.ts'
import type { LoadOnDemand } from './load-on-demand.ts'
import type { Snapshot } from './profile-store.ts'
import { readRecords, type Unreadable } from './read-record.ts'

/** What a log on disk held when it was last read. */
export interface LogView {
  /** '' before the first read. */
  readonly life: string
  readonly removals: number
  /** Oldest first. */
  readonly known: readonly LoggedEvent[]
  /** Records that are no events of this version; they stay where they are. */
  readonly unreadable: readonly Unreadable[]
  /** Every stored event up to this seq is in `known`, every other record in `unreadable`. */
  readonly completeUpTo: number
}

export const EMPTY_VIEW: LogView = {
  ...{ life: '', removals: 0, known: [], unreadable: [], completeUpTo: 0 },
}

type StoreName = 'events' | 'snapshots' | 'meta'
type WriteTransaction = IDBPTransaction<ProfileSchema, StoreName[], 'readwrite'>

/**
 * Reads what is new since `before`, or everything if events were removed meanwhile. A record
 * that is no event is set aside: one odd record must not cost the rest.
 */
export async function readView(
  db: Database,
  before: LogView,
  onDemand: LoadOnDemand,
): Promise<LogView> {
  const tx = db.transaction(['events', 'meta'])
  tx.done.catch(() => {}) // its requests tell
  const { life, removals } = metaOf(await tx.objectStore('meta').get('log'))
  const isSameLog = life === before.life && removals === before.removals
  const from = isSameLog ? before.completeUpTo : 0
  const range = isSameLog ? IDBKeyRange.lowerBound(from, true) : null
  const events = tx.objectStore('events')
  const readAll = async (): Promise<unknown[]> => events.getAll(range)
  const records = await readAll().catch(async () => {
    // a value among them may be damaged
    const { readOneByOne } = await onDemand()
    return readOneByOne(unwrap(db), range)
  })
  const fresh = readRecords(records, isSameLog ? from : 0)
  const known = isSameLog ? withFresh(before, fresh.events) : fresh.events
  const unreadable = isSameLog
    ? [...before.unreadable.filter(({ seq }) => seq <= from), ...fresh.unreadable]
    : fresh.unreadable
  const completeUpTo = known.at(-1)?.seq ?? from
  return { life, removals, known, unreadable, completeUpTo }
}

/** The log's own record, as far as it can be read. */
function metaOf(record: unknown): LogMeta {
  const { life, removals, removedUpTo } = Object(record) as Record<string, unknown>
  const count = (value: unknown) =>
    Number.isSafeInteger(value) ? Math.max(0, value as number) : 0
  return {
    life: typeof life === 'string' ? life : '',
    removals: count(removals),
    removedUpTo: count(removedUpTo),
  }
}

/** Keeps the array it was given when there is nothing new, so that callers can compare. */
function withFresh({ known, completeUpTo }: LogView, fresh: readonly LoggedEvent[]) {
  const complete = known.filter(({ seq }) => seq <= completeUpTo)
  const isSame =
    known.length === complete.length + fresh.length &&
    fresh.every(({ seq }, i) => seq === known[complete.length + i]?.seq)
  return isSame ? known : [...complete, ...fresh]
}

export interface Added {
  /** One an entry, in order. */
  readonly events: readonly LoggedEvent[]
  /** [entries] whether it was not there before. */
  readonly isAdded: readonly boolean[]
  /** Where events went in the same transaction: the log's own record after it. */
  readonly meta?: LogMeta
}

export interface Adding {
  readonly durability: IDBTransactionDurability
  /** Numbers of events that go in the same transaction. */
  readonly instead: readonly number[]
  /** Called once the browser has the transaction: whoever reads from now on reads after it. */
  readonly onStarted: () => void
}

/** Appends the entries whose uid is not in the log yet. @param entries each uid once */
export function addEntries(
  db: Database,
  entries: readonly IdentifiedEvent[],
  { durability, instead, onStarted }: Adding,
): Promise<Added> {
  const isCut = instead.length > 0
  const stores = isCut ? ALL_STORES : (['events'] as const)
  return inTransaction(db, { stores, durability }, async (tx) => {
    const cutting = isCut ? cutIn(tx, (meta) => removeIn(tx, instead, meta)) : undefined
    onStarted()
    const meta = await cutting
    const events = tx.objectStore('events')
    const uids = events.index('uid')
    const there = await Promise.all(entries.map(({ uid }) => uids.getKey(uid)))
    const seqs = await Promise.all(
      entries.map(
        (entry, i) =>
          // the store makes the seq, which the schema's type cannot express
          there[i] ?? events.add({ ...entry } as LoggedEvent),
      ),
    )
    return {
      events: entries.map((entry, i) => ({ seq: seqs[i]!, ...entry })),
      isAdded: there.map((seq) => seq === undefined),
      ...(meta ? { meta } : {}),
    }
  })
}

/** Removes events, and every snapshot, as any of them may hold one. */
export function removeEvents(db: Database, seqs: readonly number[]): Promise<LogMeta> {
  return cut(db, (tx, meta) => removeIn(tx, seqs, meta))
}

async function removeIn(tx: WriteTransaction, seqs: readonly number[], meta: LogMeta) {
  const events = tx.objectStore('events')
  await Promise.all(rangesOf(seqs).map((range) => events.delete(range)))
  return { ...meta, removals: meta.removals + 1 }
}

/** Numbers that follow one another are removed at once: a long log's views are thousands. */
function rangesOf(seqs: readonly number[]): IDBKeyRange[] {
  const ranges: [number, number][] = []
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && seq <= last[1] + 1) last[1] = seq
    else ranges.push([seq, seq])
  }
  return ranges.map(([from, to]) => IDBKeyRange.bound(from, to))
}

/** Forgets everything; `life` names the log that begins. */
export function eraseAll(db: Database, life: string): Promise<LogMeta> {
  return cut(db, async (tx, meta) => {
    await tx.objectStore('events').clear()
    return { ...meta, life, removals: 0 }
  })
}

const ALL_STORES = ['events', 'snapshots', 'meta'] as const
const CUT = { stores: ALL_STORES, durability: 'strict' } as const

function cut(
  db: Database,
  change: (tx: WriteTransaction, meta: LogMeta) => Promise<LogMeta>,
): Promise<LogMeta> {
  return inTransaction(db, CUT, (tx) => cutIn(tx, (meta) => change(tx, meta)))
}

async function cutIn(
  tx: WriteTransaction,
  change: (meta: LogMeta) => Promise<LogMeta>,
): Promise<LogMeta> {
  const meta = await readMeta(tx)
  const removedUpTo = Math.max(meta.removedUpTo, await newestSeq(tx))
  const after = await change({ ...meta, removedUpTo })
  await tx.objectStore('snapshots').clear()
  await tx.objectStore('meta').put(after, 'log')
  return after
}

export function readSnapshot(
  db: Database,
  name: string,
): Promise<Snapshot | undefined> {
  const tx = db.transaction('snapshots')
  tx.done.catch(() => {}) // its request tells
  return tx.store.get(name)
}

/**
 * Keeps a snapshot, unless it may hold an event that was removed since it was made: one
 * made before a removal and one made after it differ only once a newer event came in.
 */
export function writeSnapshot(
  db: Database,
  name: string,
  snapshot: Snapshot,
): Promise<void> {
  const stores = ['events', 'snapshots', 'meta'] as const
  return inTransaction(db, { stores, durability: 'relaxed' }, async (tx) => {
    const { removedUpTo } = await readMeta(tx)
    const { lastSeq } = snapshot
    if (lastSeq <= removedUpTo || lastSeq > (await newestSeq(tx))) return
    await tx.objectStore('snapshots').put(snapshot, name)
  })
}

async function readMeta(tx: WriteTransaction): Promise<LogMeta> {
  return metaOf(await tx.objectStore('meta').get('log'))
}

async function newestSeq(tx: WriteTransaction): Promise<number> {
  return (await tx.objectStore('events').openKeyCursor(null, 'prev'))?.key ?? 0
}

async function inTransaction<T>(
  db: Database,
  options: { stores: readonly StoreName[]; durability: IDBTransactionDurability },
  work: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  const { stores, durability } = options
  const tx = db.transaction([...stores], 'readwrite', { durability })
  tx.done.catch(() => {}) // reported below, or by `work`
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (error) {
    // a quota error aborts the transaction; its requests only give AbortError
    const cause = tx.error ?? error
    abort(tx)
    throw cause
  }
}

/** Or what was already asked for would still be committed. */
function abort(tx: { abort(): void }) {
  try {
    tx.abort()
  } catch {
    // it is over already: aborted by the browser, or its connection is gone
  }
}
