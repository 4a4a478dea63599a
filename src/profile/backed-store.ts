/**
 * The profile on disk with memory behind it: what the disk refuses is kept while the page
 * lives, is listed with the rest, and is offered to the disk again at the next write.
 */
import { HearthError } from '../errors.ts'
import { checkSignal } from '../signals/check-signal.ts'
import { readSnapshot, writeSnapshot } from './backed-snapshots.ts'
import {
  type BackedStoreParts,
  changed,
  newestSeq,
  type OpenProfile,
  readDisk,
  refuse,
  write,
} from './backed-write.ts'
import { copySnapshot } from './copy-snapshot.ts'
import type { LogEntry } from './idb-store.ts'
import { createPending, PENDING_FROM } from './pending.ts'
import { parseProfileFile, toProfileFile } from './profile-file.ts'
import type { LoggedEvent, ProfileStore } from './profile-store.ts'
import { createQueue } from './queue.ts'
import { refusalOf } from './storage-refusal.ts'
import type { News } from './tabs.ts'

export interface BackedStore extends ProfileStore {
  /** Another tab changed the log. */
  hear(news: News): void
  /** The disk can be reached again: gives it what it missed. */
  recover(): Promise<void>
}

export function createBackedStore(parts: BackedStoreParts): BackedStore {
  const { disk, tabs, listeners, now, uid } = parts
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
    append: async (signals) => {
      const entries = signals.map((signal) => ({
        uid: uid(),
        signal: checkSignal(signal),
      }))
      return inTurn(() => append(open, entries))
    },
    events: () => inTurn(() => readEvents(open)),
    remove: (seqs) => inTurn(() => remove(open, seqs)),
    readSnapshot: (name) => inTurn(() => readSnapshot(open, name)),
    writeSnapshot: async (name, snapshot) => {
      const copy = copySnapshot(snapshot) // now: the caller may change it while it waits
      return inTurn(() => writeSnapshot(open, name, copy))
    },
    exportProfile: () =>
      inTurn(async () => toProfileFile(await readEvents(open), now())),
    importProfile: async (file) => {
      const entries = parseProfileFile(file)
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
  entries: readonly LogEntry[],
): Promise<LoggedEvent[]> {
  if (entries.length === 0) return []
  try {
    return [...(await write(open, entries, 'relaxed')).events]
  } catch (error) {
    refuse(open, error)
    const kept = open.pending.add(entries)
    open.listeners.tell()
    return [...kept]
  }
}

async function readEvents(open: OpenProfile): Promise<readonly LoggedEvent[]> {
  if (!open.disk.isRefused()) await readDisk(open).catch((error) => refuse(open, error))
  const known = open.disk.known()
  const kept = open.pending.events()
  return kept.length === 0 ? known : [...known, ...kept]
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

async function importEntries(open: OpenProfile, entries: readonly LogEntry[]) {
  const { pending, disk } = open
  const kept = new Set(pending.events().map(({ uid }) => uid))
  const fresh = entries.filter(({ uid }) => !kept.has(uid))
  try {
    const { isNew } = await write(open, fresh, 'strict')
    return isNew.filter(Boolean).length
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
    await write(open, [], 'relaxed')
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
