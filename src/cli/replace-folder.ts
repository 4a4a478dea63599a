/** A folder written beside its place and renamed into it: whole, or not there at all. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { PackSink } from '../catalogue/pack-source.ts'
import { HearthError } from '../errors.ts'
import { placeOf } from './check-replaceable.ts'
import { unwritable } from './unwritable.ts'

/**
 * Runs `write` on a sink of a new folder beside `folder`, then puts that in its place. If
 * `write` throws, or the process is told to end, the new folder is removed and the old one
 * is as it was. A link to a folder stays: what it leads to is replaced.
 *
 * @throws HearthError `bad-input` when the folder cannot be written
 */
export async function replaceFolder<T>(
  folder: string,
  write: (sink: PackSink) => Promise<T>,
): Promise<T> {
  const place = placeOf(folder)
  const fresh = `${place}.tmp-${process.pid}`
  await makeFolder(folder, fresh)
  const stopWatching = removeOnSignal(fresh)
  try {
    const result = await write(createFolderSink(fresh))
    swap(place, fresh)
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
    await makeParents(fresh)
    await mkdir(fresh)
  } catch (error) {
    throw unwritable(folder, error)
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

/**
 * A folder cannot be renamed over one that holds files: the old one steps aside first.
 * Both in one go, so that no signal finds the place empty.
 */
function swap(place: string, fresh: string) {
  if (!existsSync(place)) return renameSync(fresh, place)
  const old = `${place}.old-${process.pid}`
  renameSync(place, old)
  try {
    renameSync(fresh, place)
  } catch (error) {
    renameSync(old, place)
    throw error
  }
  rmSync(old, { recursive: true, force: true })
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

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
