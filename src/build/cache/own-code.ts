/** A hash of the code that learns: models of other code are never reused. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a model's numbers depend on, where the sources run. */
const FOLDERS = ['build', 'feedback', 'math', 'pack', 'scoring', 'text', 'towers']
const CODE = /(?<!\.(?:test|test-data))\.(?:js|ts|wasm)$/

/** Of the package's scripts, or of the sources where these run. */
export function ownCodeHash(): string {
  const self = fileURLToPath(import.meta.url)
  const isSource = extname(self) === '.ts'
  const root = isSource ? join(dirname(self), '..', '..') : dirname(self)
  const hash = createHash('sha256')
  const files = readdirSync(root, { recursive: isSource, encoding: 'utf8' })
    .filter((file) => CODE.test(file))
    .filter((file) => !isSource || FOLDERS.includes(file.split(sep)[0]))
    .sort()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
