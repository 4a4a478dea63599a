/** The page's side: one engine in a worker for each pack, shared by everything on the page. */

import { HearthError } from '../../errors.ts'
import type { LoggedEvent } from '../../feedback/event.ts'
import type { ProfileFile, Storage } from '../../store/profile-store.ts'
import { BACKENDS, type Backend } from '../../towers/tower-device.ts'
import {
  assembleHearth,
  type Call,
  createNotices,
  type EngineNotice,
  forwardCalls,
} from '../calls.ts'
import type { HearthOptions, Profile } from '../hearth.ts'
import { checkOptions } from '../hearth-options.ts'
import { type OpenedHearth, openInPlace } from '../in-place.ts'
import { isSaid, keepStorage } from './keep-storage.ts'
import type { EngineConfig, EngineService } from './protocol.ts'
import type { Connection } from './rpc.ts'
import { chosenStorage, keepChoice } from './storage-choice.ts'
import { type Supervisor, supervise } from './supervise.ts'
import { type Act, actsOf, leftActs, notedUntil, strike } from './unsettled-acts.ts'
import type { Determined } from './web-engine.ts'

// The page's copy of a profile that lives in the worker's memory alone, where it would die
// with the worker. There is none while the profile is on disk: it would outlive an erase.

interface ProfileCopy {
  hear(notice: EngineNotice): void
  /** Gives a fresh worker the profile back; its call leaves before this returns. */
  restoreInto(connection: Connection<EngineService>): Promise<void>
  /** Settles as `logged` does. The reply is kept: the worker may die before it is asked. */
  withEvents(logged: Promise<readonly LoggedEvent[]>): Promise<readonly LoggedEvent[]>
  /** Settles as `changed` does, with a new copy made. */
  after<T>(changed: Promise<T>): Promise<T>
  /** Runs a move of the profile: to memory, a copy is there before the disk is erased. */
  during(storage: Storage, move: () => Promise<void>): Promise<void>
}

const EMPTY_FILE = { format: 'hearth-profile', version: 2, events: [] } as const

/** @param isInMemory what is known of the profile before its state is reported */
function createProfileCopy(
  isInMemory: boolean,
  exportProfile: Profile['export'],
): ProfileCopy {
  let kept: ProfileFile | undefined
  /** Restores and moves under way: until they are done, the copy is all there is. */
  let needed = 0

  return {
    hear: (notice) => {
      if (notice.type !== 'state') return
      isInMemory = notice.event.profile.mode === 'memory'
      if (!isInMemory && needed === 0) kept = undefined
    },
    restoreInto: async (connection) => {
      if (!kept) return
      needed++
      try {
        await restore(connection, kept)
      } finally {
        needed--
      }
      kept = isInMemory ? await connection.call('export', []) : undefined
    },
    withEvents: async (logged) => {
      const events = await logged
      if (isInMemory) kept = fileWith(kept, events)
      return events
    },
    after: async (changed) => {
      const value = await changed
      if (isInMemory) kept = await exportProfile()
      return value
    },
    during: async (storage, move) => {
      needed++
      try {
        if (storage === 'memory') kept = await exportProfile()
        await move()
      } finally {
        needed--
      }
      isInMemory = storage === 'memory' || isInMemory
      kept = isInMemory ? await exportProfile() : undefined
    },
  }
}

/** What a full disk refuses goes to the worker's memory. */
async function restore(connection: Connection<EngineService>, file: ProfileFile) {
  try {
    await connection.call('import', [file])
  } catch {
    const uids = new Set((await connection.call('events', [])).map(({ uid }) => uid))
    const missing = file.events.filter(({ uid }) => !uids.has(uid))
    await connection.call('record', [missing])
  }
}

function fileWith(
  file: ProfileFile | undefined,
  logged: readonly LoggedEvent[],
): ProfileFile {
  const before = file ?? { ...EMPTY_FILE, exportedAt: Date.now() }
  const known = new Set(before.events.map(({ uid }) => uid))
  const added = logged
    .filter(({ uid }) => !known.has(uid))
    .map(({ seq: _, ...event }) => event)
  return { ...before, events: [...before.events, ...added] }
}

/** How often the worker is looked after, ms. */
const WATCH_MS = 2_000

interface Shared extends OpenedHearth {
  /** Callers of this page that have not closed it. */
  users: number
}

const shared = new Map<string, Shared>()

/**
 * The Hearth of a page: one for each pack, shared by all its callers, with its engine in a
 * worker. Where `now` or `seed` is given it is the caller's own, and in place; where the
 * browser has no workers it is in place too.
 * @throws HearthError `bad-argument` for an option that is none
 */
export function openPageHearth(options: HearthOptions): OpenedHearth {
  checkOptions(options)
  const config = configOf(options)
  const { now, seed } = options
  if (now !== undefined || seed !== undefined) {
    return openOnPage(config, {
      ...(now ? { now } : {}),
      ...(seed === undefined ? {} : { seed }),
    })
  }
  const known = shared.get(config.packUrl)
  if (known) return join(known, config.storage)
  const { hearth, opened } =
    typeof Worker === 'undefined' ? openOnPage(config) : openInWorker(config)
  const close = async () => {
    if (--entry.users > 0) return
    shared.delete(config.packUrl)
    await hearth.close()
  }
  const profile: Profile = {
    ...hearth.profile,
    setStorage: async (storage, { remember = false } = {}) => {
      await hearth.profile.setStorage(storage)
      if (remember) keepChoice(config.packUrl, storage)
    },
  }
  const entry: Shared = { hearth: { ...hearth, profile, close }, opened, users: 1 }
  shared.set(config.packUrl, entry)
  return entry
}

