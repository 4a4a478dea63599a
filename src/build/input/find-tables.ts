/** A folder → its table of items and its table of interactions, recognised by their columns. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HearthError } from '../../errors.ts'
import { findColumns, ITEM_COLUMNS } from './columns.ts'
import { isInteractionTable } from './interaction-layout.ts'
import { unreadable } from './read-text.ts'
import { openTable } from './table.ts'

interface FoundTables {
  readonly items: string
  readonly interactions: string
}

/** Names of tables; those of the second kind are tried where the first has none. */
const TABLE_NAMES = [
  /\.(csv|tsv|jsonl|ndjson|json)(\.gz)?$/i,
  /\.(psv|dat|data|item|xml|rss|atom)(\.gz)?$|\.(zip|parquet)$/i,
]

/**
 * A table with an id and a title holds items; one with a user and an item, and no title,
 * interactions.
 *
 * @returns undefined if the folder holds neither
 * @throws HearthError `bad-input` if it cannot be listed, or holds not exactly one of each
 */
export async function findTables(folder: string): Promise<FoundTables | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw isNotFolder(error) ? notFolder(folder) : unreadable(folder, error)
  })
  const tables = await tablesOf(folder, names)
  if (!tables) return undefined
  const { items, interactions } = tables
  return {
    items: join(folder, onlyOne(folder, 'items (id and title columns)', items)),
    interactions: join(
      folder,
      onlyOne(folder, 'interactions (user and item columns)', interactions),
    ),
  }
}

async function tablesOf(folder: string, names: readonly string[]) {
  for (const pattern of TABLE_NAMES) {
    const items: string[] = []
    const interactions: string[] = []
    for (const name of names.filter((file) => pattern.test(file)).sort()) {
      const kind = await kindOf(join(folder, name))
      if (kind === 'items') items.push(name)
      if (kind === 'interactions') interactions.push(name)
    }
    if (items.length > 0 || interactions.length > 0) return { items, interactions }
  }
  return undefined
}

async function kindOf(path: string): Promise<'items' | 'interactions' | 'other'> {
  const table = await openTable(path, () => {}).catch((error: unknown) => {
    // A file that is no table may lie beside the two that are.
    if (error instanceof HearthError && error.code === 'bad-input') return undefined
    throw error
  })
  if (!table) return 'other'
  const rows = table.rows[Symbol.asyncIterator]()
  const first = await rows.next()
  await rows.return?.()
  const asItems = findColumns(table, ITEM_COLUMNS)
  if (asItems.id !== undefined && asItems.title !== undefined) return 'items'
  return isInteractionTable(table, first.done ? [] : [first.value])
    ? 'interactions'
    : 'other'
}

function onlyOne(folder: string, what: string, names: readonly string[]): string {
  if (names.length === 1) return names[0]!
  const got = names.length === 0 ? 'none' : names.join(', ')
  throw new HearthError(
    'bad-input',
    `no single table of ${what} in ${folder}: got ${got}, expected one.`,
  )
}

function isNotFolder(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOTDIR'
}

function notFolder(folder: string): HearthError {
  return new HearthError(
    'bad-input',
    `cannot read ${folder}: it is a file, expected a folder.`,
  )
}
