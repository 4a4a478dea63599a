/** The seam of the visitor's profile on this device: IndexedDB, or memory when it is denied. */
import type { Signal } from '../signals/signal.ts'

/** A signal in the log. `seq` rises by arrival and is never reused. */
export interface LoggedEvent {
  readonly seq: number
  /** Random, unique across devices: importing a log twice adds nothing. */
  readonly uid: string
  readonly signal: Signal
}

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
  /** Appends in order; in memory if the disk refuses, never lost. */
  append(signals: readonly Signal[]): Promise<LoggedEvent[]>
  /** All events, oldest first. */
  events(): Promise<readonly LoggedEvent[]>
  /** Removes events for good; snapshots that held them are dropped. */
  remove(seqs: readonly number[]): Promise<void>
  readSnapshot(name: string): Promise<Snapshot | undefined>
  writeSnapshot(name: string, snapshot: Snapshot): Promise<void>
  exportProfile(): Promise<ProfileFile>
  /**
   * Adds a file's events that are not here yet; all or nothing.
   * @returns how many were added
   * @throws HearthError `bad-profile`, and nothing stored has changed
   */
  importProfile(file: unknown): Promise<number>
  /** Forgets everything, all or nothing. */
  erase(): Promise<void>
  /** Called when this or another tab changed the log. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
  close(): void
}
