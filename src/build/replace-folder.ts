/** A folder written beside its place and renamed into it: whole, or not there at all. */

import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { HearthError, messageOf } from '../errors.ts'
import { PACK_FORMAT } from '../pack/pack.ts'
import type { PackSink } from '../pack/pack-source.ts'
import { isMountPoint, lockFolder, recoverFolder, refuseHeld } from './folder-lock.ts'

// Why a file or folder cannot be written, in words.

export function unwritable(path: string, error: unknown): HearthError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const why = REASONS[code] ?? messageOf(error)
  return new HearthError('bad-input', `cannot write ${path}: ${why}.`, { cause: error })
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder, expected a file',
  EEXIST: 'a part of the path is not a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOENT: 'its folder is not there',
  EBUSY: 'it is in use, or a disk is mounted there',
  EXDEV: 'it is on another disk than its folder',
}

// Whether a pack may be written here: checked before the work, so that none of it is lost.

/** What a folder may hold to be replaced without force. */
export interface FolderKind {
  /** As in "neither empty nor a Hearth pack". */
  readonly name: string
  isOne(folder: string): boolean
  /** A file in such a folder that is none of its own, if there is one. */
  foreignIn(folder: string): string | undefined
}

interface ReplaceOptions {
  /** Replace a folder even if it holds more than a pack. Default false. */
  readonly force?: boolean
  /** Default: a pack. */
  readonly kind?: FolderKind
  /** Files and folders that must not be inside the folder that is replaced. */
  readonly keep: readonly string[]
}

/**
 * Refuses a place where a pack must not be written: a file, a folder that holds anything
 * but its kind (unless forced), a folder that holds an input, a place without permission, a
 * mount point, a folder that another process writes.
 *
 * @throws HearthError `bad-input`
 */
export function checkReplaceable(
  folder: string,
  { force, keep, kind = PACK_FOLDER }: ReplaceOptions,
) {
  const holds = keep.find((path) => isInside(placeOf(path), placeOf(folder)))
  if (holds !== undefined) {
    throw refused(folder, `it holds ${holds}, which would be lost`)
  }
  checkParent(folder, placeOf(folder))
  refuseHeld(placeOf(folder))
  recoverFolder(placeOf(folder))
  if (isMountPoint(placeOf(folder))) {
    throw refused(folder, 'a disk is mounted there. Name a folder inside it')
  }
  const names = namesIn(folder)
  if (force || names === undefined || names.length === 0) return
  if (!kind.isOne(folder)) {
    const expected = `neither empty nor a Hearth ${kind.name}`
    throw refused(folder, `it is ${expected} (--force replaces it)`)
  }
  const foreign = kind.foreignIn(folder)
  if (foreign === undefined) return
  const why = `beside its ${kind.name} it holds ${foreign}, which would be lost`
  throw refused(folder, `${why} (--force replaces it all)`)
}

/** Where a path leads: links to what is there are followed. */
export function placeOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

/** Refuses a file that could not be written. @throws HearthError `bad-input` */
export function checkFilePlace(path: string) {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  if (isFolder) throw refused(path, 'it is a folder, expected a file')
  const folder = dirname(resolve(path))
  if (namesIn(folder) === undefined) throw refused(path, `there is no folder ${folder}`)
  checkParent(path, resolve(path))
}

function checkParent(path: string, place: string) {
  // A folder not there yet is made later: then the nearest one above it counts.
  for (let above = dirname(place); ; above = dirname(above)) {
    try {
      if (!statSync(above).isDirectory()) throw refused(path, `${above} is a file`)
      return accessSync(above, constants.W_OK | constants.X_OK)
    } catch (error) {
      if (error instanceof HearthError) throw error
      const { code = '' } = error as NodeJS.ErrnoException
      if (!['ENOENT', 'ENOTDIR'].includes(code)) throw unwritable(path, error)
    }
  }
}

