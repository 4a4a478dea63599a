/**
 * The profile on disk with memory behind it: what the disk refuses is kept while the page
 * lives, is listed with the rest, and is offered to the disk again at the next write.
 */

import { HearthError } from '../errors.ts'
import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { Disk } from './disk.ts'
import type { Added } from './idb-store.ts'
import type { LoadOnDemand } from './load-on-demand.ts'
import {
  copySnapshot,
  type Listeners,
  type ProfileStore,
  type Snapshot,
  type StoreState,
} from './profile-store.ts'
import { checkNew, PENDING_FROM } from './read-record.ts'
import { refusalOf } from './storage-refusal.ts'
import type { News, Tabs } from './tabs.ts'

// Runs tasks one after another, in the order asked for; one that fails stops no other.

type Queue = <T>(task: () => Promise<T>) => Promise<T>

function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task)
    last = run.catch(() => {}) // whoever asked is answered
    return run
  }
}

// Events the disk has not taken: kept while the page lives, offered again at each write.

export interface Pending {
  /** Oldest first. */
  events(): readonly LoggedEvent[]
  add(entries: readonly IdentifiedEvent[]): readonly LoggedEvent[]
  /** The disk took all of them; `stored` are the same events under their new numbers. */
  settle(stored: readonly LoggedEvent[]): void
  /** The number an event goes by now. */
  currentSeq(seq: number): number
  remove(seqs: readonly number[]): void
  clear(): void
}

function createPending(): Pending {
  let events: readonly LoggedEvent[] = []
  let next = PENDING_FROM
  const moved = new Map<number, number>()
  return {
    events: () => events,
    add: (entries) => {
      const added = entries.map((entry) => ({ seq: next++, ...entry }))
      events = [...events, ...added]
      return added
    },
    settle: (stored) => {
      events.forEach(({ seq }, i) => {
        moved.set(seq, stored[i]?.seq ?? seq)
      })
      events = []
    },
    currentSeq: (seq) => moved.get(seq) ?? seq,
    remove: (seqs) => {
      const gone = new Set(seqs)
      events = events.filter(({ seq }) => !gone.has(seq))
    },
    clear: () => {
      events = []
      moved.clear()
    },
  }
}

// How a backed profile reads and writes its disk, and the state it reports.

interface BackedStoreParts {
  readonly disk: Disk
  readonly tabs: Tabs
  readonly listeners: Listeners
  readonly now: () => number
  readonly uid: () => string
  readonly onDemand: LoadOnDemand
  readonly onState: (state: StoreState) => void
}

/** One open profile: its parts and what it keeps in memory. */
interface OpenProfile extends BackedStoreParts {
  readonly pending: Pending
  /** Snapshots the disk did not take, or that name pending events. */
  readonly snapshots: Map<string, Snapshot>
  /** The newest seq when events were last removed: older snapshots may hold them. */
  snapshotFloor: number
  state: StoreState
}

interface Writing {
  readonly durability: IDBTransactionDurability
  /** Stored events that go in the same transaction. Default none. */
  readonly instead?: readonly number[]
}

/**
 * Writes what is pending and then `entries`, all or nothing.
 * @throws StorageRefusal, and everything is where it was
 */
export async function write(
  open: OpenProfile,
  entries: readonly IdentifiedEvent[],
  { durability, instead = [] }: Writing,
): Promise<Added> {
  const { disk, pending, snapshots } = open
  // another tab may have erased the log meanwhile, and these events with it
  if (pending.events().length > 0) await readDisk(open)
  const late = pending.events()
  if (late.length + entries.length + instead.length === 0)
    return { events: [], isAdded: [] }
  const waiting = late.map(({ seq: _, ...entry }) => entry) // the disk numbers them anew
  const { events, isAdded } = await disk.add([...waiting, ...entries], {
    ...{ durability, instead },
    onStarted: () => open.tabs.tell('changed'),
  })
  pending.settle(events.slice(0, late.length))
  if (late.length > 0) snapshots.clear() // they name numbers that are no more
  tell(open, { mode: 'indexeddb' })
  if (isAdded.includes(true) || instead.length > 0) changed(open)
  return { events: events.slice(late.length), isAdded: isAdded.slice(late.length) }
}

/** Reads what other tabs wrote. @throws StorageRefusal */
async function readDisk(open: OpenProfile) {
  const newest = newestSeq(open)
  const { isCut, isOther } = await open.disk.read()
  if (isOther) open.pending.clear()
  if (isCut) {
    open.snapshotFloor = Math.max(open.snapshotFloor, newest)
    open.snapshots.clear()
  }
  if (open.pending.events().length === 0) tell(open, { mode: 'indexeddb' })
}

/** Lets every tab know, this one too. */
export function changed(open: OpenProfile) {
  open.tabs.tell('changed')
  open.listeners.tell()
}

