/** Snapshots of a backed profile: on disk, or in memory when they could not hold there. */
import { newestSeq, type OpenProfile, refuse } from './backed-write.ts'
import type { Snapshot } from './profile-store.ts'

export async function readSnapshot(open: OpenProfile, name: string) {
  const kept = open.snapshots.get(name)
  if (kept || open.disk.isRefused()) return structuredClone(kept)
  return open.disk.readSnapshot(name).catch((error: unknown) => {
    refuse(open, error)
    return undefined // replay makes it again
  })
}

export async function writeSnapshot(
  open: OpenProfile,
  name: string,
  snapshot: Snapshot,
) {
  const { disk, pending, snapshots } = open
  if (pending.events().length === 0 && !disk.isRefused()) {
    try {
      await disk.writeSnapshot(name, snapshot)
      snapshots.delete(name)
      return
    } catch {
      // full or broken: kept in memory below; the next event tells the state
    }
  }
  const { lastSeq } = snapshot
  if (lastSeq > open.snapshotFloor && lastSeq <= newestSeq(open)) {
    snapshots.set(name, snapshot)
  }
}
