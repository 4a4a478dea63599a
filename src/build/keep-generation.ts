/**
 * A pack's files stay one generation: a page that was opened before an upload still finds
 * what the manifest it read names. What the manifest in a folder does not name is of the
 * generation before, and goes with the next build.
 */

import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { MANIFEST_NAME } from '../pack/manifest.ts'

/** A file whose name holds its hash: whatever the folder, its bytes are the same. */
const HASHED = /^[\w-]+\.[0-9a-f]{16}\.(?:bin|json)$/
const HASHED_NAME = /"([\w-]+\.[0-9a-f]{16}\.(?:bin|json))"/g
/** Beside a file: what a host compressed of it. */
const COMPRESSED = /\.(?:br|gz)$/
/** The encoder's own manifest names its files. */
const ENCODER = /^encoder\./

/**
 * Adds to `draft`, a new pack, the files of the pack in `folder` that are kept one
 * generation. Files that are in both keep their times, so that an upload passes them over.
 * Does nothing where `folder` holds no pack.
 *
 * @returns whether both are the same pack: then all of `folder` stays
 */
export function keepGeneration(folder: string, draft: string): boolean {
  if (!existsSync(join(folder, MANIFEST_NAME))) return false
  const isSame = isSameFile(join(folder, MANIFEST_NAME), join(draft, MANIFEST_NAME))
  const former = namedBy(folder)
  const kept = (name: string) => {
    const plain = name.replace(COMPRESSED, '')
    return HASHED.test(plain) && (isSame || former.has(plain))
  }
  for (const name of readdirSync(folder)) {
    const [from, to] = [join(folder, name), join(draft, name)]
    if (existsSync(to)) {
      if (isSameFile(from, to)) copyTimes(from, to)
    } else if (kept(name)) {
      copyFileSync(from, to)
      copyTimes(from, to)
    }
  }
  return isSame
}

/** The files that a folder's manifest names, those of its encoder among them. */
export function namedBy(folder: string): Set<string> {
  const names = hashedNames(join(folder, MANIFEST_NAME))
  const encoders = names.filter((name) => ENCODER.test(name))
  return new Set([
    ...names,
    ...encoders.flatMap((name) => hashedNames(join(folder, name))),
  ])
}

function hashedNames(path: string): string[] {
  if (!existsSync(path)) return []
  return [...readFileSync(path, 'utf8').matchAll(HASHED_NAME)].map(([, name]) => name)
}

function isSameFile(a: string, b: string): boolean {
  return (
    statSync(a).size === statSync(b).size && readFileSync(a).equals(readFileSync(b))
  )
}

function copyTimes(from: string, to: string) {
  const { atime, mtime } = statSync(from)
  utimesSync(to, atime, mtime)
}
