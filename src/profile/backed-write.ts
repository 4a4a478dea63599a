/** How a backed profile reads and writes its disk, and what it says about it. */
import type { Disk } from './disk.ts'
import type { Added, LogEntry } from './idb-store.ts'
import type { Listeners } from './listeners.ts'
import type { Pending } from './pending.ts'
import type { Snapshot, StoreState } from './profile-store.ts'
import { refusalOf } from './storage-refusal.ts'
import type { Tabs } from './tabs.ts'

export interface BackedStoreParts {
  readonly disk: Disk
  readonly tabs: Tabs
  readonly listeners: Listeners
  readonly now: () => number
  readonly uid: () => string
  readonly onState: (state: StoreState) => void
}

/** One open profile: its parts and what it keeps in memory. */
export interface OpenProfile extends BackedStoreParts {
  readonly pending: Pending
  /** Snapshots the disk did not take, or that name pending events. */
  readonly snapshots: Map<string, Snapshot>
  /** The newest seq when events were last removed: older snapshots may hold them. */
  snapshotFloor: number
  state: StoreState
}

/**
 * Writes what is pending and then `entries`, all or nothing.
 * @throws StorageRefusal, and everything is where it was
 */
export async function write(
  open: OpenProfile,
  entries: readonly LogEntry[],
  durability: IDBTransactionDurability,
): Promise<Added> {
  const { disk, pending, snapshots } = open
  // another tab may have erased the log meanwhile, and these events with it
  if (pending.events().length > 0) await readDisk(open)
  const late = pending.events()
  if (late.length + entries.length === 0) return { events: [], isNew: [] }
  const { events, isNew } = await disk.add([...late, ...entries], durability)
  pending.settle(events.slice(0, late.length))
  if (late.length > 0) snapshots.clear() // they name numbers that are no more
  tell(open, { mode: 'indexeddb' })
  if (isNew.includes(true)) changed(open)
  return { events: events.slice(late.length), isNew: isNew.slice(late.length) }
}

/** Reads what other tabs wrote. @throws StorageRefusal */
export async function readDisk(open: OpenProfile) {
  const newest = newestSeq(open)
  const { isCut, isOther } = await open.disk.read()
  if (isOther) open.pending.clear()
  if (isCut) {
    open.snapshotFloor = Math.max(open.snapshotFloor, newest)
    open.snapshots.clear()
  }
  if (open.pending.events().length === 0) tell(open, { mode: 'indexeddb' })
}

/** Tells every tab, this one too. */
export function changed(open: OpenProfile) {
  open.tabs.tell('changed')
  open.listeners.tell()
}

/** Goes on in memory, and says why. */
export function refuse(open: OpenProfile, error: unknown) {
  tell(open, { mode: 'memory', reason: refusalOf(error).reason })
}

function tell(open: OpenProfile, next: StoreState) {
  const { state } = open
  if (state.mode === next.mode && state.reason === next.reason) return
  open.state = next
  open.onState(next)
}

export function newestSeq({ disk, pending }: OpenProfile): number {
  return pending.events().at(-1)?.seq ?? disk.known().at(-1)?.seq ?? 0
}
