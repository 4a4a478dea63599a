/** A folder written beside its place and renamed into it: whole, or not there at all. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { PACK_FORMAT } from '../catalogue/pack.ts'
import type { PackSink } from '../catalogue/pack-source.ts'
import { HearthError, messageOf } from '../errors.ts'

export interface ReplaceOptions {
  /** Replace a folder even if it is no pack. Default false. */
  readonly force?: boolean
  /** Files and folders that must not be inside the folder that is replaced. */
  readonly keep: readonly string[]
}

/**
 * Refuses a place where a pack must not be written: a file, a folder that is neither empty
 * nor a pack (unless forced), a folder that holds an input.
 *
 * @throws HearthError `bad-input`
 */
export function checkReplaceable(folder: string, { force, keep }: ReplaceOptions) {
  const holds = keep.find((path) => isInside(resolve(path), resolve(folder)))
  if (holds !== undefined) {
    throw refused(folder, `it holds ${holds}, which would be lost`)
  }
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw refused(folder, 'it is a file')
  if (force || readdirSync(folder).length === 0 || isPack(folder)) return
  throw refused(folder, 'it is neither empty nor a Hearth pack (--force replaces it)')
}

/**
 * Runs `write` on a sink of a new folder beside `folder`, then puts that in its place. If
 * `write` throws, or the process is told to end, the new folder is removed and the old one
 * is as it was.
 *
 * @throws HearthError `bad-input` when the folder cannot be written
 */
export async function replaceFolder<T>(
  folder: string,
  write: (sink: PackSink) => Promise<T>,
): Promise<T> {
  const place = resolve(folder)
  const fresh = `${place}.tmp-${process.pid}`
  await makeFolder(folder, fresh)
  const stopWatching = removeOnSignal(fresh)
  try {
    const result = await write(createFolderSink(fresh))
    await swap(place, fresh)
    return result
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw isFileError(error) ? unwritable(folder, error) : error
  } finally {
    stopWatching()
  }
}

async function makeFolder(folder: string, fresh: string) {
  try {
    await mkdir(dirname(fresh), { recursive: true })
    await mkdir(fresh)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/** Writes a file whole or not at all. @throws HearthError `bad-input` */
export async function replaceFile(path: string, text: string): Promise<void> {
  const fresh = `${resolve(path)}.tmp-${process.pid}`
  try {
    await writeFile(fresh, text)
    await rename(fresh, resolve(path))
  } catch (error) {
    await rm(fresh, { force: true })
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

/** A folder cannot be renamed over one that holds files: the old one steps aside first. */
async function swap(place: string, fresh: string) {
  if (!existsSync(place)) return rename(fresh, place)
  const old = `${place}.old-${process.pid}`
  await rename(place, old)
  try {
    await rename(fresh, place)
  } catch (error) {
    await rename(old, place)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

function removeOnSignal(folder: string): () => void {
  const stops = Object.entries(SIGNALS).map(([signal, exitCode]) => {
    const stop = () => {
      rmSync(folder, { recursive: true, force: true })
      process.exit(exitCode)
    }
    process.once(signal, stop)
    return () => process.off(signal, stop)
  })
  return () => {
    for (const stop of stops) stop()
  }
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

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function refused(folder: string, why: string): HearthError {
  return new HearthError('bad-input', `cannot write to ${folder}: ${why}.`)
}

function unwritable(path: string, error: unknown): HearthError {
  return new HearthError('bad-input', `cannot write ${path}: ${messageOf(error)}.`, {
    cause: error,
  })
}
