/** A profile that lives as long as the page: for visitors who have not agreed to storage. */
import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { MemoryStoreOptions } from './load-on-demand.ts'
import { parseProfileFile, toProfileFile } from './profile-file.ts'
import {
  copySnapshot,
  createListeners,
  type ProfileStore,
  type Snapshot,
} from './profile-store.ts'
import { checkNew } from './read-record.ts'

const REASON =
  'Nothing is stored on this device, so your choices are kept until you close this page.'

export function createMemoryStore({
  now,
  uid,
  later,
  aboveSeq = 0,
  events: first = [],
}: MemoryStoreOptions): ProfileStore {
  let events = first
  let lastSeq = Math.max(aboveSeq, first.at(-1)?.seq ?? 0)
  let removedUpTo = 0
  const byUid = new Map(first.map((event) => [event.uid, event]))
  const snapshots = new Map<string, Snapshot>()
  const listeners = createListeners(later)

  /** @returns how many were not there yet */
  function add(entries: readonly IdentifiedEvent[]): number {
    const added: LoggedEvent[] = []
    for (const entry of entries) {
      if (byUid.has(entry.uid)) continue
      const event = { seq: ++lastSeq, ...entry }
      byUid.set(entry.uid, event)
      added.push(event)
    }
    if (added.length === 0) return 0
    events = [...events, ...added]
    listeners.tell()
    return added.length
  }
  function keepOnly(kept: readonly LoggedEvent[]) {
    events = kept
    byUid.clear()
    for (const event of kept) byUid.set(event.uid, event)
    removedUpTo = lastSeq
    snapshots.clear()
    listeners.tell()
  }

  function removeAll(seqs: readonly number[]) {
    const gone = new Set(seqs)
    keepOnly(events.filter(({ seq }) => !gone.has(seq)))
  }

  return {
    state: () => ({ mode: 'memory', reason: REASON }),
    append: async (given, instead = []) => {
      const entries = checkNew(given, uid)
      if (instead.length > 0) removeAll(instead)
      add(entries)
      return entries.map((entry) => byUid.get(entry.uid)!)
    },
    events: async () => events,
    remove: async (seqs) => removeAll(seqs),
    readSnapshot: async (name) => structuredClone(snapshots.get(name)),
    writeSnapshot: async (name, snapshot) => {
      const copy = copySnapshot(snapshot)
      const mayHoldRemoved = snapshot.lastSeq <= removedUpTo
      if (mayHoldRemoved || snapshot.lastSeq > lastSeq) return
      snapshots.set(name, copy)
    },
    exportProfile: async () => toProfileFile(events, now()),
    importProfile: async (file) => add(parseProfileFile(file)),
    erase: async () => keepOnly([]),
    onChange: (listener) => listeners.add(listener),
    close: () => listeners.clear(),
  }
}