/** Continues in memory, with the reason in the state. */
export function refuse(open: OpenProfile, error: unknown) {
  tell(open, { mode: 'memory', reason: refusalOf(error).reason })
}

function tell(open: OpenProfile, { mode, reason }: StoreState) {
  const { state } = open
  const unreadable = open.disk.unreadable().map(({ seq }) => seq)
  const isSame = String(state.unreadable ?? '') === String(unreadable)
  if (state.mode === mode && state.reason === reason && isSame) return
  const next: StoreState = {
    mode,
    ...(reason === undefined ? {} : { reason }),
    ...(unreadable.length > 0 ? { unreadable } : {}),
  }
  open.state = next
  open.onState(next)
}

export function newestSeq({ disk, pending }: OpenProfile): number {
  return pending.events().at(-1)?.seq ?? disk.known().at(-1)?.seq ?? 0
}

// Snapshots of a backed profile: on disk, or in memory when they could not hold there.

export async function readSnapshot(open: OpenProfile, name: string) {
  const kept = open.snapshots.get(name)
  if (kept || open.disk.isRefused()) return structuredClone(kept)
  return open.disk.readSnapshot(name).catch((error: unknown) => {
    refuse(open, error)
    return undefined // replay makes it again
  })
}

export async function writeSnapshot(
  open: OpenProfile,
  name: string,
  snapshot: Snapshot,
) {
  const { disk, pending, snapshots } = open
  if (pending.events().length === 0 && !disk.isRefused()) {
    try {
      await disk.writeSnapshot(name, snapshot)
      snapshots.delete(name)
      return
    } catch {
      // full or broken: kept in memory below; the next event tells the state
    }
  }
  const { lastSeq } = snapshot
  if (lastSeq > open.snapshotFloor && lastSeq <= newestSeq(open)) {
    snapshots.set(name, snapshot)
  }
}

interface BackedStore extends ProfileStore {
  /** Another tab changed the log. */
  hear(news: News): void
  /** The disk can be reached again: gives it what it missed. */
  recover(): Promise<void>
}

export function createBackedStore(parts: BackedStoreParts): BackedStore {
  const { disk, tabs, listeners, now, uid, onDemand } = parts
  const open: OpenProfile = {
    ...parts,
    ...{ pending: createPending(), snapshots: new Map(), snapshotFloor: 0 },
    state: { mode: 'indexeddb' },
  }
  const queue = createQueue()
  let isClosed = false
  const inTurn = async <T>(task: () => Promise<T>): Promise<T> => {
    if (!isClosed) return queue(task)
    throw new HearthError('stopped', 'the profile is closed: open it again to use it.')
  }
  return {
    state: () => open.state,
    append: async (events, instead = []) => {
      const entries = checkNew(events, uid)
      return inTurn(async () => {
        if (instead.length > 0) await replace(open, entries, instead)
        return append(open, entries)
      })
    },
    events: () => inTurn(() => readEvents(open)),
    remove: (seqs) => inTurn(() => remove(open, seqs)),
    readSnapshot: (name) => inTurn(() => readSnapshot(open, name)),
    writeSnapshot: async (name, snapshot) => {
      const copy = copySnapshot(snapshot) // now: the caller may change it while it waits
      return inTurn(() => writeSnapshot(open, name, copy))
    },
    exportProfile: () =>
      inTurn(async () => {
        const { toProfileFile } = await onDemand()
        return toProfileFile(await readEvents(open), now(), open.disk.unreadable())
      }),
    importProfile: async (file) => {
      const entries = (await onDemand()).parseProfileFile(file)
      return inTurn(() => importEntries(open, entries))
    },
    erase: () => inTurn(() => erase(open)),
    onChange: (listener) => listeners.add(listener),
    close: () => {
      isClosed = true
      tabs.close()
      listeners.clear()
      void queue(async () => disk.close())
    },
    hear: (news) => void inTurn(async () => hear(open, news)).catch(() => {}), // closed
    recover: () => inTurn(() => recover(open)),
  }
}

async function append(
  open: OpenProfile,
  entries: readonly IdentifiedEvent[],
): Promise<LoggedEvent[]> {
  if (entries.length === 0) return []
  const { pending } = open
  const waiting = new Map(pending.events().map((event) => [event.uid, event]))
  const fresh = firstOfEach(entries).filter(({ uid }) => !waiting.has(uid))
  const logged = await appendFresh(open, fresh)
  const byUid = new Map(logged.map((event) => [event.uid, event]))
  return entries.map(({ uid }) => {
    const waited = waiting.get(uid)
    if (!waited) return byUid.get(uid)!
    return { ...waited, seq: pending.currentSeq(waited.seq) }
  })
}

