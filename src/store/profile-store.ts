/** The seam of the visitor's profile on this device: IndexedDB, or memory when it is denied. */
import { HearthError } from '../errors.ts'
import type { FeedbackEvent, IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'

/** Something derived from the log, with the last event it holds and what made it. */
export interface Snapshot {
  readonly lastSeq: number
  /** Pack and encoder fingerprints: another one means replay, never mix. */
  readonly fingerprint: string
  readonly value: unknown
}

/** A profile as a visitor takes it along: JSON. */
export interface ProfileFile {
  readonly format: 'hearth-profile'
  readonly version: 2
  /** Unix time, ms. */
  readonly exportedAt: number
  /** Oldest first. */
  readonly events: readonly IdentifiedEvent[]
  /** Records that could not be read, as they were stored; absent where there are none. */
  readonly unreadable?: readonly unknown[]
  /** What the events are about, by the name of its pack. Files of older versions have none. */
  readonly catalogue?: { readonly name: string }
}

/** Where a profile lives: on this device's disk, or in memory for as long as the page. */
export type Storage = 'persistent' | 'memory'

/** An event to append; one without a uid is given one. */
export type NewEvent = FeedbackEvent & Partial<Pick<IdentifiedEvent, 'uid'>>

export interface StoreState {
  readonly mode: 'indexeddb' | 'memory'
  /** Why memory only, in one plain sentence. */
  readonly reason?: string
  /**
   * Numbers (`seq`) of stored records that cannot be read: broken, or of a newer Hearth. They
   * stay where they are, in `export` too, until they are removed. Absent where there are none.
   */
  readonly unreadable?: readonly number[]
}

export interface ProfileStore {
  state(): StoreState
  /**
   * Appends in order; in memory if the disk refuses, never lost while the page lives. An
   * event whose uid is in the log already is not added again.
   * @param instead numbers of events that go in the same transaction. Default none
   * @returns one an event given, in order
   * @throws HearthError `bad-argument` for an event `checkEvent` refuses, `storage` if the
   *   disk that holds what should go refuses; none is stored, and none removed
   */
  append(
    events: readonly NewEvent[],
    instead?: readonly number[],
  ): Promise<LoggedEvent[]>
  /** All events, oldest first. */
  events(): Promise<readonly LoggedEvent[]>
  /**
   * Removes events for good; all snapshots are dropped, as any may hold them.
   * @throws HearthError `storage` if the disk that holds them refuses; nothing was removed
   */
  remove(seqs: readonly number[]): Promise<void>
  readSnapshot(name: string): Promise<Snapshot | undefined>
  /**
   * Keeps a copy. Left undone, silently, for one whose `lastSeq` is not newer than the last
   * removal (it may hold what was removed) or is not in the log: replay makes it again.
   * @throws HearthError `bad-argument` if its value cannot be copied
   */
  writeSnapshot(name: string, snapshot: Snapshot): Promise<void>
  exportProfile(): Promise<ProfileFile>
  /**
   * Adds a file's events that are not here yet; all or nothing.
   * @returns how many were added
   * @throws HearthError `bad-profile`, or `storage` if there is no room; nothing stored
   *   has changed
   */
  importProfile(file: unknown): Promise<number>
  /**
   * Forgets everything, all or nothing, in every tab.
   * @throws HearthError `storage` if a disk that may hold events refuses; nothing was erased
   */
  erase(): Promise<void>
  /** Called when this or another tab changed the log, once for a burst. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
  close(): void
}

/** A profile that can move between memory and disk while it is open. */
export interface MovableStore extends ProfileStore {
  /**
   * To `memory`: keeps the events and erases the disk, in every tab. To `persistent`:
   * writes the events to disk; one that refuses is a state, as ever.
   * @throws HearthError `storage` if the disk cannot be erased; nothing has moved
   */
  setStorage(storage: Storage): Promise<void>
}

// Listeners of a change; a burst of changes is reported once.

export interface Listeners {
  add(listener: () => void): () => void
  tell(): void
  clear(): void
}

/** @param later runs a task soon; the changes until then are reported together */
export function createListeners(later: (task: () => void) => void): Listeners {
  const listeners = new Set<() => void>()
  let isNotifying = false
  return {
    add: (listener) => {
      const own = () => listener() // the same function may be added twice
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell: () => {
      if (isNotifying || listeners.size === 0) return
      isNotifying = true
      later(() => {
        isNotifying = false
        // each in a task of its own: one that throws does not silence the others
        for (const listener of listeners) queueMicrotask(listener)
      })
    },
    clear: () => listeners.clear(),
  }
}

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
