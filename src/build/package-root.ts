/** Where the own files of this package are, from `src/` and from `dist/` alike. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HearthError } from '../errors.ts'

/** The nearest folder above this file that holds the package.json of Hearth. */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from))
  while (!isHearth(folder)) {
    const parent = dirname(folder)
    if (parent === folder) {
      throw new HearthError('internal', `no package.json of Hearth above ${from}.`)
    }
    folder = parent
  }
  return folder
}

export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The encoder Hearth ships. */
export function defaultModelFolder(): string {
  return join(packageRoot(), 'public', 'models', 'hearth-encoder')
}

function isHearth(folder: string): boolean {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return false
  return (
    (JSON.parse(readFileSync(path, 'utf8')) as { name?: string }).name ===
    'hearth-recommender'
  )
}
