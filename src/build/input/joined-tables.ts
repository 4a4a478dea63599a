/** Several files of interactions → one table: columns of the same field are one column. */
import type { Warn } from './cleaning-log.ts'
import { columnKey, findColumns } from './columns.ts'
import { INTERACTION_COLUMNS } from './interaction-columns.ts'
import { type OpenTableOptions, openTable, type Table, type TableRow } from './table.ts'

/**
 * Opens tables whose rows follow each other, so that a user of several files is one. A
 * column is that of an earlier file where the names are alike, or hold the same field;
 * otherwise it is added, and empty in the rows of the others. Lines count through all files.
 *
 * @param paths ≥ 1
 * @throws HearthError `bad-input` when one cannot be read
 */
export async function openTables(
  paths: readonly string[],
  warn: Warn,
  options: OpenTableOptions,
): Promise<Table> {
  const [path = '', ...others] = paths
  if (others.length === 0) return openTable(path, warn, options)
  const lines = { before: 0, last: 0 }
  const warnOfAll: Warn = (what, line) => warn(what, lines.before + line)
  const tables: Table[] = []
  for (const one of paths) tables.push(await openTable(one, warnOfAll, options))
  const columns: string[] = []
  const places = tables.map((table) => placesOf(table, columns))
  const notes: string[] = []
  return {
    path: paths.join(' + '),
    columns,
    notes,
    rows: rowsOf(tables, { places, columns, lines, notes }),
  }
}

/** Of each of a table's columns, its place among all; `all` grows by those it has not. */
function placesOf(table: Table, all: string[]): number[] {
  const fieldOf = (names: readonly string[]) => {
    const found = findColumns({ path: table.path, columns: names }, INTERACTION_COLUMNS)
    return new Map(Object.entries(found).map(([field, at]) => [at, field]))
  }
  const own = fieldOf(table.columns)
  const known = new Map([...fieldOf(all)].map(([at, field]) => [field, at]))
  const keys = all.map(columnKey)
  return table.columns.map((name, at) => {
    const alike = keys.indexOf(columnKey(name))
    const field = own.get(at)
    const place =
      alike >= 0 ? alike : field === undefined ? undefined : known.get(field)
    return place ?? all.push(name) - 1
  })
}

interface Joining {
  readonly places: readonly (readonly number[])[]
  readonly columns: readonly string[]
  readonly lines: { before: number; last: number }
  readonly notes: string[]
}

async function* rowsOf(
  tables: readonly Table[],
  { places, columns, lines, notes }: Joining,
): AsyncGenerator<TableRow> {
  for (const [i, table] of tables.entries()) {
    lines.before += lines.last
    lines.last = 0
    let rows = 0
    for await (const { line, cells } of table.rows) {
      rows++
      lines.last = line
      const joined: unknown[] = new Array(columns.length)
      for (const [at, place] of places[i]!.entries()) joined[place] = cells[at]
      yield { line: lines.before + line, cells: joined }
    }
    notes.push(...table.notes.map((note) => `${table.path}: ${note}`))
    notes.push(`${table.path}: ${rows.toLocaleString('en-US')} rows`)
  }
}
