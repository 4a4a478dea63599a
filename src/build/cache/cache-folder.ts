/**
 * Where a build keeps what the next one may reuse: whole files, each behind its hash, in a
 * folder of bounded size. Whatever is wrong with it costs time and never a build.
 */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { messageOf } from '../../errors.ts'

/** Files of the cache by name; reading and writing never throw. */
export interface BuildCache {
  /** @returns undefined if there is none, or it is damaged, which is reported */
  read(name: string): Promise<Uint8Array | undefined>
  /** Replaces it whole. That it could not be written is reported. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** The owner sees why something is made anew. */
  report(line: string): void
}

interface CacheOptions {
  readonly folder: string
  /** Of all files; the longest unused go first. Default MAX_BYTES. */
  readonly maxBytes?: number
  /** Whether nothing is read: what is there is replaced. Default false. */
  readonly makesAnew?: boolean
  /** Takes a line for the owner. */
  readonly report: (line: string) => void
}

const MAX_BYTES = 512 * 2 ** 20
const HASH_BYTES = 32
/** Its files' ending: nothing else in the folder is touched. */
const ENDING = '.hearth'
/** A file that a build was stopped in the middle of, after a day. */
const DRAFT = /\.hearth\.tmp-\d+$/
const DAY_MS = 86_400_000

export function openCache({
  folder,
  maxBytes = MAX_BYTES,
  makesAnew = false,
  report,
}: CacheOptions): BuildCache {
  const pathOf = (name: string) => join(folder, `${name}${ENDING}`)
  return {
    report,
    async read(name) {
      const path = pathOf(name)
      if (makesAnew || !existsSync(path)) return undefined
      try {
        const file = await readFile(path)
        const body = new Uint8Array(file.subarray(HASH_BYTES)) // aligned, unlike a view
        if (!hashOf(body).equals(file.subarray(0, HASH_BYTES))) {
          throw new Error('its hash does not match')
        }
        const now = new Date()
        utimesSync(path, now, now) // used: not the first to go
        return body
      } catch (error) {
        report(`the cache file ${path} is ignored: ${messageOf(error)}.`)
        return undefined
      }
    },
    async write(name, bytes) {
      const path = pathOf(name)
      const draft = `${path}.tmp-${process.pid}`
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(draft, [hashOf(bytes), bytes])
        await rename(draft, path)
        keepWithin(folder, maxBytes)
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {}) // reported below
        report(`nothing is kept for the next build: ${messageOf(error)}.`)
      }
    },
  }
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** Removes the longest unused files until the others take at most `maxBytes`. */
function keepWithin(folder: string, maxBytes: number) {
  const names = readdirSync(folder)
  const files = names
    .filter((name) => name.endsWith(ENDING))
    .flatMap((name) => {
      const path = join(folder, name)
      const found = statSync(path, { throwIfNoEntry: false }) // another build's, gone
      return found ? [{ path, bytes: found.size, used: found.mtimeMs }] : []
    })
    .sort((a, b) => b.used - a.used)
  let total = 0
  for (const { path, bytes } of files) {
    total += bytes
    if (total > maxBytes) rmSync(path, { force: true })
  }
  for (const name of names.filter((each) => DRAFT.test(each))) {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && Date.now() - found.mtimeMs > DAY_MS) rmSync(path, { force: true })
  }
}

/**
 * `node_modules/.cache/hearth-recommender` of the project that holds `from`, else the
 * folder that the operating system has for caches.
 *
 * @param env the process's environment
 */
export function cacheFolder(
  from: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(join(folder, 'package.json')) && existsSync(modules)) {
      return join(modules, '.cache', 'hearth-recommender')
    }
    if (dirname(folder) === folder) return join(userCache(env), 'hearth-recommender')
  }
}

function userCache(env: Readonly<Record<string, string | undefined>>): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA
  return join(homedir(), '.cache')
}
