/** May a pack be written here? Asked before the work, so that no hour of it is lost. */
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { PACK_FORMAT } from '../catalogue/pack.ts'
import { HearthError } from '../errors.ts'
import { unwritable } from './unwritable.ts'

export interface ReplaceOptions {
  /** Replace a folder even if it holds more than a pack. Default false. */
  readonly force?: boolean
  /** Files and folders that must not be inside the folder that is replaced. */
  readonly keep: readonly string[]
}

/**
 * Refuses a place where a pack must not be written: a file, a folder that holds anything
 * but a pack (unless forced), a folder that holds an input, a place without permission.
 *
 * @throws HearthError `bad-input`
 */
export function checkReplaceable(folder: string, { force, keep }: ReplaceOptions) {
  const holds = keep.find((path) => isInside(placeOf(path), placeOf(folder)))
  if (holds !== undefined) {
    throw refused(folder, `it holds ${holds}, which would be lost`)
  }
  checkParent(folder, placeOf(folder))
  const names = namesIn(folder)
  if (force || names === undefined || names.length === 0) return
  if (!isPack(folder)) {
    throw refused(folder, 'it is neither empty nor a Hearth pack (--force replaces it)')
  }
  const foreign = names.find((name) => !PACK_FILE.test(name))
  if (foreign === undefined) return
  const why = `beside its pack it holds ${foreign}, which would be lost`
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
  /^(manifest\.json|[\w-]+\.[0-9a-f]{16}\.(bin|json))(\.(br|gz))?$|^\.DS_Store$/

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
