/** A checkpoint in a file: replaced whole, every so often. */
import { existsSync, statSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HearthError } from '../errors.ts'
import type { CheckpointFile } from '../training/checkpoint.ts'
import { unwritable } from './unwritable.ts'

/** Between two writes: an epoch is soon learned again. */
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
      const fresh = `${path}.tmp-${process.pid}`
      try {
        await writeFile(fresh, bytes())
        await rename(fresh, path)
      } catch (error) {
        await rm(fresh, { force: true })
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
