/** A profile that lives as long as the page: for visitors who have not agreed to storage. */
import { HearthError } from '../errors.ts'
import type { LoggedEvent } from '../feedback/event.ts'
import { checkSignal } from '../feedback/event.ts'
import { parseProfileFile, toProfileFile } from './profile-file.ts'
import { createListeners, type ProfileStore, type Snapshot } from './profile-store.ts'

/**
 * A copy its maker can no longer change.
 * @throws HearthError `bad-argument` if its value holds a function or the like
 */
export function copySnapshot(snapshot: Snapshot): Snapshot {
  try {
    return structuredClone(snapshot)
  } catch (cause) {
    const message =
      'wrong snapshot value: got one that cannot be copied, expected data.'
    throw new HearthError('bad-argument', message, { cause })
  }
}

export interface MemoryStoreOptions {
  readonly now: () => number
  /** Random, unique across devices. */
  readonly uid: () => string
  /** Runs a task soon; the changes until then are told to listeners together. */
  readonly later: (task: () => void) => void
  /** Numbers start above it: a store opened after another died must not reuse its. Default 0. */
  readonly aboveSeq?: number
}

const REASON =
  'Nothing is stored on this device, so your signals are kept until you close this page.'

export function createMemoryStore({
  now,
  uid,
  later,
  aboveSeq = 0,
}: MemoryStoreOptions): ProfileStore {
  let events: readonly LoggedEvent[] = []
  let lastSeq = aboveSeq
  let removedUpTo = 0
  const snapshots = new Map<string, Snapshot>()
  const listeners = createListeners(later)

  function add(entries: readonly Omit<LoggedEvent, 'seq'>[]): LoggedEvent[] {
    const added = entries.map((entry) => ({ seq: ++lastSeq, ...entry }))
    if (added.length === 0) return added
    events = [...events, ...added]
    listeners.tell()
    return added
  }
  function keepOnly(kept: readonly LoggedEvent[]) {
    events = kept
    removedUpTo = lastSeq
    snapshots.clear()
    listeners.tell()
  }

  return {
    state: () => ({ mode: 'memory', reason: REASON }),
    append: async (signals) => {
      const checked = signals.map(checkSignal)
      return add(checked.map((signal) => ({ uid: uid(), signal })))
    },
    events: async () => events,
    remove: async (seqs) => {
      const gone = new Set(seqs)
      keepOnly(events.filter(({ seq }) => !gone.has(seq)))
    },
    readSnapshot: async (name) => structuredClone(snapshots.get(name)),
    writeSnapshot: async (name, snapshot) => {
      const copy = copySnapshot(snapshot)
      const mayHoldRemoved = snapshot.lastSeq <= removedUpTo
      if (mayHoldRemoved || snapshot.lastSeq > lastSeq) return
      snapshots.set(name, copy)
    },
    exportProfile: async () => toProfileFile(events, now()),
    importProfile: async (file) => {
      const known = new Set(events.map((event) => event.uid))
      return add(parseProfileFile(file).filter((entry) => !known.has(entry.uid))).length
    },
    erase: async () => keepOnly([]),
    onChange: (listener) => listeners.add(listener),
    close: () => listeners.clear(),
  }
}
