/** Opens the visitor's profile on this device, or in memory where the device refuses. */
import type { LoggedEvent } from '../feedback/event.ts'
import { createBackedStore } from './backed-store.ts'
import { createConnection } from './database.ts'
import { createDisk, createWriteLock } from './disk.ts'
import type { LoadOnDemand } from './load-on-demand.ts'
import type {
  MovableStore,
  ProfileStore,
  Storage,
  StoreState,
} from './profile-store.ts'
import { createListeners } from './profile-store.ts'
import { connectTabs, type TabChannel } from './tabs.ts'

export interface OpenProfileOptions {
  /** Names the profile: pages of one origin that give the same name share it. */
  readonly name: string
  /** Unix ms. */
  readonly now: () => number
  /** Random, unique across devices, 1–64 characters. */
  readonly uid: () => string
  /** Loads what a store needs seldom: `store/on-demand.ts`, or a script that holds it. */
  readonly onDemand: LoadOnDemand
  /** `memory`: nothing is stored and no other tab hears of it. Default `persistent`. */
  readonly storage?: Storage
  /** In memory, events are numbered above it. Default 0. */
  readonly aboveSeq?: number
  /** Default: the browser's own. */
  readonly indexedDB?: IDBFactory
  /** Default: the browser's own, `navigator.locks`. */
  readonly locks?: Pick<LockManager, 'request'>
  /** Opens the channel between tabs. Default: a `BroadcastChannel`. */
  readonly channel?: (name: string) => TabChannel
  /** Called when the profile moves to memory or back. */
  readonly onState?: (state: StoreState) => void
  /** How long an open or a lock may take before the page continues without, ms, > 0. Default 3000. */
  readonly patienceMs?: number
  /** Runs a task soon; listeners are called once for all changes until then. Default: in 10 ms. */
  readonly later?: (task: () => void) => void
}

const PATIENCE_MS = 3000
/** A burst of clicks or of tabs falls within it; a person does not see it. */
const COALESCE_MS = 10

/**
 * Never rejects because of storage: what cannot be stored is kept in memory, and `state()`
 * gives the reason.
 */
export async function openProfile(options: OpenProfileOptions): Promise<MovableStore> {
  const later = options.later ?? ((task) => void setTimeout(task, COALESCE_MS))
  const openIn = async (storage: Storage, events: readonly LoggedEvent[]) => {
    if (storage === 'persistent') return openBacked(options, later)
    const { createMemoryStore } = await options.onDemand()
    return createMemoryStore({ ...memoryPartsOf(options), later, events })
  }
  const storage = options.storage ?? 'persistent'
  return createMovableStore({ storage, openIn, first: await openIn(storage, []) })
}

function memoryPartsOf({ now, uid, aboveSeq = 0 }: OpenProfileOptions) {
  return { now, uid, aboveSeq }
}

async function openBacked(
  options: OpenProfileOptions,
  later: (task: () => void) => void,
): Promise<ProfileStore> {
  const { now, uid, onDemand } = options
  const name = `hearth-profile:${options.name}`
  const patienceMs = options.patienceMs ?? PATIENCE_MS
  const connection = createConnection({
    ...{ name, patienceMs, life: uid },
    factory: () => options.indexedDB ?? globalThis.indexedDB,
    onDemand,
    onLate: () => void store.recover().catch(() => {}), // closed meanwhile
  })
  const lock = createWriteLock(options.locks ?? browserLocks(), name, patienceMs)
  const store = createBackedStore({
    ...{ now, uid, onDemand },
    disk: createDisk({ connection, lock, life: uid, onDemand }),
    tabs: connectTabs(openChannel(options, name), (news) => store.hear(news)),
    listeners: createListeners(later),
    onState: options.onState ?? (() => {}),
  })
  await store.events() // the first read shows whether storage works, and fills the memory
  return store
}

// A profile moves by opening the other store, giving it the events, and closing the first.

interface MovableParts {
  readonly storage: Storage
  readonly first: ProfileStore
  /** @param events what a store in memory holds at first */
  readonly openIn: (
    storage: Storage,
    events: readonly LoggedEvent[],
  ) => ProfileStore | Promise<ProfileStore>
}

function createMovableStore({ storage, first, openIn }: MovableParts): MovableStore {
  let store = first
  let current = storage
  /** Set while the profile moves: every other call waits for it. */
  let moving: Promise<unknown> | undefined
  let moves: Promise<unknown> = Promise.resolve()
  /** The number of an event before it was written to disk → its uid. */
  const movedUids = new Map<number, string>()
  const listeners = new Map<() => void, () => void>()

  const after = <T>(call: (store: ProfileStore) => Promise<T>): Promise<T> =>
    moving ? moving.then(() => call(store)) : call(store)

  function replaceBy(next: ProfileStore) {
    store.close()
    store = next
    for (const listener of listeners.keys()) {
      listeners.set(listener, next.onChange(listener))
    }
  }
  async function move(to: Storage) {
    if (to === current) return
    const events = await store.events()
    const next = await openIn(to, events)
    if (to === 'memory')
      await store.erase().catch((error: unknown) => {
        next.close()
        throw error
      })
    else {
      await next.append(events.map(({ seq: _, ...event }) => event))
      for (const { seq, uid } of events) movedUids.set(seq, uid)
    }
    replaceBy(next)
    current = to
  }
  /** Events that moved to disk go by other numbers there. */
  async function currentSeqs(seqs: readonly number[]): Promise<readonly number[]> {
    if (movedUids.size === 0) return seqs
    const byUid = new Map((await store.events()).map(({ uid, seq }) => [uid, seq]))
    const seqOf = (seq: number) => byUid.get(movedUids.get(seq) ?? '') ?? seq
    return seqs.map(seqOf)
  }

  return {
    state: () => store.state(),
    append: (events, instead = []) =>
      after(async (open) => {
        if (instead.length === 0) return open.append(events) // in turn, without a pause
        return open.append(events, await currentSeqs(instead))
      }),
    events: () => after((open) => open.events()),
    remove: (seqs) => after(async (open) => open.remove(await currentSeqs(seqs))),
    readSnapshot: (name) => after((open) => open.readSnapshot(name)),
    writeSnapshot: (name, snapshot) =>
      after((open) => open.writeSnapshot(name, snapshot)),
    exportProfile: () => after((open) => open.exportProfile()),
    importProfile: (file) => after((open) => open.importProfile(file)),
    erase: () => after((open) => open.erase()),
    onChange: (listener) => {
      const own = () => listener() // the same function may be added twice
      listeners.set(own, store.onChange(own))
      return () => {
        listeners.get(own)?.()
        listeners.delete(own)
      }
    },
    close: () => store.close(),
    setStorage: async (to) => {
      const mine = moves.then(() => move(to))
      moves = mine.catch(() => {}) // whoever asked is answered
      const settled = moves.then(() => {
        if (moving === settled) moving = undefined
      })
      moving = settled
      await mine
    },
  }
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