/** @param entries each uid once, none of them pending */
async function appendFresh(
  open: OpenProfile,
  entries: readonly IdentifiedEvent[],
): Promise<readonly LoggedEvent[]> {
  try {
    return (await write(open, entries, { durability: 'relaxed' })).events
  } catch (error) {
    refuse(open, error)
    const uids = new Set(entries.map(({ uid }) => uid))
    const there = open.disk.known().filter(({ uid }) => uids.has(uid))
    for (const { uid } of there) uids.delete(uid)
    const kept = open.pending.add(entries.filter(({ uid }) => uids.has(uid)))
    open.listeners.tell()
    return [...there, ...kept]
  }
}

function firstOfEach(entries: readonly IdentifiedEvent[]): IdentifiedEvent[] {
  const uids = new Set<string>()
  return entries.filter(({ uid }) => !uids.has(uid) && uids.add(uid))
}

async function readEvents(open: OpenProfile): Promise<readonly LoggedEvent[]> {
  if (!open.disk.isRefused()) await readDisk(open).catch((error) => refuse(open, error))
  const known = open.disk.known()
  const kept = open.pending.events()
  return kept.length === 0 ? known : [...known, ...kept]
}

/** The stored ones of `instead` go in the transaction that brings `entries`. */
async function replace(
  open: OpenProfile,
  entries: readonly IdentifiedEvent[],
  instead: readonly number[],
) {
  const { pending } = open
  const current = instead.map((seq) => pending.currentSeq(seq))
  const stored = current.filter((seq) => seq < PENDING_FROM)
  open.snapshotFloor = newestSeq(open)
  if (stored.length > 0) {
    const waiting = new Set(pending.events().map(({ uid }) => uid))
    const fresh = firstOfEach(entries).filter(({ uid }) => !waiting.has(uid))
    await write(open, fresh, { durability: 'relaxed', instead: stored }).catch(
      (cause: unknown) => {
        throw unreachable('changed', cause)
      },
    )
  }
  pending.remove(current)
  open.snapshots.clear()
  open.listeners.tell()
}

async function remove(open: OpenProfile, seqs: readonly number[]) {
  const { disk, pending } = open
  const current = seqs.map((seq) => pending.currentSeq(seq))
  const stored = current.filter((seq) => seq < PENDING_FROM)
  open.snapshotFloor = newestSeq(open)
  if (stored.length > 0) {
    await disk.remove(stored).catch((cause: unknown) => {
      throw unreachable('removed', cause)
    })
    tell(open, open.state) // what was set aside may be gone
  }
  pending.remove(current)
  open.snapshots.clear()
  changed(open)
  if (stored.length > 0 && pending.events().length > 0) await recover(open)
}

async function erase(open: OpenProfile) {
  const newest = newestSeq(open)
  try {
    await open.disk.erase()
  } catch (error) {
    const { kind } = refusalOf(error)
    const wasNeverStored =
      (kind === 'denied' || kind === 'missing') && !open.disk.hasBeenRead()
    if (!wasNeverStored) throw unreachable('erased', error)
  }
  hear(open, 'erased')
  open.snapshotFloor = newest
  open.tabs.tell('erased')
  if (!open.disk.isRefused()) await readEvents(open)
}

/** What a tab does when the log was changed, by another tab or by itself. */
function hear(open: OpenProfile, news: News) {
  if (news === 'erased') {
    open.snapshotFloor = Math.max(open.snapshotFloor, newestSeq(open))
    open.pending.clear()
    open.snapshots.clear()
    open.disk.forget()
  }
  open.listeners.tell()
}

async function importEntries(open: OpenProfile, entries: readonly IdentifiedEvent[]) {
  const { pending, disk } = open
  const kept = new Set(pending.events().map(({ uid }) => uid))
  const fresh = entries.filter(({ uid }) => !kept.has(uid))
  try {
    const { isAdded } = await write(open, fresh, { durability: 'strict' })
    return isAdded.filter(Boolean).length
  } catch (error) {
    if (refusalOf(error).kind === 'full') throw unreachable('imported', error)
    refuse(open, error)
    const known = new Set(disk.known().map(({ uid }) => uid))
    const added = pending.add(fresh.filter(({ uid }) => !known.has(uid)))
    open.listeners.tell()
    return added.length
  }
}

async function recover(open: OpenProfile) {
  try {
    await write(open, [], { durability: 'relaxed' })
    await readDisk(open)
  } catch (error) {
    refuse(open, error)
  }
  open.listeners.tell()
}

function unreachable(done: string, cause: unknown): HearthError {
  const { kind } = refusalOf(cause)
  return new HearthError(
    'storage',
    `nothing was ${done}: got a refusal from storage (${kind}), expected a write. Close other tabs of this site or free some space, then try again.`,
    { cause },
  )
}
