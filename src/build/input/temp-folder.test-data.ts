/** A folder for one test's files, removed when the test is over. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface TempFolder {
  readonly path: string
  /** Writes a file, with the folders of its name, and gives its path. */
  write(name: string, content: string | Uint8Array): string
}

export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'hearth-cli-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    write(name, content) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), content)
      return join(path, name)
    },
  }
}
