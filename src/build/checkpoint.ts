/**
 * Training that was stopped can be resumed: after each epoch all that the next one needs is
 * saved, under a key of the data and the settings, so that it never resumes from others.
 */
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { HearthError } from '../errors.ts'
import { unwritable } from './replace-folder.ts'

/** Where the state is saved: one at a time, the newest. */
export interface CheckpointFile {
  /** @returns undefined if nothing was saved */
  read(): Promise<Uint8Array | undefined>
  /** `bytes` makes them when they are wanted: not every epoch need be saved. */
  write(bytes: () => Uint8Array): Promise<void>
  /** Training is over: nothing stays saved. */
  remove(): Promise<void>
}

/** SHA-256 of numbers and settings, in order. */
export function keyOf(...parts: readonly (NumberArray | object)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    hash.update(isNumbers(part) ? part : JSON.stringify(part))
    hash.update('\0')
  }
  return hash.digest('hex')
}

type NumberArray = Uint16Array | Uint32Array | Float32Array | Float64Array

function isNumbers(part: object): part is NumberArray {
  return ArrayBuffer.isView(part)
}

/**
 * @returns the state saved under this key; undefined if nothing was saved
 * @throws HearthError `bad-input` if it is damaged, or of another training
 */
export async function readCheckpoint<T>(
  file: CheckpointFile,
  key: string,
): Promise<T | undefined> {
  const bytes = await file.read()
  if (!bytes) return undefined
  const saved = deserialised(bytes)
  if (saved?.key === key) return saved.state as T
  const what = saved ? 'of another training: other data, seed or settings' : 'damaged'
  throw new HearthError(
    'bad-input',
    `the checkpoint is ${what}. Remove it, or name another file.`,
  )
}

export function writeCheckpoint<T>(
  file: CheckpointFile,
  key: string,
  state: T,
): Promise<void> {
  return file.write(() => serialize({ key, state }))
}

function deserialised(bytes: Uint8Array): { key: unknown; state: unknown } | undefined {
  try {
    return deserialize(bytes)
  } catch {
    return undefined
  }
}

// A checkpoint in a file, replaced as a whole every few seconds.

/** Least time between two writes: what is lost is soon learned again. */
const WRITE_EVERY_MS = 5000

/**
 * @param clock ms, never going back
 * @throws HearthError `bad-input` now, not after minutes, if it cannot be written there
 */
export function checkpointFile(path: string, clock: () => number): CheckpointFile {
  checkPlace(path)
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    read: async () => (existsSync(path) ? await readFile(path) : undefined),
    async write(bytes) {
      if (clock() - writtenAt < WRITE_EVERY_MS) return
      const temporary = `${path}.tmp-${process.pid}`
      try {
        await writeFile(temporary, bytes())
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw unwritable(path, error)
      }
      writtenAt = clock()
    },
    remove: () => rm(path, { force: true }),
  }
}

function checkPlace(path: string) {
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const why = isFolder ? 'it is a folder, expected a file' : 'its folder is not there'
  if (!isFolder && existsSync(dirname(path))) return
  throw new HearthError('bad-input', `cannot write ${path}: ${why}.`)
}
