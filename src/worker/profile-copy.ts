/**
 * The page's copy of a profile that lives in the worker's memory alone, where it would die
 * with the worker. There is none while the profile is on disk: it would outlive an erase.
 */
import type { Engine, EngineNotice } from '../engine/engine.ts'
import type { LoggedEvent, ProfileFile } from '../profile/profile-store.ts'
import type { EngineService } from './protocol.ts'
import type { Connection } from './rpc.ts'

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
