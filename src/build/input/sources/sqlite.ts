/**
 * A SQLite file → the rows of one of its tables, read from disk as they are asked for. What
 * a declared foreign key points to is read with it: of an album's number, its title.
 */
import type { Database } from 'node-sqlite3-wasm'
import { HearthError, messageOf } from '../../../errors.ts'
import type { JsonElement } from '../json-elements.ts'
import { type ChooseTable, type NamedTable, noteOnChoice } from './named-tables.ts'
import { plainValue } from './plain-value.ts'

/** Rows counted to tell large tables from small ones: a count of them all reads the file. */
const MAX_COUNTED_ROWS = 100_000
/** Foreign keys followed one after the other: a track's album, and its artist. */
const MAX_HOPS = 2
/** Columns that name what a row is, best first. */
const NAME_COLUMNS = [/^(title|name|label)$/i, /(^|_)(title|name)$|[a-z](Title|Name)$/]
/** A table that has one holds accounts: their names are nobody's to publish. */
const OF_ACCOUNTS = /pass_?word|e_?mail|phone/i

export interface SqliteOptions {
  readonly choose: ChooseTable
  /** Are names read for foreign keys, in the place of ids? */
  readonly followsKeys: boolean
}

/**
 * Rows numbered from 1, as objects of plain values. Which table was chosen, and which keys
 * were followed, is added to `notes` before the first row.
 *
 * @throws HearthError `bad-input` when the file is damaged, locked, or has no such table
 */
export async function* readSqlite(
  path: string,
  options: SqliteOptions,
  notes: string[],
): AsyncGenerator<JsonElement> {
  const sqlite = await import('node-sqlite3-wasm')
  let database: Database | undefined
  try {
    // of a CommonJS module Node may give the default export alone
    const { Database } =
      'default' in sqlite ? (sqlite.default as typeof sqlite) : sqlite
    database = new Database(path, { readOnly: true })
    // else a file in WAL mode needs memory shared with its writers, which WASM has not
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON')
    yield* rowsOf(database, path, { options, notes })
  } catch (error) {
    if (error instanceof HearthError) throw error
    throw new HearthError(
      'bad-input',
      `cannot read ${path}: SQLite reports "${messageOf(error)}". Close what writes to ` +
        'it, or save its table as CSV in UTF-8, and try again.',
      { cause: error },
    )
  } finally {
    database?.close()
  }
}

interface Reading {
  readonly options: SqliteOptions
  readonly notes: string[]
}

function* rowsOf(
  database: Database,
  path: string,
  { options, notes }: Reading,
): Generator<JsonElement> {
  const tables = tablesOf(database)
  if (tables.length === 0) {
    throw new HearthError('bad-input', `no table in ${path}: the database is empty.`)
  }
  const table = options.choose(path, tables)
  notes.push(noteOnChoice('table', table, tables))
  const keys = options.followsKeys ? followedKeys(database, table) : []
  if (keys.length > 0) {
    const shown = keys.map(({ name, text }) => `${name} (${text})`)
    notes.push(`names read through foreign keys: ${shown.join(', ')}`)
  }
  const statement = database.prepare(selectOf(table, keys))
  try {
    let line = 1
    for (const row of statement.iterate()) {
      yield { line: line++, value: plainValue(row) }
    }
  } finally {
    statement.finalize()
  }
}

