/** What a store needs seldom, loaded with the first call of it. */
import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { ProfileFile, ProfileStore } from './profile-store.ts'
import type { Unreadable } from './read-record.ts'

/** A database that cannot be used as it is. */
export interface Broken {
  readonly factory: IDBFactory
  readonly name: string
  /** Names the log's life where the old name cannot be read. */
  readonly life: () => string
}

export interface MemoryStoreOptions {
  /** Unix ms. */
  readonly now: () => number
  /** Random, unique across devices. */
  readonly uid: () => string
  /** Runs a task soon; the changes until then are reported to listeners together. */
  readonly later: (task: () => void) => void
  /** Numbers start above it: a store opened after another died must not reuse its. Default 0. */
  readonly aboveSeq?: number
  /** What the log holds at first, oldest first. Default nothing. */
  readonly events?: readonly LoggedEvent[]
}

/** `on-demand.ts`, or a script that holds it (`engine/seldom.ts`). */
export interface StoreOnDemand {
  mendDatabase(
    broken: Broken,
    options: { readonly isWhole: boolean },
  ): Promise<IDBDatabase>
  readOneByOne(db: IDBDatabase, range: IDBKeyRange | null): Promise<unknown[]>
  parseProfileFile(file: unknown): IdentifiedEvent[]
  toProfileFile(
    events: readonly LoggedEvent[],
    exportedAt: number,
    unreadable?: readonly Unreadable[],
  ): ProfileFile
  createMemoryStore(options: MemoryStoreOptions): ProfileStore
}

export type LoadOnDemand = () => Promise<StoreOnDemand>