/** Names in a folder; undefined where there is nothing. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw code === 'ENOTDIR'
      ? refused(folder, 'it is a file')
      : unwritable(folder, error)
  }
}

/** What a pack holds: its manifest, its files, what hosts and Finder put beside them. */
const PACK_FILE =
  /^((manifest|overlay)\.json|[\w-]+\.[0-9a-f]{16}\.(bin|json))(\.(br|gz))?$|^\.DS_Store$/

const PACK_FOLDER: FolderKind = {
  name: 'pack',
  isOne: isPack,
  foreignIn: (folder) => readdirSync(folder).find((name) => !PACK_FILE.test(name)),
}

function isPack(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(join(folder, 'manifest.json'), 'utf8'),
    )
    return (manifest as { format?: unknown } | null)?.format === PACK_FORMAT
  } catch {
    return false // no manifest, or not JSON: then it is no pack
  }
}

function isInside(path: string, folder: string): boolean {
  return (
    path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
  )
}

function refused(folder: string, why: string): HearthError {
  return new HearthError('bad-input', `cannot write to ${folder}: ${why}.`)
}

/**
 * Runs `write` on a sink of a new folder beside `folder` (and on that folder's path), then puts it in
 * place. If `write` throws, or the process gets a signal to end, the new folder is removed and the old one
 * is as it was. A link to a folder stays: what it leads to is replaced.
 *
 * @throws HearthError `bad-input` when the folder cannot be written
 */
export async function replaceFolder<T>(
  folder: string,
  write: (sink: PackSink, draft: string) => Promise<T>,
): Promise<T> {
  const place = placeOf(folder)
  const draft = `${place}.tmp-${process.pid}`
  const unlock = await lockPlace(folder, place)
  const stopWatching = removeOnSignal(draft, unlock)
  try {
    await mkdir(draft)
    const result = await write(createFolderSink(draft), draft)
    swap(place, draft)
    return result
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw isFileError(error) ? unwritable(folder, error) : error
  } finally {
    stopWatching()
    unlock()
  }
}

async function lockPlace(folder: string, place: string): Promise<() => void> {
  try {
    await makeParents(place)
    return lockFolder(place)
  } catch (error) {
    throw error instanceof HearthError ? error : unwritable(folder, error)
  }
}

/** One by one: Node's own recursive mkdir never ends where a folder refuses children. */
async function makeParents(path: string): Promise<void> {
  const parent = dirname(path)
  if (existsSync(parent)) return
  await makeParents(parent)
  await mkdir(parent)
}

/** Writes a file whole or not at all. @throws HearthError `bad-input` */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${resolve(path)}.tmp-${process.pid}`
  try {
    await writeFile(draft, text)
    await rename(draft, resolve(path))
  } catch (error) {
    await rm(draft, { force: true })
    throw unwritable(path, error)
  }
}

function createFolderSink(folder: string): PackSink {
  return {
    async write(name, bytes) {
      if (name !== basename(name)) {
        throw new HearthError('internal', `bad pack file name: got ${name}.`)
      }
      await writeFile(join(folder, name), bytes)
    },
  }
}

/**
 * A folder cannot be renamed over one that holds files: the old one is moved away first.
 * Both in one go, so that no signal finds the place empty.
 */
function swap(place: string, draft: string) {
  if (!existsSync(place)) return renameSync(draft, place)
  const old = `${place}.old-${process.pid}`
  renameSync(place, old)
  try {
    renameSync(draft, place)
  } catch (error) {
    renameSync(old, place)
    throw error
  }
  rmSync(old, { recursive: true, force: true })
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

function removeOnSignal(folder: string, unlock: () => void): () => void {
  const stops = Object.entries(SIGNALS).map(([signal, exitCode]) => {
    const stop = () => {
      rmSync(folder, { recursive: true, force: true })
      unlock()
      process.exit(exitCode)
    }
    process.once(signal, stop)
    return () => process.off(signal, stop)
  })
  return () => {
    for (const stop of stops) stop()
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