/** Tables and views, but for SQLite's own and those of its full-text indices. */
function tablesOf(database: Database): NamedTable[] {
  const names = textsOf(
    database,
    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') " +
      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND coalesce(sql, '') NOT LIKE 'CREATE VIRTUAL%' " +
      'ORDER BY rowid',
  )
  const virtual = textsOf(
    database,
    "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'",
  )
  const own = names.filter(
    (name) =>
      !virtual.some((index) =>
        /^(data|idx|content|docsize|config|segments|segdir|stat|node|rowid|parent)$/.test(
          name.startsWith(`${index}_`) ? name.slice(index.length + 1) : '',
        ),
      ),
  )
  return own.map((name) => {
    const columns = textsOf(
      database,
      `SELECT name FROM pragma_table_info(${text(name)})`,
    )
    const rows = database.get(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${quoted(name)} LIMIT ${MAX_COUNTED_ROWS})`,
    )
    return { name, columns, rows: Number(rows?.n ?? 0) }
  })
}

/** A foreign key, and the name it stands for. */
interface FollowedKey {
  /** The column of ids that the name replaces; absent for a key of the row it points to. */
  readonly column?: string
  /** What the name is read as: the other table's, where no column has it. */
  readonly name: string
  /** `AlbumId → Album.Title` */
  readonly text: string
  /** An SQL expression over the row `t`. */
  readonly sql: string
}

function followedKeys(database: Database, table: NamedTable): FollowedKey[] {
  const taken = new Set(table.columns.map((name) => name.toLowerCase()))
  const found: FollowedKey[] = []
  const follow = (
    from: string,
    hop: { of: (column: string) => string; depth: number },
  ) => {
    for (const key of keysOf(database, from)) {
      const { to, target, column } = key
      const id = hop.of(column)
      const row = (wanted: string) =>
        `(SELECT ${quoted(wanted)} FROM ${quoted(target)} WHERE ${quoted(to)} = ${id})`
      if (hop.depth < MAX_HOPS && target !== from) {
        follow(target, { of: row, depth: hop.depth + 1 })
      }
      if (key.label === undefined) continue
      const isOwn = hop.depth === 1
      const short = column.replace(/_?id$/i, '') || column
      const name = [target, short].find((one) => !taken.has(one.toLowerCase()))
      if (name === undefined) continue
      taken.add(name.toLowerCase())
      const shown = isOwn ? column : `${from}.${column}`
      const label = `${shown} → ${target}.${key.label}`
      found.push({
        ...(isOwn && { column }),
        name,
        text: label,
        sql: row(key.label),
      })
    }
  }
  follow(table.name, { of: (column) => `t.${quoted(column)}`, depth: 1 })
  return found
}

/** The foreign keys of a table that point to one row, and the column that names it. */
function keysOf(database: Database, table: string) {
  const rows = database.all(
    'SELECT "table" AS target, "from" AS "column", "to", count(*) OVER (PARTITION BY id) ' +
      `AS parts FROM pragma_foreign_key_list(${text(table)}) ORDER BY id DESC`,
  ) as { target: string; column: string; to: string | null; parts: number }[]
  return rows.flatMap(({ target, column, to, parts }) => {
    const info = database.all(
      `SELECT name, pk FROM pragma_table_info(${text(target)})`,
    ) as { name: string; pk: number }[]
    const ids = info.filter(({ pk }) => pk > 0).map(({ name }) => name)
    // only a primary key finds its row without reading the whole table
    const isRow = Number(parts) === 1 && ids.length === 1 && (to ?? ids[0]) === ids[0]
    const names = info.map(({ name }) => name)
    if (!isRow || names.some((name) => OF_ACCOUNTS.test(name))) return []
    const label = NAME_COLUMNS.map((pattern) =>
      names.find((name) => pattern.test(name)),
    )
    const named = label.find((name) => name !== undefined)
    return [
      { target, column, to: ids[0]!, ...(named !== undefined && { label: named }) },
    ]
  })
}

function selectOf(table: NamedTable, keys: readonly FollowedKey[]): string {
  const replaced = new Set(keys.map(({ column }) => column))
  const own = table.columns.filter((name) => !replaced.has(name))
  const columns = [
    ...own.map((name) => `t.${quoted(name)}`),
    ...keys.map(({ sql, name }) => `${sql} AS ${quoted(name)}`),
  ]
  return `SELECT ${columns.join(', ')} FROM ${quoted(table.name)} AS t`
}

function textsOf(database: Database, sql: string): string[] {
  return database.all(sql).map(({ name }) => String(name))
}

/** A name in SQL. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text in SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
