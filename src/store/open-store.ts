/** Opens the visitor's profile on this device, or in memory where the device refuses. */
import { createBackedStore } from './backed-store.ts'
import { createConnection } from './database.ts'
import { createDisk, createWriteLock } from './disk.ts'
import { createMemoryStore } from './memory-store.ts'
import type { ProfileStore, StoreState } from './profile-store.ts'
import { createListeners } from './profile-store.ts'
import { connectTabs, type TabChannel } from './tabs.ts'

export interface OpenProfileOptions {
  /** Names the profile: pages of one origin that give the same name share it. */
  readonly name: string
  /** Unix ms. */
  readonly now: () => number
  /** Random, unique across devices, 1–64 characters. */
  readonly uid: () => string
  /** Nothing is stored and no other tab is told. Default false. */
  readonly memoryOnly?: boolean
  /** With `memoryOnly`: events are numbered above it. Default 0. */
  readonly aboveSeq?: number
  /** Default: the browser's own. */
  readonly indexedDB?: IDBFactory
  /** Default: the browser's own, `navigator.locks`. */
  readonly locks?: Pick<LockManager, 'request'>
  /** Opens the channel between tabs. Default: a `BroadcastChannel`. */
  readonly channel?: (name: string) => TabChannel
  /** Told when the profile moves to memory or back. */
  readonly onState?: (state: StoreState) => void
  /** How long an open or a lock may take before the page goes on without, ms, > 0. Default 3000. */
  readonly patienceMs?: number
  /** Runs a task soon; listeners are told once for all changes until then. Default: in 10 ms. */
  readonly later?: (task: () => void) => void
}

const PATIENCE_MS = 3000
/** A burst of clicks or of tabs falls within it; a person does not see it. */
const COALESCE_MS = 10

/**
 * Never rejects because of storage: what cannot be stored is kept in memory, and `state()`
 * says why.
 */
export async function openProfile(options: OpenProfileOptions): Promise<ProfileStore> {
  const { now, uid } = options
  const later = options.later ?? ((task) => void setTimeout(task, COALESCE_MS))
  if (options.memoryOnly) {
    const { aboveSeq = 0 } = options
    return createMemoryStore({ now, uid, later, aboveSeq })
  }
  const name = `hearth-profile:${options.name}`
  const patienceMs = options.patienceMs ?? PATIENCE_MS
  const connection = createConnection({
    ...{ name, patienceMs, life: uid },
    factory: () => options.indexedDB ?? globalThis.indexedDB,
    onLate: () => void store.recover().catch(() => {}), // closed meanwhile
  })
  const lock = createWriteLock(options.locks ?? browserLocks(), name, patienceMs)
  const store = createBackedStore({
    ...{ now, uid },
    disk: createDisk({ connection, lock, life: uid }),
    tabs: connectTabs(openChannel(options, name), (news) => store.hear(news)),
    listeners: createListeners(later),
    onState: options.onState ?? (() => {}),
  })
  await store.events() // the first read shows whether storage works, and fills the memory
  return store
}

function browserLocks(): LockManager | undefined {
  return globalThis.navigator?.locks // absent on plain http
}

function openChannel({ channel }: OpenProfileOptions, name: string) {
  try {
    if (channel) return channel(name)
    return 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined
  } catch {
    // refused in some sandboxed frames: tabs then see each other's changes when they read
    return undefined
  }
}
