/** The seam of the visitor's profile on this device: IndexedDB, or memory when it is denied. */
import type { LoggedEvent, Signal } from '../feedback/event.ts'

/** Something derived from the log, with the last event it holds and what made it. */
export interface Snapshot {
  readonly lastSeq: number
  /** Pack and encoder fingerprints: another one means replay, never mix. */
  readonly fingerprint: string
  readonly value: unknown
}

export interface ProfileFile {
  readonly format: 'hearth-profile'
  readonly version: 1
  readonly exportedAt: number
  readonly events: readonly { readonly uid: string; readonly signal: Signal }[]
}

export interface StoreState {
  readonly mode: 'indexeddb' | 'memory'
  /** Why memory only, in one plain sentence. */
  readonly reason?: string
}

export interface ProfileStore {
  state(): StoreState
  /**
   * Appends in order; in memory if the disk refuses, never lost while the page lives.
   * @throws HearthError `bad-argument` for a signal `checkSignal` refuses; none is stored
   */
  append(signals: readonly Signal[]): Promise<LoggedEvent[]>
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

// Listeners of a change; a burst of changes is told once.

export interface Listeners {
  add(listener: () => void): () => void
  tell(): void
  clear(): void
}

/** @param later runs a task soon; the changes until then are told together */
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
