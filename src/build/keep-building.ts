/** Builds again whenever a source changes, until somebody ends it. */

import { messageOf } from '../errors.ts'
import { isChangedSince, watchSources } from './watch-sources.ts'

interface KeepBuildingOptions {
  /** Files and folders. */
  readonly sources: readonly string[]
  /** What the build writes. */
  readonly ignored: readonly string[]
  /** When the build before began, Unix ms: what changed since is built at once. */
  readonly since?: number
  /** Without changes for so long, ms, they are over. */
  readonly quietMs?: number
  /** Takes a line. */
  readonly report: (line: string) => void
  /** Resolves when it should end. */
  readonly stopped: Promise<void>
}

/**
 * One build at a time: what changes meanwhile is built after it. A build that fails is
 * reported, and the pack that was there stays.
 *
 * @param build made again at each change
 * @returns when `stopped` is; a build that runs then is not waited for
 * @throws HearthError `bad-input` if a source cannot be watched
 */
export async function keepBuilding(
  build: () => Promise<void>,
  { sources, stopped, report, since, ...watching }: KeepBuildingOptions,
): Promise<void> {
  let isBuilding = false
  let isOutdated = false
  const onChange = async () => {
    isOutdated = true
    if (isBuilding) return
    isBuilding = true
    while (isOutdated) {
      isOutdated = false
      await build().catch((error) => {
        report(`hearth: ${messageOf(error)} The pack is as it was.`)
      })
    }
    isBuilding = false
  }
  const end = watchSources(sources, () => void onChange(), watching)
  if (since !== undefined && isChangedSince(sources, since)) void onChange()
  await stopped
  end()
}