/** Another caller: what one of them must not store, none stores. */
function join(known: Shared, storage: Storage): OpenedHearth {
  known.users++
  if (storage !== 'memory') return known
  const moved = known.hearth.profile.setStorage('memory')
  moved.catch(() => {}) // `opened` has it; the state shows where the profile is
  return { hearth: known.hearth, opened: () => Promise.all([known.opened(), moved]) }
}

type PageConfig = Omit<EngineConfig, 'restarts'>

function configOf({ pack, assets, storage, backend }: HearthOptions): PageConfig {
  const wanted = backend ?? backendAsked()
  const packUrl = folderUrl(pack)
  return {
    packUrl,
    assetsUrl: assets === undefined ? assetsUrl() : folderUrl(assets),
    storage: chosenStorage(packUrl) ?? storage ?? 'persistent',
    runtime: import.meta.env.HEARTH_RUNTIME !== 'none',
    ...(wanted ? { backend: wanted } : {}),
  }
}

function folderUrl(address: string) {
  try {
    return new URL(`${address.replace(/\/*$/, '')}/`, document.baseURI).href
  } catch (cause) {
    throw new HearthError(
      'bad-argument',
      `invalid address of a folder: got ${JSON.stringify(address)}, expected a URL.`,
      { cause },
    )
  }
}

function openOnPage(config: PageConfig, determined?: Determined): OpenedHearth {
  return openInPlace(async (notify) => {
    const { openWebEngine } = await import('./web-engine.ts')
    return openWebEngine({ ...config, restarts: 0 }, notify, determined)
  }, determined?.now)
}

function openInWorker(first: PageConfig): OpenedHearth {
  const { on, notify } = createNotices()
  let config = first
  const copy = createProfileCopy(config.storage === 'memory', () =>
    supervisor.call('export'),
  )
  const acts = actsOf(config.packUrl)
  const isInMemory = () => config.storage === 'memory'
  /** Settles as `done` does: what came in then is worth keeping. */
  const worthKeeping = async <T>(done: Promise<T>) => {
    const value = await done
    if (!isInMemory()) keepStorage()
    return value
  }
  /** A visitor whose events are not stored has nothing noted either. */
  const noted = <T>(act: Act, done: Promise<T>) =>
    isInMemory() ? done : notedUntil(acts, act, done)
  const supervisor: Supervisor<EngineService> = supervise<EngineService>({
    spawn: () =>
      new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' }),
    begin: async (connection, restarts) => {
      // not again in a fresh worker: what ended the last one may be among them
      const keys = restarts > 0 || isInMemory() ? [] : leftActs(acts)
      const left = keys.map((key) => localStorage[key] as string)
      const started = connection
        .call('start', [{ ...config, restarts, left }])
        .then(() => strike(keys))
      // at once, so that it comes before the calls that are made again, an erase for one
      await Promise.all([started, copy.restoreInto(connection)])
    },
    onNotice: (value) => {
      const notice = value as EngineNotice
      copy.hear(notice)
      notify(notice)
    },
    every: (check) => {
      const timer = setInterval(check, WATCH_MS)
      return () => clearInterval(timer)
    },
    now: () => performance.now(),
    ping: (connection) => connection.call('ping', []),
  })
  const calls = forwardCalls(((method, args) =>
    supervisor.call(method, ...args)) as Call)
  const hearth = assembleHearth(
    {
      ...calls,
      record: async (events, options) => {
        const logged = await copy.withEvents(
          noted(['record', events, options], calls.record(events, options)),
        )
        if (!isInMemory() && logged.some(isSaid)) keepStorage()
        return logged
      },
      remove: (seqs) => copy.after(noted(['remove', seqs], calls.remove(seqs))),
      import: (file, options) => worthKeeping(copy.after(calls.import(file, options))),
      addHistory: (chosen) => worthKeeping(copy.after(calls.addHistory(chosen))),
      undoHistory: (batch) => copy.after(calls.undoHistory(batch)),
      erase: () => {
        strike(leftActs(acts))
        return copy.after(calls.erase())
      },
      setStorage: (storage) =>
        copy.during(storage, async () => {
          await calls.setStorage(storage)
          if (storage === 'memory') strike(leftActs(acts))
          config = { ...config, storage } // for a fresh worker, too
        }),
      close: async () => supervisor.close(),
    },
    { on, retry: () => supervisor.restart('tried again.') },
  )
  return { hearth, opened: () => supervisor.call('opened') }
}

/**
 * Where `models/` and `runtime/` lie: beside the folder this script was built into, in the
 * package where its build states, or at the dev server's root. Cut from the script's address
 * by hand: bundlers take `new URL('…', import.meta.url)` for a file's, and look for it.
 */
function assetsUrl() {
  if (import.meta.env.DEV) return new URL('/', location.href).href
  const script: string = import.meta.url
  const folder = script.slice(0, script.lastIndexOf('/') + 1)
  return new URL(folder + (import.meta.env.HEARTH_ASSETS ?? '../')).href
}

/** `?device=webgpu|wasm|js` in the page's address; anything else asks for nothing. */
function backendAsked(): Backend | undefined {
  const asked = new URLSearchParams(location.search).get('device')
  return BACKENDS.find((backend) => backend === asked)
}
