/** The files of a site's folder, in one order on every machine. */
import type { Dirent } from 'node:fs'
import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unreadable } from '../../read-text.ts'

export interface SiteFiles {
  /** Paths in the folder, with `/` between names, sorted. */
  readonly html: readonly string[]
  readonly markdown: readonly string[]
  /** Tables: CSV, JSON and the like, at any depth. */
  readonly tables: readonly string[]
}

/** Files read of one folder: more is no site, but a disk. */
export const MAX_FILES = 500_000
const SKIPPED = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  '__MACOSX',
  'pagefind',
  '_pagefind',
])
const HTML = /\.(?:html?|xhtml)$/i
const MARKDOWN = /\.(?:md|mdx|markdown|mdown|mkd)$/i
const TABLE = /\.(?:csv|tsv|json|jsonl|ndjson|parquet|xml|xlsx|sqlite|db)(?:\.gz)?$/i

/** @throws HearthError `bad-input` when the folder cannot be read */
export async function walkFolder(path: string): Promise<SiteFiles> {
  const files = {
    html: [] as string[],
    markdown: [] as string[],
    tables: [] as string[],
  }
  const waiting = ['']
  let count = 0
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await list(join(path, folder))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (!isSkipped(join(path, name), entry.name)) waiting.push(name)
        continue
      }
      // links are not followed: they may lead in circles, or out of the site
      if (!entry.isFile() || ++count > MAX_FILES) continue
      if (HTML.test(entry.name)) files.html.push(name)
      else if (MARKDOWN.test(entry.name)) files.markdown.push(name)
      else if (TABLE.test(entry.name)) files.tables.push(name)
    }
  }
  return {
    html: files.html.sort(),
    markdown: files.markdown.sort(),
    tables: files.tables.sort(),
  }
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw unreadable(folder, error)
  }
}

function isSkipped(path: string, name: string): boolean {
  if (SKIPPED.has(name) || name.startsWith('.')) return true
  return (
    existsSync(join(path, 'hearth-copy.json')) || isPack(join(path, 'manifest.json'))
  )
}

function isPack(manifest: string): boolean {
  if (!existsSync(manifest)) return false
  const head = readFileSync(manifest, 'utf8').slice(0, 4096)
  return /"format"\s*:\s*"hearth/.test(head)
}
