/** Files and folders watched for changes, many at once reported as one. */

import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { HearthError, messageOf } from '../errors.ts'
import { MANIFEST_NAME } from '../pack/manifest.ts'

interface WatchOptions {
  /** Without changes for so long, ms, they are over. Default QUIET_MS. */
  readonly quietMs?: number
  /** Where no change counts: what the build itself writes. */
  readonly ignored: readonly string[]
}

/** Editors and site generators write in bursts. */
const QUIET_MS = 300
/** Folders that no catalogue is in, and that change all the time. */
const NEVER = /(^|[\\/])(node_modules|\.git|\.cache)([\\/]|$)/

/**
 * Calls `onChange` once when a burst of changes to any of `paths` is over, and again after
 * the next.
 *
 * @param paths files, or folders with all that is in them
 * @returns ends it
 * @throws HearthError `bad-input` if one of them cannot be watched
 */
export function watchSources(
  paths: readonly string[],
  onChange: () => void,
  { quietMs = QUIET_MS, ignored }: WatchOptions,
): () => void {
  let timer: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(onChange, quietMs)
  }
  const isIgnored = (folder: string, name: string) =>
    NEVER.test(name) ||
    ignored.some((each) => isWithin(resolve(folder, name), resolve(each)))
  const watchers: FSWatcher[] = []
  const end = () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
  try {
    for (const path of paths) watchers.push(watchOne(resolve(path), changed, isIgnored))
  } catch (error) {
    end()
    const why = `cannot watch ${paths.join(', ')}: ${messageOf(error)}.`
    throw new HearthError('bad-input', `${why} Build without --watch.`, {
      cause: error,
    })
  }
  return end
}

function watchOne(
  path: string,
  changed: () => void,
  isIgnored: (folder: string, name: string) => boolean,
): FSWatcher {
  // a pack is replaced as a whole, like a file
  const isFolder =
    statSync(path).isDirectory() && !existsSync(join(path, MANIFEST_NAME))
  // a file is often replaced by another of its name: its folder outlives it
  const folder = isFolder ? path : dirname(path)
  const watcher = watch(folder, { recursive: isFolder }, (_, name) => {
    if (!isFolder && name !== basename(path)) return
    if (isFolder && name !== null && isIgnored(folder, name)) return
    changed()
  })
  watcher.on('error', changed) // the folder is gone: the build reports it
  return watcher
}

/** A folder's drafts beside it (`pack.tmp-1`) are its own too. */
function isWithin(path: string, folder: string): boolean {
  return (
    path === folder || path.startsWith(folder + sep) || path.startsWith(`${folder}.`)
  )
}

/** Whether a file was written later than `since`, Unix ms; of a folder, any file in it. */
export function isChangedSince(paths: readonly string[], since: number): boolean {
  const isLater = (path: string) =>
    (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > since
  return paths.some((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return isLater(path)
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).some(
      (name) => !NEVER.test(name) && isLater(join(path, name)),
    )
  })
}
