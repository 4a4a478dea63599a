/** The page's side: one engine in a worker per pack, shared by everything on the page. */

import type { LoggedEvent } from '../../feedback/event.ts'
import type { FirstBlock } from '../../pack/pack.ts'
import type { ProfileFile } from '../../store/profile-store.ts'
import { BACKENDS, type Backend } from '../../towers/tower-device.ts'
import type { Engine, EngineNotice } from '../engine.ts'
import type { EngineService } from './protocol.ts'
import type { Connection } from './rpc.ts'
import { type Supervisor, supervise } from './supervise.ts'

// The page's copy of a profile that lives in the worker's memory alone, where it would die
// with the worker. There is none while the profile is on disk: it would outlive an erase.

export interface ProfileCopy {
  hear(notice: EngineNotice): void
  /** Gives a fresh worker the profile back; its call leaves before this returns. */
  restoreInto(connection: Connection<EngineService>): Promise<void>
  /** Settles as `logged` does. The reply is kept: the worker may die before it is asked. */
  withEvents(logged: Promise<readonly LoggedEvent[]>): Promise<readonly LoggedEvent[]>
  /** Settles as `changed` does, with a new copy made. */
  after<T>(changed: Promise<T>): Promise<T>
}

const EMPTY_FILE = { format: 'hearth-profile', version: 1, events: [] } as const

/** @param isInMemory what is known of the profile before its state is told */
export function createProfileCopy(
  isInMemory: boolean,
  exportProfile: Engine['exportProfile'],
): ProfileCopy {
  let kept: ProfileFile | undefined
  let restoring = 0

  return {
    hear: (notice) => {
      if (notice.type !== 'state') return
      isInMemory = notice.state.profile.mode === 'memory'
      // until a restore is done, the copy is all there is
      if (!isInMemory && restoring === 0) kept = undefined
    },
    restoreInto: async (connection) => {
      if (!kept) return
      restoring++
      try {
        await restore(connection, kept)
      } finally {
        restoring--
      }
      kept = isInMemory ? await connection.call('exportProfile', []) : undefined
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
  }
}

/** What a full disk refuses goes to the worker's memory. */
async function restore(connection: Connection<EngineService>, file: ProfileFile) {
  try {
    await connection.call('importProfile', [file])
  } catch {
    const uids = new Set((await connection.call('events', [])).map(({ uid }) => uid))
    const missing = file.events.filter(({ uid }) => !uids.has(uid))
    await connection.call('record', [missing.map(({ signal }) => signal)])
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
    .map(({ uid, signal }) => ({ uid, signal }))
  return { ...before, events: [...before.events, ...added] }
}

export interface HearthOptions {
  /** URL of the pack's folder; relative ones start from the page. */
  readonly pack: string
  /** Forces a backend of the device fallbacks. Default: the page's `?device=`, else probed. */
  readonly device?: Backend
  /** Keep the profile in memory only. Default false. */
  readonly memoryOnly?: boolean
}

export interface Hearth {
  readonly engine: Engine
  /** The items everyone starts with, before the rest of the pack is here. */
  first(): Promise<FirstBlock>
  /** @returns the unsubscriber */
  subscribe(listener: (notice: EngineNotice) => void): () => void
  /** Tries again from nothing, e.g. after a pack that could not be read. */
  retry(): void
  close(): void
}

/** How often the worker is looked after, ms. */
const WATCH_MS = 2_000

const opened = new Map<string, Hearth>()

/** The engine of `pack` on this page: the same one for the same URL. */
export function openHearth(options: HearthOptions): Hearth {
  const packUrl = new URL(`${options.pack.replace(/\/*$/, '')}/`, document.baseURI).href
  const known = opened.get(packUrl)
  if (known) return known
  const hearth = openNew(packUrl, options)
  opened.set(packUrl, hearth)
  return hearth
}

function openNew(packUrl: string, options: HearthOptions): Hearth {
  const { device = deviceAsked(), memoryOnly } = options
  const listeners = new Set<(notice: EngineNotice) => void>()
  const config = {
    packUrl,
    assetsUrl: assetsUrl(),
    ...(device ? { device } : {}),
    ...(memoryOnly ? { memoryOnly } : {}),
  }
  const copy = createProfileCopy(memoryOnly === true, () =>
    supervisor.call('exportProfile'),
  )

  const supervisor: Supervisor<EngineService> = supervise<EngineService>({
    spawn: () =>
      new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' }),
    begin: async (connection, restarts) => {
      const started = connection.call('start', [{ ...config, restarts }])
      // at once, so that it comes before the calls that are made again: an erase, say
      await Promise.all([started, copy.restoreInto(connection)])
    },
    onNotice: (value) => {
      const notice = value as EngineNotice
      copy.hear(notice)
      for (const listener of listeners) listener(notice)
    },
    every: (check) => {
      const timer = setInterval(check, WATCH_MS)
      return () => clearInterval(timer)
    },
    now: () => performance.now(),
    ping: (connection) => connection.call('ping', []),
  })

  const { call } = supervisor

  return {
    engine: {
      state: () => call('state'),
      feed: (options) => call('feed', options),
      related: (itemId, count) => call('related', itemId, count),
      search: (text, options) => call('search', text, options),
      prepareSearch: () => call('prepareSearch'),
      checkEncoder: () => call('checkEncoder'),
      item: (itemId) => call('item', itemId),
      predictRating: (itemId) => call('predictRating', itemId),
      links: () => call('links'),
      record: (signals) => copy.withEvents(call('record', signals)),
      events: () => call('events'),
      removeEvents: (seqs) => copy.after(call('removeEvents', seqs)),
      taste: () => call('taste'),
      exportProfile: () => call('exportProfile'),
      importProfile: (file) => copy.after(call('importProfile', file)),
      erase: () => copy.after(call('erase')),
    },
    first: () => call('first'),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: () => supervisor.restart('tried again.'),
    close: () => {
      opened.delete(packUrl)
      supervisor.close()
    },
  }
}

/**
 * Where `models/` and `runtime/` lie: beside the folder this script was built into, or
 * at the dev server's root.
 */
function assetsUrl() {
  return import.meta.env.DEV
    ? new URL('/', location.href).href
    : new URL(/* @vite-ignore */ '../', import.meta.url).href
}

/** `?device=webgpu|wasm|js` in the page's address; anything else asks for nothing. */
function deviceAsked(): Backend | undefined {
  const asked = new URLSearchParams(location.search).get('device')
  return BACKENDS.find((backend) => backend === asked)
}
